"""When the field is called on: as entries open, and so many days before they close."""

import datetime as dt

from awards.contests import policy
from awards.contests.enums import Audience, ContestState
from awards.contests.models import Contest
from awards.field.letters import tell_owners


def remind_field(now: dt.datetime) -> int:
    """Call on account owners whose contest has reached one of its days; return how many were told.

    A day that was missed (the clock stood still) is made up for until the next one comes.
    """
    told = 0
    for contest in Contest.objects.filter(state=ContestState.OPEN, audience=Audience.CUSTOMERS).order_by("pk"):
        lot = lot_of(contest, now)
        if lot:
            told += tell_owners(contest, lot=lot)
    return told


def lot_of(contest: Contest, now: dt.datetime) -> str:
    """Return which call is due: the nearest of its days that is reached; none before the first and after the end."""
    left = (contest.closes_at - now).days
    if left < 0 or now > contest.closes_at:
        return ""
    figures = policy.now()
    days = sorted({figures.field_first, figures.field_second, figures.field_last})
    return next((f"{day} days" for day in days if left < day), "opened")
