"""Putting a contest away: when every prize is where it belongs, by hand or, after some months, by the clock."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from awards.contests import policy
from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.contests.services.rows import lock as lock_contest
from awards.models import Contest
from awards.prizes import policy as prize_policy
from awards.prizes.enums import AT_REST, GrantState
from awards.prizes.models import PrizeGrant
from awards.prizes.services.arranging import remind
from awards.prizes.services.granting import GIVING, grant_prizes, look_at_held
from awards.prizes.services.rows import PEOPLE
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User

G = GrantState
# What somebody still has to do something about: as a condition on granted prizes.
UNSETTLED = Q(state__in=[G.OFFERED, G.HELD, G.RECALLED]) | (Q(state=G.TAKEN) & ~Q(fulfilment__state__in=AT_REST))


def unsettled_in(contest: Contest) -> int:
    """Count the prizes that are not where they belong yet."""
    return PrizeGrant.objects.filter(UNSETTLED, award__contest=contest).count()


@transaction.atomic
def put_away(*, contest: Contest, by: User | None) -> Contest:
    """Put a contest into the archive. Raises DomainError while a prize is on its way."""
    row = lock_contest(contest)
    if row.state not in GIVING:
        raise DomainError(_("A contest is put away after its winners were announced."))
    if unsettled_in(row):
        raise DomainError(_("A prize is still on its way: settle it first."))
    return contests.move(row, ContestState.ARCHIVED, by=by)


def go_on(now: dt.datetime) -> int:
    """What time alone does to prizes; return how many things were done. Safe to run twice and side by side.

    What is missing is granted, what was held is looked at again, who has not chosen is reminded, and contests whose
    time has come are put away.
    """
    done = sum(len(grant_prizes(contest=contest)) for contest in _giving())
    held = PrizeGrant.objects.filter(state=G.HELD, award__contest__state__in=GIVING)
    done += look_at_held(held.select_related("award").order_by("pk"))
    return done + _remind(now) + _put_away(now)


def _giving() -> list[Contest]:
    return list(Contest.objects.filter(state__in=GIVING).order_by("pk"))


def _remind(now: dt.datetime) -> int:
    figures = prize_policy.now()
    since = now - dt.timedelta(days=figures.remind_after)
    rows = PrizeGrant.objects.filter(state=G.OFFERED, reminders__lt=figures.reminders, offered_at__lte=since)
    due = list(rows.filter(Q(reminded_at=None) | Q(reminded_at__lte=since)).select_related(*PEOPLE).order_by("pk"))
    for row in due:
        remind(grant=row)
    return len(due)


def _put_away(now: dt.datetime) -> int:
    since = now - dt.timedelta(days=policy.now().fulfilment_days)
    open_ = PrizeGrant.objects.filter(UNSETTLED, award__contest=OuterRef("pk"))
    rows = Contest.objects.filter(~Exists(open_), state__in=GIVING, published_at__lte=since).order_by("pk")
    for contest in rows:
        put_away(contest=contest, by=None)
    return len(rows)
