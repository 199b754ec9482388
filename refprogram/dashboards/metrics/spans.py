"""The spans that metrics look at, ending with one day: days of the program's own zone."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from refprogram.kernel import rollups

YEAR: Final = dt.timedelta(days=365)
NINETY: Final = dt.timedelta(days=90)


@dataclass(frozen=True)
class Span:
    """Days from the one after `after` to `until`, both ends as moments too."""

    until: dt.date
    length: dt.timedelta

    @property
    def after(self) -> dt.date:
        """The day before the first one."""
        return self.until - self.length

    @property
    def first(self) -> dt.date:
        """The first day."""
        return self.after + dt.timedelta(days=1)

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """When it begins, and when it is over."""
        return rollups.moment_of(self.first), rollups.moment_of(self.until + dt.timedelta(days=1))
