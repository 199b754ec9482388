"""What if more were asked for, or more people were there? Before and after, month by month. Pure, nothing is kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from refprogram.governance.capacity.displacing import turn
from refprogram.governance.capacity.models import Demand
from refprogram.governance.capacity.shortage import NONE, Worst, percent_short, worst_of
from refprogram.governance.capacity.staff import Staff


@dataclass(frozen=True)
class Change:
    """What would be otherwise: so many things of a kind in a month, people from a month on, another week."""

    count: int = 0
    each: Decimal = NONE
    month: dt.date | None = None
    people: int = 0
    people_from: dt.date | None = None
    weekly: Decimal | None = None

    @property
    def cost(self) -> Decimal:
        """The hours of what would be asked for."""
        return self.count * self.each

    def cost_in(self, month: dt.date) -> Decimal:
        """Return the hours that it asks of one month."""
        return self.cost if month == self.month else NONE

    def people_in(self, month: dt.date) -> int:
        """Return how many people more there would be in a month."""
        return self.people if self.people_from is None or month >= self.people_from else 0


@dataclass(frozen=True)
class Month:
    """One month as it is, and as it would be; what would fall off it (the latest first), and what would fit again."""

    month: dt.date
    needed: Decimal
    available: Decimal
    needed_then: Decimal
    available_then: Decimal
    falls: list[Demand]
    fits: list[Demand]

    @property
    def before(self) -> int | None:
        """Understaffed % as it is."""
        return percent_short(self.needed, self.available)

    @property
    def after(self) -> int | None:
        """Understaffed % as it would be."""
        return percent_short(self.needed_then, self.available_then)


@dataclass(frozen=True)
class Outcome:
    """All months that a change touches."""

    change: Change
    months: list[Month]

    @property
    def before(self) -> Worst | None:
        """The worst of these months, as it is."""
        return worst_of((one.month, one.before) for one in self.months)

    @property
    def after(self) -> Worst | None:
        """The worst of them as it would be: not always the same one."""
        return worst_of((one.month, one.after) for one in self.months)

    @property
    def falls(self) -> list[Demand]:
        """All that would fall off, the first month first."""
        return [one for month in self.months for one in month.falls]

    @property
    def fits(self) -> list[Demand]:
        """All that does not fit now and would then, in order of asking."""
        return [one for month in self.months for one in month.fits]


def work_out(
    change: Change, months: Sequence[dt.date], staff: Staff, wanted: Mapping[dt.date, Sequence[Demand]]
) -> Outcome:
    """Return what a change makes of each month; `wanted` are its things in the order in which they were asked for."""
    return Outcome(change, [_month(change, month, staff, wanted.get(month, ())) for month in months])


def _month(change: Change, month: dt.date, staff: Staff, wanted: Sequence[Demand]) -> Month:
    needed, cost = sum((one.hours for one in wanted), NONE), change.cost_in(month)
    before = staff.hours(month)
    after = staff.hours(month, weekly=change.weekly, more=change.people_in(month))
    turned = turn(before, after, wanted, cost)
    return Month(month, needed, before, needed + cost, after, turned.falls, turned.fits)
