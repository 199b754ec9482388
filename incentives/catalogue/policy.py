"""The numbers of the catalogue that are policy: defaults here, changed on `/settings/program/`.

Source: research/features-references-incentives.md, 4.4 (bands, retries, 14 days, warnings 60 and 14 days before).
"""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# The link by which a customer chooses.
CHOICE_LINK_DAYS: Final = 60
# No item costs more points, nor more money: a slip of the finger.
MOST_POINTS: Final = 1_000_000
MONTHS_SHOWN: Final = 13


@policy("incentives.catalogue", _("Catalogue of rewards"))
class Figures:
    """The figures of this room."""

    auto_up_to: int = figure(
        50, _("Small rewards need nobody’s yes up to a value of"), least=0, most=10_000,
        influences=_("Only items that are marked so, for colleagues whose trust is old enough, while a fund is open."),
    )  # fmt: skip
    trusted_after: int = figure(
        30, _("A colleague’s small rewards need nobody’s yes from"), least=0, most=730, unit=_("days"),
        influences=_("Counted from the first point they ever had."),
    )  # fmt: skip
    retries: int = figure(
        3, _("A failed order is tried again at most"), least=0, most=10, unit=_("times"),
        influences=_("After that points and money are given back by themselves."),
    )  # fmt: skip
    confirm_after: int = figure(
        14, _("What was handed over counts as received after"), least=1, most=120, unit=_("days")
    )
    dispute_within: int = figure(
        10, _("An objection to a reward can be raised for"), least=1, most=120, unit=_("days"),
        influences=_("Counted from the day it was handed over."),
    )  # fmt: skip
    dispute_answered: int = figure(5, _("An objection is answered within"), least=1, most=60, unit=_("days"))
    expire_after: int = figure(
        0, _("Points of colleagues lapse after"), least=0, most=120, unit=_("months"),
        influences=_("0: never. On the first of a month, the oldest first; customers’ points never lapse."),
    )  # fmt: skip
    warn_first: int = figure(60, _("First warning before points lapse"), least=1, most=180, unit=_("days"))
    warn_last: int = figure(14, _("Last warning before points lapse"), least=1, most=90, unit=_("days"))
    unit_cost: Decimal = figure(
        Decimal("0.05"), _("What a point costs, before anything was redeemed"), least=0, most=1000,
        influences=_("Later it is what redeemed points of the last twelve months cost."),
    )  # fmt: skip
    breakage: int = figure(
        10, _("Points that are never redeemed"), least=0, most=100, unit=_("%"),
        influences=_("What is owed: unredeemed points × what one costs × the rest to 100 %."),
    )  # fmt: skip
    winner_voucher: int = figure(
        50, _("Value of the voucher for the best-kept records of a month"), least=0, most=10_000,
        influences=_("0: none is given."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
