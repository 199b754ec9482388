"""What records have to have, and what it costs if not: defaults, changed on `/settings/program/`.

Source: research/features-references-incentives.md, section 1.K ("5 attributes x 20 = 0-100 per record", "start 100;
demerit by type with daily cap; fixed in 48 h = refunded"). Weights and demerits are ours.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incentives.quality.enums import Attribute as At
from incentives.quality.enums import FaultKind, RecordType
from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

_RECORDS = _("What a record has to have (weights)")
_MONTH = _("A person’s month")


@policy("incentives.quality", _("Data quality"))
class Figures:
    """The figures of this room."""

    account: Mapping[str, int] = figure(
        {At.INDUSTRY: 20, At.REGION: 15, At.CITY: 5, At.SIZE: 15, At.OWNER: 10, At.REACHABLE: 20, At.CONFIRMED: 5,
         At.TWIN: 10},
        _("An account"), least=0, most=100, group=_RECORDS,
        influences=_("Its score is the share of these that are there and right; 0: not looked at."),
    )  # fmt: skip
    contact: Mapping[str, int] = figure(
        {At.EMAIL: 35, At.TITLE: 20, At.PHONE: 10, At.SENIORITY: 15, At.TWIN: 20},
        _("A contact"), least=0, most=100, group=_RECORDS,
    )  # fmt: skip
    opportunity: Mapping[str, int] = figure(
        {At.ACCOUNT: 25, At.PRODUCT: 15, At.AMOUNT: 20, At.CLOSES: 20, At.MOVED: 10, At.TWIN: 10},
        _("An open deal"), least=0, most=100, group=_RECORDS,
    )  # fmt: skip
    confirmed_within: dt.timedelta = figure(
        dt.timedelta(days=365), _("An account is out of date when nobody confirmed it for"), least=30, most=1100,
        group=_RECORDS,
    )  # fmt: skip
    moved_within: dt.timedelta = figure(
        dt.timedelta(days=60), _("An open deal is out of date when nobody touched it for"), least=7, most=400,
        group=_RECORDS,
    )  # fmt: skip
    demerits: Mapping[str, int] = figure(
        {FaultKind.MISSING: 2, FaultKind.INVALID: 3, FaultKind.STALE: 1, FaultKind.DUPLICATE: 3},
        _("What a fault costs, of 100"), least=0, most=100, group=_MONTH,
        influences=_("Once in the month in which it is found, and in each later month in which it is still there."),
    )  # fmt: skip
    daily_cap: int = figure(
        10, _("One day costs at most"), least=1, most=100, unit=_("demerits"), group=_MONTH,
        influences=_("After what was given back."),
    )  # fmt: skip
    mend_hours: int = figure(
        48, _("What is mended within so many hours costs nothing"), least=1, most=480, unit=_("hours"), group=_MONTH,
        influences=_("Only hours of one’s own working days count: weekends, holidays and leave stand still."),
    )  # fmt: skip
    freeze_after: dt.timedelta = figure(
        dt.timedelta(days=5), _("A month is closed after"), least=1, most=28, group=_MONTH,
        influences=_("Whoever could still mend something in time then is not charged for it."),
    )  # fmt: skip
    newcomer: dt.timedelta = figure(
        dt.timedelta(days=30), _("Newcomers are charged nothing for"), least=0, most=365, group=_MONTH,
    )  # fmt: skip
    winner_records: int = figure(
        5, _("Only who keeps so many records can win the month"), least=1, most=10_000, group=_MONTH,
    )  # fmt: skip
    winner_days: int = figure(
        5, _("Only who worked on so many days of it can win the month"), least=1, most=20, unit=_("days"), group=_MONTH,
        influences=_("Nobody wins a month by being away."),
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """Each kind of record has something that weighs."""
        words = gettext("One of them has to weigh something.")
        return {name.value: words for name in RecordType if not any(self.weights(name).values())}

    def weights(self, record_type: str) -> Mapping[str, int]:
        """Return what a kind of record has to have."""
        found: Mapping[str, int] = getattr(self, record_type)
        return found


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
