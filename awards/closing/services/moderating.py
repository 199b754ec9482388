"""Comments of judges on their way to entrants: each is read by a person first, who passes, changes or holds it back."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.closing import policy
from awards.closing.models import Closing, Feedback
from awards.closing.selectors.feedback import counted_ballots, waiting
from awards.closing.services.rows import lock_closing
from awards.entries.enums import EntryState
from awards.judging.enums import COUNTED
from awards.models import CategoryEntry, Contest
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

LONGEST = 4000


@transaction.atomic
def prepare(contest: Contest) -> int:
    """Lay the comments of counted ballots before the moderators; return how many there are. Twice is once.

    Of entries whose entrant asked for it, and that enough judges read: other comments are nobody's but their judges'.
    """
    closing = lock_closing(contest)
    if not closing.offers_feedback:
        return 0
    judged = Q(assignments__ballots__current=True, assignments__ballots__state__in=COUNTED)
    places = CategoryEntry.objects.filter(category__contest=contest).annotate(n=Count("assignments", filter=judged))
    rows = counted_ballots().filter(
        assignment__place__in=places.filter(n__gte=policy.now().least_ballots).values("pk"),
        assignment__place__entry__state=EntryState.CLOSED, assignment__place__entry__wants_feedback=True,
    )  # fmt: skip
    found = rows.exclude(comment="").order_by("pk").values_list("pk", "assignment__place__entry", "comment")
    made = [Feedback(ballot_id=pk, entry_id=entry, text=said.strip()) for pk, entry, said in found if said.strip()]
    Feedback.objects.bulk_create(made, ignore_conflicts=True, batch_size=1000)
    return len(made)


def _lock(feedback: Feedback) -> Feedback:
    rows = Feedback.objects.select_for_update(of=("self",)).select_related("entry", "ballot")
    return rows.get(pk=feedback.pk)


@transaction.atomic
def pass_comment(*, feedback: Feedback, by: User, text: str | None = None) -> Feedback:
    """Let the entrant read it, in these words where `text` is given. May be decided anew as long as one likes."""
    lock_closing(feedback.entry.contest)
    row = _lock(feedback)
    words = row.text if text is None else text.replace("\r\n", "\n").strip()[:LONGEST]
    if not words:
        message = _("Nothing would be left to read. Hold it back instead.")
        raise InvalidInput(message, errors={"text": message})
    row.text, row.passed_by, row.passed_at, row.held_back = words, by, timezone.now(), False
    _decide(row, by, passed=True)
    return row


@transaction.atomic
def hold_back(*, feedback: Feedback, by: User) -> Feedback:
    """The entrant does not read it; one that they could read is gone from their page at once."""
    lock_closing(feedback.entry.contest)
    row = _lock(feedback)
    row.passed_by, row.passed_at, row.held_back = by, None, True
    _decide(row, by, passed=False)
    return row


def _decide(row: Feedback, by: User, *, passed: bool) -> None:
    row.save(update_fields=["text", "passed_by", "passed_at", "held_back", "updated_at"])
    payload = {
        "contest": row.entry.contest_id, "entry": row.entry_id, "passed": passed,
        "changed": passed and row.text != row.ballot.comment.strip(),
    }  # fmt: skip
    emit("feedback.decided", subject=row, actor_id=by.person_id, payload=payload)


@transaction.atomic
def pass_many(*, rows: Iterable[Feedback], by: User) -> int:
    """Pass comments as they stand: those of them that still wait. Return how many.

    The contests are held before it is read what waits: what somebody holds back meanwhile stays held back.
    """
    keys = [row.pk for row in rows]
    contests = Feedback.objects.filter(pk__in=keys).values("entry__contest")
    for contest in Contest.objects.filter(pk__in=contests).order_by("pk"):
        lock_closing(contest)
    found = list(waiting(Feedback.objects.filter(pk__in=keys)).select_related("entry__contest").order_by("pk"))
    for row in found:
        pass_comment(feedback=row, by=by)
    return len(found)


@transaction.atomic
def offer_feedback(*, contest: Contest, offers: bool, by: User) -> Closing:
    """Say whether entrants read feedback at all. Where they do, comments are laid before the moderators."""
    closing = lock_closing(contest)
    closing.offers_feedback = offers
    closing.save(update_fields=["offers_feedback", "updated_at"])
    if offers:
        prepare(contest)
    return closing


@transaction.atomic
def open_feedback(*, contest: Contest, by: User) -> Closing:
    """Open it to every entrant who asked, once each comment was read by somebody. Twice is once."""
    closing = lock_closing(contest)
    if not closing.offers_feedback:
        raise DomainError(_("This contest offers no feedback. Offer it first."))
    if closing.feedback_opened_at is not None:
        return closing
    comments = Feedback.objects.filter(entry__contest=contest)
    left = waiting(comments).count()
    if left:
        words = ngettext(
            "%(n)d comment was not read by anybody yet.", "%(n)d comments were not read by anybody yet.", left
        )
        raise DomainError(words % {"n": left})
    closing.feedback_opened_at, closing.feedback_opened_by = timezone.now(), by
    closing.save(update_fields=["feedback_opened_at", "feedback_opened_by", "updated_at"])
    passed = comments.filter(passed_at__isnull=False).count()
    emit("feedback.opened", subject=closing.contest, actor_id=by.person_id, payload={"comments": passed})
    return closing
