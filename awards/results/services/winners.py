"""Winners are told in confidence and answer; when one declines, the next moves up, and the embargo holds."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.enums import ContestState
from awards.contests.services.rows import lock as lock_contest
from awards.models import Award
from awards.results import letters, policy
from awards.results.enums import AWARD_MOVES, AwardKind, AwardState
from awards.results.reconciling import Why
from refprogram.kernel import links, moves
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.people.models import Person, User

WINNERS = (AwardKind.WINNER, AwardKind.JOINT)
PURPOSE = "award_winner"


@transaction.atomic
def notify(*, award: Award, by: User) -> Award:
    """Tell a winner in confidence, with a link to answer. Only the entry's owner is told. Telling twice is once."""
    contest = lock_contest(award.contest)
    row = lock_award(award)
    if row.state == AwardState.NOTIFIED:
        return row
    if contest.state != ContestState.DECIDED or row.kind not in WINNERS:
        raise DomainError(_("Winners are told once the results are certified, and before they are announced."))
    person = row.place.entry.owner
    if person is None:
        raise DomainError(_("Nobody stands for this entry: name its contact first."))
    row.notified_at = timezone.now()
    moves.move(row, AwardState.NOTIFIED, moves=AWARD_MOVES, noun=_("award"), also=["notified_at"])
    letters.you_won(row, person, links.issue(purpose=PURPOSE, subject=row, person_id=person.pk))
    emit("award.notified", subject=row, actor_id=by.person_id, payload={"contest": contest.pk})
    return row


def lock_award(award: Award) -> Award:
    """Return the award fresh and locked, with what it is about."""
    rows = Award.objects.select_for_update(of=("self",)).select_related(
        "contest", "place__category", "place__entry__owner", "place__entry__account", "place__entry__team"
    )  # fmt: skip
    return rows.get(pk=award.pk)


@transaction.atomic
def accept(*, award: Award, person: Person) -> Award:
    """The winner accepts."""
    lock_contest(award.contest)
    row = lock_award(award)
    row.answered_at = timezone.now()
    moves.move(row, AwardState.ACCEPTED, moves=AWARD_MOVES, noun=_("award"), also=["answered_at"])
    emit("award.accepted", subject=row, actor_id=person.pk, payload={"contest": row.contest_id})
    return row


@transaction.atomic
def decline(*, award: Award, person: Person) -> Award:
    """The winner declines; the best of those who come after wins instead, and is to be told. Nothing gets out."""
    contest = lock_contest(award.contest)
    row = lock_award(award)
    if contest.state != ContestState.DECIDED:
        raise DomainError(_("The winners are announced. Please write to us."))
    row.answered_at = timezone.now()
    moves.move(row, AwardState.DECLINED, moves=AWARD_MOVES, noun=_("award"), also=["answered_at"])
    risen = move_up(row)
    payload = {"contest": contest.pk, "moved_up": risen.pk if risen else None}
    emit("award.declined", subject=row, actor_id=person.pk, payload=payload)
    letters.somebody_declined(contest, row, risen)
    return row


def ask_the_silent(*, now: dt.datetime) -> int:
    """Ask winners again who were told and did not answer, some days before the announcement; return how many.

    Who runs the contest hears of them, and of those who are still to be told. Once for each announcement.
    """
    soon = now + dt.timedelta(days=policy.now().silence_days)
    rows = Award.objects.filter(
        contest__state=ContestState.DECIDED, contest__announce_at__gt=now, contest__announce_at__lte=soon,
        kind__in=WINNERS, state__in=[AwardState.EMBARGOED, AwardState.NOTIFIED],
    )  # fmt: skip
    silent = list(rows.select_related("contest").order_by("contest", "pk"))
    for contest in {award.contest_id: award.contest for award in silent}.values():
        letters.winners_are_silent(contest)
    return sum(_ask_again(award, now) for award in silent if award.state == AwardState.NOTIFIED)


@transaction.atomic
def _ask_again(award: Award, now: dt.datetime) -> int:
    """Ask one winner again; whoever was told only a day ago is left alone."""
    row = lock_award(award)
    person = row.place.entry.owner
    fresh = row.notified_at is not None and row.notified_at > now - dt.timedelta(days=1)
    if row.state != AwardState.NOTIFIED or person is None or fresh:
        return 0
    told = letters.you_won(row, person, links.issue(purpose=PURPOSE, subject=row, person_id=person.pk), again=True)
    if not told:
        transaction.set_rollback(True)  # no link without a mail
    return int(told)


def move_up(declined: Award) -> Award | None:
    """Give the award to the next of the category who may have it; None if nobody may."""
    after = Award.objects.select_for_update(of=("self",)).filter(
        contest=declined.contest_id,
        state=AwardState.EMBARGOED,
        people_choice=declined.people_choice,
    )
    if not declined.people_choice:  # the public chooses among all categories
        after = after.filter(place__category=declined.place.category_id)
    allowed = after.exclude(kind__in=WINNERS).filter(reason__in=["", Why.RANK])
    risen = allowed.select_related("place__entry").order_by("rank", "pk").first()
    if risen is None:
        return None
    risen.kind, risen.rank, risen.reason = declined.kind, declined.rank, Why.MOVED_UP
    risen.save(update_fields=["kind", "rank", "reason"])
    return risen
