"""Which week, month, quarter or year a leaderboard shows, how it is called, and what lies beside it."""

import datetime as dt
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.templatetags import rp

EARLIEST = 2000


@dataclass(frozen=True)
class Span:
    """One period, by its first day."""

    period: Period
    starts_on: dt.date

    @classmethod
    def of(cls, params: QueryDict) -> "Span":
        """Return what `?period=month&on=2026-10-14` asks for, by itself the present quarter. Raises InvalidInput."""
        asked = params.get("period", "") or Period.QUARTER
        if asked not in Period.values:
            message = _("“%(period)s” is not a period: week, month, quarter or year.") % {"period": asked[:20]}
            raise InvalidInput(message, errors={"period": message})
        period = Period(asked)
        return cls(period, rollups.start_of(period, _day(params.get("on", ""))))

    @classmethod
    def of_today(cls, period: Period) -> "Span":
        """Return the present week, month, quarter or year."""
        return cls(period, rollups.start_of(period, _today()))

    @property
    def ends_on(self) -> dt.date:
        """The last day."""
        return rollups.end_of(self.period, self.starts_on)

    @property
    def name(self) -> str:
        """How it is called: "4th quarter of 2026", "week from 16 November"."""
        if self.period == Period.YEAR:
            return str(self.starts_on.year)
        words = {
            "year": self.starts_on.year,
            "month": MONTHS[self.starts_on.month],
            "n": (self.starts_on.month + 2) // 3,
        }
        if self.period == Period.QUARTER:
            return _("Quarter %(n)d of %(year)d") % words
        if self.period == Period.MONTH:
            return _("%(month)s %(year)d") % words
        return _("Week from %(day)s") % {"day": rp.exact(self.starts_on)}

    @property
    def is_now(self) -> bool:
        """Whether today lies in it."""
        return self.starts_on <= _today() <= self.ends_on

    @property
    def before(self) -> "Span":
        """The period before."""
        return Span(self.period, rollups.previous_start(self.period, self.starts_on))

    @property
    def after(self) -> "Span | None":
        """The period after; None while that lies in the future."""
        later = Span(self.period, self.ends_on + dt.timedelta(days=1))
        return later if later.starts_on <= _today() else None


def _today() -> dt.date:
    return rollups.day_of(timezone.now())


def _day(text: str) -> dt.date:
    if not text:
        return _today()
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day.year <= _today().year:
        message = _("“%(day)s” is not a day of which there are points, such as 2026-10-14.") % {"day": text[:20]}
        raise InvalidInput(message, errors={"on": message})
    return day
