"""From the scores of one ballot to its total: a weighted mean, so that what was not asked of somebody is no zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

DECIMALS = Decimal("0.000001")


@dataclass(frozen=True)
class Scored:
    """One criterion on one ballot: its weight and range, and the value given (None: does not apply)."""

    weight: Decimal
    lo: int
    hi: int
    value: Decimal | None

    @property
    def share(self) -> Decimal | None:
        """Where the value lies between the lowest and the highest: 0 to 1."""
        return None if self.value is None else (self.value - self.lo) / (self.hi - self.lo)


def ballot_total(scores: Iterable[Scored]) -> Decimal | None:
    """Return 100 * sum(w * u) / sum(w) over the criteria that were answered, u = (x - lo) / (hi - lo); 0 to 100.

    None if nothing was answered. Rounded to six decimals. Source: research on awards, 4.1.
    """
    answered = [(scored.weight, scored.share) for scored in scores]
    weights = sum((weight for weight, share in answered if share is not None), Decimal(0))
    if not weights:
        return None
    reached = sum((weight * share for weight, share in answered if share is not None), Decimal(0))
    return (100 * reached / weights).quantize(DECIMALS)
