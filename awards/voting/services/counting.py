"""The result of the vote: counted by who runs the contest, agreed to by somebody else, then under the same embargo.

It is an award of its own, without a tally: no judge's score is touched by it, and no vote by a score.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests.enums import AFTER_PUBLICATION
from awards.contests.services.rows import lock as lock_contest
from awards.models import Award, CategoryEntry, Contest, ContestEntry
from awards.results.enums import AWARD_MOVES, AwardKind, AwardState
from awards.voting import letters, policy, selectors, window
from awards.voting.models import VoteCount
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.people.models import User

K, A = AwardKind, AwardState
# What the second person's word does to a proposal; once the others are announced there is no embargo left.
APPROVES: Final = (A.APPROVED, A.EMBARGOED)


@transaction.atomic
def count(*, contest: Contest, by: User) -> VoteCount:
    """Count the votes and propose who wins; equal ones win together. Another count replaces what nobody agreed to."""
    row = lock_contest(contest)
    _demand_ready(row)
    ranking = selectors.ranking_of(row)
    figures = selectors.figures_of(ranking)
    if not figures:
        raise DomainError(_("Nobody voted for an entry that may be shown: there is no people’s choice."))
    _replace(row)
    made = VoteCount(contest=row, figures=figures, hash=selectors.hash_of(figures), by=by)
    made.save(force_insert=True)
    Award.objects.bulk_create(_awards_for(row, [one for one in ranking if one.counted]))
    emit(
        "choice.counted", subject=row, actor_id=by.person_id, payload={"votes": sum(line["votes"] for line in figures)}
    )
    letters.please_agree(made)
    return made


def _demand_ready(contest: Contest) -> None:
    if contest.state not in window.COUNTING or not window.is_final(contest, timezone.now()):
        raise DomainError(_("The votes are counted once the last of them may not be confirmed any more."))
    stands = selectors.count_of(contest)
    if stands is not None and stands.agreed_at is not None:
        raise DomainError(_("The count was agreed to already."))
    waiting = selectors.totals_of(contest).set_aside
    if waiting:
        words = ngettext(
            "%(n)d vote is still set aside: count it or take it out first.",
            "%(n)d votes are still set aside: count them or take them out first.",
            waiting,
        )
        raise DomainError(words % {"n": waiting})


def _replace(contest: Contest) -> None:
    """Put an earlier count aside, with what was proposed by it."""
    VoteCount.objects.filter(contest=contest, replaced_at__isnull=True).update(replaced_at=timezone.now())
    Award.objects.filter(contest=contest, people_choice=True, state=A.PROPOSED).delete()


def _awards_for(contest: Contest, ranking: Sequence[Any]) -> list[Award]:
    """Return the winner, or all who are equally first, and who moves up if they decline."""
    first = [one for one in ranking if one.counted == ranking[0].counted]
    after = ranking[len(first) : len(first) + policy.now().alternates]
    places = _places(ranking)
    kind = K.WINNER if len(first) == 1 else K.JOINT
    given = [(one, kind, 1) for one in first]
    given += [(one, K.ALTERNATE, 1 + sum(other.counted > one.counted for other in ranking)) for one in after]
    return [
        Award(contest=contest, place=places[one.pk], kind=kind, rank=rank, people_choice=True)
        for one, kind, rank in given
    ]


def _places(entries: Sequence[Any]) -> dict[int, CategoryEntry]:
    """Return the first category of each entry: an award stands at a place, though the vote knows no categories."""
    rows = CategoryEntry.objects.filter(entry__in=[one.pk for one in entries])
    found: dict[int, CategoryEntry] = {}
    for place in rows.order_by("category__precedence", "pk"):
        found.setdefault(place.entry_id, place)
    return found


@transaction.atomic
def take_back(*, contest: Contest, by: User) -> None:
    """Take back a count that nobody agreed to, and what it proposed."""
    row = lock_contest(contest)
    stands = selectors.count_of(row)
    if stands is None:
        return
    if stands.agreed_at is not None:
        raise DomainError(_("The count was agreed to already."))
    _replace(row)
    emit("choice.taken_back", subject=row, actor_id=by.person_id, payload={})


@transaction.atomic
def agree(*, contest: Contest, by: User, seen: str) -> VoteCount:
    """Agree to the count as it was shown (`seen`): from now on the award is under embargo with all the others.

    The chair or a certifier, and never who counted, or who has a part in an entry that wins. Twice is once.
    """
    row = lock_contest(contest)
    if not by.has_perm("awards.agree_to_votes", row):
        raise PermissionDenied
    stands = selectors.count_of(row)
    if stands is None:
        raise DomainError(_("Nothing is counted yet."))
    if stands.agreed_at is not None:
        return stands
    _demand_other(stands, by)
    if stands.hash != seen or selectors.hash_of(selectors.figures_of(selectors.ranking_of(row))) != seen:
        raise DomainError(_("Votes or entries changed since this was counted. It has to be counted again."))
    stands.agreed_by, stands.agreed_at = by, timezone.now()
    stands.save(update_fields=["agreed_by", "agreed_at"])
    late = row.state in AFTER_PUBLICATION
    _approve(row, late=late)
    emit("choice.agreed", subject=row, actor_id=by.person_id, payload={"late": late})
    letters.agreed(stands)
    return stands


def _demand_other(stands: VoteCount, by: User) -> None:
    if stands.by_id == by.pk:
        raise DomainError(_("You counted: somebody else agrees to it."))
    mine = (
        Q(account__owner=by)
        | Q(nominator=by)
        | Q(owner=by.person_id)
        | Q(helpers__person=by.person_id)
    )  # fmt: skip
    winners = Award.objects.filter(contest=stands.contest_id, people_choice=True, state=A.PROPOSED)
    if ContestEntry.objects.filter(mine, places__awards__in=winners).exists():
        raise DomainError(_("You have a part in an entry that was voted for: somebody else agrees to the count."))


def _approve(contest: Contest, *, late: bool) -> None:
    rows = Award.objects.select_for_update().filter(contest=contest, people_choice=True, state=A.PROPOSED)
    for award in rows.order_by("pk"):
        for step in APPROVES:
            moves.move(award, step, moves=AWARD_MOVES, noun=_("award"))
        if late and award.kind == K.ALTERNATE:
            award.reason = "not_needed"
            moves.move(award, A.REVOKED, moves=AWARD_MOVES, noun=_("award"), also=["reason"])
        elif late:
            award.published_at = timezone.now()
            moves.move(award, A.PUBLISHED, moves=AWARD_MOVES, noun=_("award"), also=["published_at"])
