"""What makes a vote odd enough to be looked at before it counts. Nothing is refused here, and nothing deleted."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from awards.voting import policy
from awards.voting.enums import STANDING_VOTES, Flag, VoteState
from awards.voting.models import PublicVote

DAY = dt.timedelta(days=1)


def flag_of(vote: PublicVote) -> str:
    """Return why a vote that is being confirmed is set aside; empty if it counts. The caller holds the contest."""
    return next((flag for flag, is_odd in CHECKS if is_odd(vote)), "")


def _standing(vote: PublicVote) -> QuerySet[PublicVote]:
    return PublicVote.objects.filter(contest=vote.contest_id, state__in=STANDING_VOTES)


def _throwaway(vote: PublicVote) -> bool:
    return vote.flag == Flag.THROWAWAY


def _again(vote: PublicVote) -> bool:
    mine = PublicVote.objects.filter(contest=vote.contest_id, voter_hash=vote.voter_hash, state=VoteState.VOIDED)
    return mine.filter(decided_by__isnull=False).exists()


def _device(vote: PublicVote) -> bool:
    if not vote.device_hash:
        return False
    return _standing(vote).filter(device_hash=vote.device_hash).count() >= policy.now().per_browser


def _network(vote: PublicVote) -> bool:
    if not vote.network_hash:
        return False
    lately = _standing(vote).filter(network_hash=vote.network_hash, confirmed_at__gt=timezone.now() - DAY)
    return lately.count() >= policy.now().per_network


def _burst(vote: PublicVote) -> bool:
    figures = policy.now()
    since = timezone.now() - dt.timedelta(minutes=figures.burst_minutes)
    lately = _standing(vote).filter(entry=vote.entry_id, confirmed_at__gt=since)
    return lately.count() >= figures.burst_votes - 1


def _employer(vote: PublicVote) -> bool:
    if not vote.domain:
        return False
    return _standing(vote).filter(domain=vote.domain).count() >= policy.now().per_employer


# The first that applies is what is said of the vote.
CHECKS: Final[tuple[tuple[Flag, Callable[[PublicVote], bool]], ...]] = (
    (Flag.THROWAWAY, _throwaway),
    (Flag.AGAIN, _again),
    (Flag.DEVICE, _device),
    (Flag.NETWORK, _network),
    (Flag.BURST, _burst),
    (Flag.EMPLOYER, _employer),
)
