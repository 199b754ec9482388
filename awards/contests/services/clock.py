"""What time alone does to contests, and the one place that says until when an entry is taken.

Whether a window is open is worked out from the moment, never kept: who sends at 17:59:59 is in time, also when the
state was moved on while their request was under way.
"""

import datetime as dt
from typing import Final, Protocol

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Greatest

from awards.contests.enums import ContestState
from awards.contests.models import Category, Contest
from awards.contests.services.life import move
from awards.contests.services.rows import lock

S = ContestState
# While nothing has been judged, a customer may still be given time of their own.
EXTENDABLE = (S.ANNOUNCED, S.OPEN, S.CLOSED, S.SCREENING)
# Entries lie above this room: of theirs only these facts are asked for (entries.enums.EntryState.NEEDS_FIX).
NEEDS_FIX: Final = "needs_fix"


class Dated(Protocol):
    """What an entry says of its own deadline."""

    state: str
    extended_until: dt.datetime | None
    fix_until: dt.datetime | None


def deadline_of(contest: Contest, category: Category | None = None, entry: Dated | None = None) -> dt.datetime:
    """Return the deadline as it is printed: the entrant's own if they have one, the category's, or the contest's.

    An entry that was sent back for a correction has the deadline that it was given then.
    """
    if entry is not None and entry.state == NEEDS_FIX and entry.fix_until is not None:
        return entry.fix_until
    general = contest.closes_at
    if category is not None and category.closes_at is not None:
        general = category.closes_at
    if entry is not None and entry.extended_until is not None:
        return max(general, entry.extended_until)
    return general


def last_moment_of(contest: Contest, category: Category | None = None, entry: Dated | None = None) -> dt.datetime:
    """Return until when the server takes it: the deadline and the grace that the contest states."""
    return deadline_of(contest, category, entry) + dt.timedelta(minutes=contest.grace_minutes)


def can_take_entries(
    contest: Contest, category: Category | None = None, entry: Dated | None = None, *, at: dt.datetime
) -> bool:
    """Whether an entry that arrived at a moment (the start of its request) is in time."""
    if contest.state not in EXTENDABLE or at < contest.opens_at:
        return False
    return at <= last_moment_of(contest, category, entry)


def by_the_clock(now: dt.datetime) -> int:
    """Open what is due, close what is over (the latest category with its grace). What is done: `prizes.services`.

    Return how many contests moved. Safe to run twice and side by side: each is held and looked at again.
    """
    opened = sum(_open(pk, now) for pk in _due(Q(state=S.ANNOUNCED, opens_at__lte=now)))
    closed = sum(_close(pk, now) for pk in _due(Q(state=S.OPEN, closes_at__lt=now)))
    return opened + closed


def _due(which: Q) -> list[int]:
    return list(Contest.objects.filter(which).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _open(pk: int, now: dt.datetime) -> int:
    contest = lock(Contest(pk=pk))
    if contest.state != S.ANNOUNCED or contest.opens_at > now:
        return 0
    move(contest, S.OPEN, by=None)
    return 1


@transaction.atomic
def _close(pk: int, now: dt.datetime) -> int:
    contest = lock(Contest(pk=pk))
    if contest.state != S.OPEN or now <= _last_of_all(contest):
        return 0
    move(contest, S.CLOSED, by=None)
    return 1


def _last_of_all(contest: Contest) -> dt.datetime:
    """Return the last moment of the contest: a category with a later deadline keeps it open."""
    rows = Contest.objects.filter(pk=contest.pk)
    last = Greatest("closes_at", Coalesce(Max("categories__closes_at"), "closes_at"))
    latest: dt.datetime = rows.annotate(last=last).values_list("last", flat=True).get()
    return latest + dt.timedelta(minutes=contest.grace_minutes)
