"""How far hours reach: understaffed % = (needed - available) / available. Pure."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

NONE = Decimal(0)
# Work and nobody to do it has no share of anything; it is told as this, and in words.
NOBODY: Final = 999


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
