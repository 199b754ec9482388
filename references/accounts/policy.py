"""Numbers of this room that are policy rather than code.

Source: research/features-references-incentives.md, section 1.D "Caps and cooldowns", "Fatigue index with forecast",
section 4.1 (states, bands, grace) and section 5 "Fatigue index".
"""

import datetime as dt
from typing import Final

from references.accounts.enums import Tier

# The load of what was asked halves in this time (section 5).
HALF_LIFE: Final = dt.timedelta(days=45)

# Effort points that an account carries before it is tired: three calls of 40 on one day fill it (ours; section 1.B has
# the weights: quote 10, call 40, interview 50).
CAPACITY: Final = 120

# From this index on an account is shown as "asked a lot" (4.1); at 100 it rests until its load has sunk below that.
LIMITED_FROM: Final = 60
RESTS_FROM: Final = 100

# A "no" costs goodwill too (section 5: five points a decline).
DECLINE_EFFORT: Final = 5

# Asks of one contact in a quarter, unless the customer set another number, which always wins (1.D).
ASKS_PER_QUARTER: Final = 2
QUARTER: Final = dt.timedelta(days=91)

# Up to this an ask is light: a question by mail that any customer may get. It needs neither membership nor consent,
# nobody has to rest after it, and it is no reference given (a survey costs 3).
LIGHT_EFFORT: Final = 5

# Days of rest after an activity, by its effort: (up to these points, this many days).
COOLDOWNS: Final = ((LIGHT_EFFORT, 0), (10, 7), (40, 14), (60, 28))
LONGEST_COOLDOWN: Final = 42

# How long an owner's "still true" holds (feature "Stale refresh": 90 or 180 days by tier), and how long after that
# the account may still be asked (4.1: 30 days without an answer = unavailable).
VERIFY_EVERY: Final = {
    Tier.PLATINUM: dt.timedelta(days=90),
    Tier.GOLD: dt.timedelta(days=90),
    Tier.SILVER: dt.timedelta(days=180),
    Tier.NONE: dt.timedelta(days=180),
}
VERIFY_GRACE: Final = dt.timedelta(days=30)

# What a customer agrees to holds for two years, and the program says so a month before it ends.
CONSENT_YEARS: Final = 2
CONSENT_WARNING: Final = dt.timedelta(days=30)

# "Not now" and "pause" on a customer's page.
PAUSE: Final = dt.timedelta(days=91)

# A verb on a whole list takes at most so many rows at once: each is a locked row and an event.
AT_ONCE: Final = 500

# A freeze that ends within these days is shown on the desk of who watches the account.
FREEZE_ENDS_SOON: Final = dt.timedelta(days=7)


def cooldown(effort: int) -> dt.timedelta:
    """Return how long an account rests after an activity of this effort; none after an invitation (no effort)."""
    if effort <= 0:
        return dt.timedelta(0)
    return dt.timedelta(days=next((days for limit, days in COOLDOWNS if effort <= limit), LONGEST_COOLDOWN))


def verify_every(tier: str) -> dt.timedelta:
    """Return how long an owner's word holds for an account of this tier."""
    return VERIFY_EVERY[Tier(tier)]


def consent_until(given_on: dt.date) -> dt.date:
    """Return the day on which an agreement given today ends; 29 February ends on the 28th."""
    try:
        return given_on.replace(year=given_on.year + CONSENT_YEARS)
    except ValueError:
        return given_on.replace(year=given_on.year + CONSENT_YEARS, day=28)
