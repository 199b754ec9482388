"""Votes that somebody looked at: set aside, counted after all, taken out with a reason. None is ever deleted."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards.contests.models import Contest
from awards.contests.services.rows import lock as lock_contest
from awards.contests.services.rows import refusal
from awards.voting.enums import VOTE_MOVES, Flag, VoteState
from awards.voting.models import PublicVote, VoteCount
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.people.models import User

V = VoteState


@transaction.atomic
def set_aside(*, contest: Contest, votes: QuerySet[PublicVote], by: User) -> int:
    """Set counted votes aside until somebody has looked at them; return how many."""
    return _move(contest, votes, V.QUARANTINED, by, flag=Flag.HAND, why=str(Flag.HAND.label))


@transaction.atomic
def count_again(*, contest: Contest, votes: QuerySet[PublicVote], by: User) -> int:
    """Count votes that were set aside: somebody looked, and they are fine; return how many."""
    return _move(contest, votes, V.COUNTED, by)


@transaction.atomic
def void(*, contest: Contest, votes: QuerySet[PublicVote], reason: str, by: User) -> int:
    """Take votes out for good, with the reason, which stays with each; return how many."""
    said = " ".join(reason.split())[:200]
    if not said:
        raise refusal("reason", _("Say why: it stays in the record."))
    return _move(contest, votes, V.VOIDED, by, why=said)


@transaction.atomic
def free_votes(*, entry_id: int) -> int:
    """Take the votes for an entry out that left the contest, so that who cast them may choose anew; return how many.

    Nobody decided against these votes: no name stands beside them, and another vote of the same person is not odd.
    """
    rows = PublicVote.objects.select_for_update().filter(entry=entry_id).exclude(state=V.VOIDED)
    agreed = VoteCount.objects.filter(contest__entries=entry_id, replaced_at__isnull=True, agreed_at__isnull=False)
    chosen = [] if agreed.exists() else [vote.pk for vote in rows.order_by("pk").only("pk")]
    why = _("The entry left the contest")
    return PublicVote.objects.filter(pk__in=chosen).update(state=V.VOIDED, why=why, to="")


def _move(contest: Contest, votes: QuerySet[PublicVote], to: VoteState, by: User, **facts: str) -> int:
    """Move those of the votes that may go there, all at once: a robot's thousand is one act, and one line."""
    row = lock_contest(contest)
    if VoteCount.objects.filter(contest=row, replaced_at__isnull=True, agreed_at__isnull=False).exists():
        raise DomainError(_("The count was agreed to: its votes stay as they are."))
    begun = [state for state, allowed in VOTE_MOVES.items() if to in allowed and state != V.UNVERIFIED]
    rows = PublicVote.objects.filter(contest=row, pk__in=votes.values("pk"), state__in=begun).select_for_update()
    chosen: Sequence[int] = [vote.pk for vote in rows.order_by("pk").only("pk")]
    if chosen:
        PublicVote.objects.filter(pk__in=chosen).update(state=to, decided_by=by, **facts)
        payload = {"n": len(chosen), "reason": facts.get("why", "") if to == V.VOIDED else ""}
        emit(f"votes.{to}", subject=row, actor_id=by.person_id, payload=payload)
    return len(chosen)
