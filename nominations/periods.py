"""Periods as people and addresses name them: 2026, 2026-Q4, 2026-11, 2026-W47."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.errors import InvalidInput

_CODE = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>\d{2})|(?P<month>\d{2})))?")


@dataclass(frozen=True)
class Span:
    """One week, month, quarter or year."""

    period: Period
    starts_on: dt.date

    @property
    def ends_on(self) -> dt.date:
        """The last day."""
        return rollups.end_of(self.period, self.starts_on)

    @property
    def before(self) -> "Span":
        """The span before this one."""
        return Span(self.period, rollups.previous_start(self.period, self.starts_on))

    @property
    def after(self) -> "Span":
        """The span after this one."""
        return Span(self.period, self.ends_on + dt.timedelta(days=1))

    @property
    def code(self) -> str:
        """As it stands in addresses and in the API."""
        year, start = self.starts_on.year, self.starts_on
        if self.period == Period.WEEK:
            calendar = start.isocalendar()
            return f"{calendar.year}-W{calendar.week:02d}"
        if self.period == Period.QUARTER:
            return f"{year}-Q{_quarter(start)}"
        return f"{year}-{start.month:02d}" if self.period == Period.MONTH else str(year)

    def __str__(self) -> str:
        year, start = self.starts_on.year, self.starts_on
        if self.period == Period.WEEK:
            calendar = start.isocalendar()
            return _("Week %(week)d, %(year)d") % {"week": calendar.week, "year": calendar.year}
        if self.period == Period.QUARTER:
            return _("Quarter %(quarter)d, %(year)d") % {"quarter": _quarter(start), "year": year}
        return f"{MONTHS[start.month]} {year}" if self.period == Period.MONTH else str(year)


def _quarter(day: dt.date) -> int:
    return (day.month + 2) // 3


def around(day: dt.date, period: Period) -> Span:
    """Return the span that a day lies in."""
    return Span(period, rollups.start_of(period, day))


def current(period: Period = Period.QUARTER) -> Span:
    """Return the span of today."""
    return around(rollups.day_of(timezone.now()), period)


def parse(code: str) -> Span:
    """Return the span of a code such as 2026-Q4. Raises InvalidInput for anything else."""
    found = _CODE.fullmatch(code)
    try:
        if found is None:
            raise ValueError(code)
        return _span(**found.groupdict())
    except ValueError as error:
        message = _("“%(code)s” is not a period such as 2026, 2026-Q4, 2026-11 or 2026-W47.") % {"code": code[:20]}
        raise InvalidInput(message, errors={"period": message}) from error


def _span(year: str, quarter: str | None, week: str | None, month: str | None) -> Span:
    if not 1970 <= int(year) <= 2199:
        raise ValueError(year)
    if week:
        return Span(Period.WEEK, dt.date.fromisocalendar(int(year), int(week), 1))
    if quarter:
        return Span(Period.QUARTER, dt.date(int(year), 3 * int(quarter) - 2, 1))
    if month:
        return Span(Period.MONTH, dt.date(int(year), int(month), 1))
    return Span(Period.YEAR, dt.date(int(year), 1, 1))
