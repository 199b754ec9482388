"""What a measure did between two readings: plain arithmetic, no database."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from references.profiles.enums import Direction
from refprogram.kernel.templatetags.rp import number

TENTH = Decimal("0.1")


def per_cent(before: Decimal, after: Decimal) -> Decimal | None:
    """Return by how many per cent of the first reading the second differs; None where the first is nothing."""
    if not before:
        return None
    return ((after - before) * 100 / abs(before)).quantize(TENTH, ROUND_HALF_UP)


def is_better(before: Decimal, after: Decimal, direction: str) -> bool | None:
    """Whether the second reading is the better one; None where nothing changed."""
    if before == after:
        return None
    return (after > before) == (direction == Direction.UP)


@dataclass(frozen=True)
class Change:
    """Two readings of one measure."""

    before: Decimal
    after: Decimal
    unit: str
    direction: str

    @property
    def per_cent(self) -> Decimal | None:
        """By how many per cent it changed."""
        return per_cent(self.before, self.after)

    @property
    def better(self) -> bool | None:
        """Whether it got better."""
        return is_better(self.before, self.after, self.direction)

    @property
    def readings(self) -> str:
        """Return "12 → 3 days"."""
        return f"{plain(self.before)} → {plain(self.after)} {self.unit}".strip()

    @property
    def words(self) -> str:
        """Return "−75 %"; from nothing there is no share."""
        share = self.per_cent
        if share is None:
            return _("from nothing") if self.after else _("unchanged")
        sign = "+" if share > 0 else "−" if share < 0 else ""
        return f"{sign}{plain(abs(share))} %"


def plain(value: Decimal) -> str:
    """Return a figure without the zeros that only fill its places, with the reader's separators."""
    places = -int(value.normalize().as_tuple().exponent)
    return str(number(value, max(0, min(places, 4))))
