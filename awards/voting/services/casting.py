"""Casting a vote: an address, a mailed link, a button. Nothing counts before the button was pressed.

Whoever asks learns nothing of who has voted: the answer is the same, and what there is to say goes by mail.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.models import Contest
from awards.contests.services.rows import lock as lock_contest
from awards.models import ContestEntry
from awards.voting import keys, policy, selectors, window
from awards.voting.enums import STANDING_VOTES, VOTE_MOVES, Flag, VoteState
from awards.voting.models import PublicVote
from awards.voting.services.flags import flag_of
from refprogram.kernel import moves, soft_cache
from refprogram.kernel.errors import DomainError
from refprogram.kernel.queueing import enqueue

HOUR: Final = 3600
PER_NETWORK: Final = 10  # a whole office may come from one network
V = VoteState


@dataclass(frozen=True)
class Came:
    """Where a vote came from: the address of the request, and what the browser was given to be known by."""

    address: str
    device: str


@transaction.atomic
def cast(*, contest: Contest, entry: ContestEntry, email: str, came: Came, language: str = "") -> None:
    """Take a vote and mail the link that confirms it. Choosing anew before that replaces the first choice."""
    now, box = timezone.now(), email.strip()
    if not window.is_open(contest, now):
        raise DomainError(_("The vote is not open."))
    if not selectors.up_for_vote(contest).filter(pk=entry.pk).exists():
        raise DomainError(_("This entry is not up for the vote any more. Please choose another one."))
    voter, network = keys.voter_of(contest, box), keys.network_of(contest, came.address)
    _slow_down(voter, network)
    PublicVote.objects.filter(contest=contest, voter_hash=voter, state=V.UNVERIFIED).delete()
    vote = PublicVote(
        contest=contest, entry=entry, voter_hash=voter, to=box, language=language[:10], domain=keys.house_of(box),
        network_hash=network, device_hash=keys.device_of(contest, came.device), cast_at=now,
        flag=Flag.THROWAWAY if keys.is_throwaway(box) else "",
    )  # fmt: skip
    vote.save(force_insert=True)
    enqueue("awards.send_vote_links")


def _slow_down(voter: str, network: str) -> None:
    """Refuse the mailbox, and the network, that asks again and again."""
    most = policy.now().asks_per_hour
    limits = [(voter, most)]
    if network:  # where nobody knows where requests come from, mailboxes alone are counted
        limits.append((f"from:{network}", most * PER_NETWORK))
    for who, times in limits:
        if soft_cache.count(f"vote:{who}", seconds=HOUR) > times:
            raise DomainError(_("A link was sent several times just now. Look into your mail, or try in an hour."))


@transaction.atomic
def confirm(*, vote: PublicVote) -> PublicVote:
    """Count a vote, or set it aside where something is odd: who pressed the button is told the same. Twice is once."""
    contest = lock_contest(vote.contest)
    row = PublicVote.objects.select_for_update(of=("self",)).select_related("entry__account").get(pk=vote.pk)
    row.contest = contest
    if row.state in STANDING_VOTES:
        return row
    _demand_in_time(row)
    mine = PublicVote.objects.filter(contest=contest, voter_hash=row.voter_hash)
    if mine.filter(state__in=STANDING_VOTES).exists():
        raise DomainError(_("You have voted already: your first vote stands. Everybody has one."))
    row.confirmed_at, row.to = timezone.now(), ""
    row.flag = flag_of(row)
    row.why = str(Flag(row.flag).label) if row.flag else ""
    to = V.QUARANTINED if row.flag else V.COUNTED
    moves.move(row, to, moves=VOTE_MOVES, noun=_("vote"), also=["confirmed_at", "to", "flag", "why"])
    return row


def _demand_in_time(vote: PublicVote) -> None:
    """Refuse what comes too late, or for an entry that nobody may be shown any more."""
    if vote.state == V.VOIDED:
        raise DomainError(_("This vote was taken out. If that is a mistake, please write to us."))
    hours = policy.now().confirm_hours
    if timezone.now() > vote.cast_at + dt.timedelta(hours=hours):
        raise DomainError(_("This link has expired. While the vote is open you can ask for a new one on its page."))
    if vote.contest.state not in window.VOTING:
        raise DomainError(_("The vote is not open."))
    if not selectors.up_for_vote(vote.contest).filter(pk=vote.entry_id).exists():
        raise DomainError(_("This entry is not up for the vote any more. Please choose another one."))
