"""How far hours reach: understaffed % = (needed - available) / available. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

NONE = Decimal(0)
# Work and nobody to do it has no share of anything; it is told as this, and in words.
NOBODY: Final = 999


@dataclass(frozen=True)
class Worst:
    """The month that lacks most (or spares least), by how much."""

    month: dt.date
    percent: int


def percent_short(needed: Decimal, available: Decimal) -> int | None:
    """Return how much more is needed than there is, in percent (less than nothing: to spare).

    None where nothing is needed and nobody is there; at most `NOBODY`, which is also where work meets no hours at all.
    """
    if available <= 0:
        return NOBODY if needed > 0 else None
    share = (needed - available) * 100 / available
    return min(int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP)), NOBODY)


def is_short(percent: int | None) -> bool:
    """Whether hours are lacking."""
    return percent is not None and percent > 0


def worst_of(shares: Iterable[tuple[dt.date, int | None]]) -> Worst | None:
    """Return the worst of several months, the first of equals; None where there is neither work nor anybody.

    They are never taken together: hours that one month spares do no work that another lacks hands for.
    """
    known = [Worst(month, percent) for month, percent in shares if percent is not None]
    return max(known, key=lambda one: one.percent, default=None)
