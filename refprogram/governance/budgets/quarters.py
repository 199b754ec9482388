"""Quarters as pages and addresses name them: 2026-Q4."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.errors import InvalidInput

_CODE = re.compile(r"(?P<year>20\d\d)-Q(?P<n>[1-4])")


@dataclass(frozen=True)
class Quarter:
    """One quarter, by its first day."""

    starts_on: dt.date

    @classmethod
    def of(cls, day: dt.date) -> "Quarter":
        """Return the quarter in which a day lies."""
        return cls(rollups.start_of(Period.QUARTER, day))

    @classmethod
    def now(cls) -> "Quarter":
        """Return the present quarter."""
        return cls.of(timezone.localdate())

    @classmethod
    def named(cls, code: str) -> "Quarter":
        """Return what `2026-Q4` names. Raises InvalidInput."""
        found = _CODE.fullmatch(code)
        if found is None:
            message = _("“%(code)s” is not a quarter, such as 2026-Q4.") % {"code": code[:20]}
            raise InvalidInput(message, errors={"quarter": message})
        return cls(dt.date(int(found["year"]), 3 * int(found["n"]) - 2, 1))

    @property
    def code(self) -> str:
        """How addresses and the API name it."""
        return f"{self.starts_on.year}-Q{(self.starts_on.month + 2) // 3}"

    @property
    def name(self) -> str:
        """How people name it."""
        words = {"n": (self.starts_on.month + 2) // 3, "year": self.starts_on.year}
        return _("Quarter %(n)d of %(year)d") % words

    @property
    def ends_on(self) -> dt.date:
        """The last day."""
        return rollups.end_of(Period.QUARTER, self.starts_on)

    @property
    def before(self) -> "Quarter":
        """The quarter before."""
        return Quarter(rollups.previous_start(Period.QUARTER, self.starts_on))

    @property
    def after(self) -> "Quarter":
        """The quarter after."""
        return Quarter(self.ends_on + dt.timedelta(days=1))

    def still_to_come(self, today: dt.date) -> Decimal:
        """Return the share of its days after `today`: 1 before it begins, 0 on its last day."""
        days = (self.ends_on - self.starts_on).days + 1
        left = min(max((self.ends_on - today).days, 0), days)
        return Decimal(left) / Decimal(days)
