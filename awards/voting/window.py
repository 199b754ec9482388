"""When the public votes: worked out from the moment and the rounds of judges, never kept."""

import datetime as dt

from django.db.models import Max

from awards.contests.enums import Audience, ContestState
from awards.contests.models import Contest
from awards.judging.enums import Blindness
from awards.voting import policy

S = ContestState
# From the deadline to the announcement: before it nobody knows who competes, after it there is nothing to choose.
VOTING = (S.CLOSED, S.SCREENING, S.JUDGING, S.DELIBERATION, S.DECIDED)
BEFORE_ALL_IS_READ = (S.DRAFT, S.ANNOUNCED, S.OPEN, S.CLOSED, S.SCREENING, S.JUDGING)
COUNTING = (S.JUDGING, S.DELIBERATION, S.DECIDED, S.PUBLISHED, S.FULFILMENT)


def has_vote(contest: Contest) -> bool:
    """Whether the public votes in this contest at all."""
    return contest.people_choice and contest.audience == Audience.CUSTOMERS


def is_its_time(contest: Contest, at: dt.datetime) -> bool:
    """Whether a moment lies between the days that were set for the vote, and it is known who competes."""
    begin, end = contest.votes_open_at, contest.votes_close_at
    if not has_vote(contest) or begin is None or end is None or contest.state not in VOTING:
        return False
    return begin <= at < end


def is_open(contest: Contest, at: dt.datetime) -> bool:
    """Whether a vote that is cast at a moment is taken."""
    return is_its_time(contest, at) and not waits_for_judges(contest)


def waits_for_judges(contest: Contest) -> bool:
    """Whether the vote stays shut because judges are yet to read without names, and the page would name who entered.

    Who runs the contest may say why it opens all the same.
    """
    return not contest.votes_beside_blind and blind_until(contest) is not None


def blind_until(contest: Contest) -> dt.datetime | None:
    """Return until when judges read without names; None if they do not, or not any more."""
    if contest.state not in BEFORE_ALL_IS_READ:
        return None
    rows = contest.rounds.filter(blindness=Blindness.BLIND, closed_at__isnull=True)
    last: dt.datetime | None = rows.aggregate(last=Max("hard_close_at"))["last"]
    return last


def is_closed(contest: Contest, at: dt.datetime) -> bool:
    """Whether the window is over: from now on figures may be seen by who runs or certifies the contest."""
    return has_vote(contest) and contest.votes_close_at is not None and at >= contest.votes_close_at


def last_confirmation(contest: Contest) -> dt.datetime | None:
    """Return until when the last vote may still be confirmed: from then on it can be counted."""
    if contest.votes_close_at is None:
        return None
    return contest.votes_close_at + dt.timedelta(hours=policy.now().confirm_hours)


def is_final(contest: Contest, at: dt.datetime) -> bool:
    """Whether nothing can be confirmed any more."""
    last = last_confirmation(contest)
    return has_vote(contest) and last is not None and at > last
