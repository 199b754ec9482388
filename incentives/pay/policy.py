"""Figures of pay: defaults here, changed on `/settings/program/`."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("incentives.pay", _("Pay"))
class Figures:
    """The figures of this room."""

    dispute_days: int = figure(
        10, _("An amount can be asked about for"), least=1, most=90, unit=_("days"),
        influences=_("Counted from the day on which its month was closed; before that it can always be asked about."),
    )  # fmt: skip
    answer_days: int = figure(
        5, _("Who asks has an answer within"), least=1, most=30, unit=_("working days"),
        influences=_("After that the head of sales and finance are told. Nothing is decided by silence."),
    )  # fmt: skip
    proof_days: int = figure(
        10, _("Winners of a SPIFF show their proof within"), least=1, most=60, unit=_("days"),
        influences=_("Who shows none in time is passed over, and the next one is asked."),
    )  # fmt: skip
    lowest_times: Decimal = figure(
        Decimal("1.00"), _("The escalator counts at least"), least=Decimal("0.50"), most=Decimal("1.00"),
        unit=_("times"),
        influences=_("Below once it would take away what was earned: where the law of the place and a signed agreement "
                     "allow that."),
    )  # fmt: skip
    highest_times: Decimal = figure(
        Decimal("2.00"), _("The escalator counts at most"), least=Decimal("1.00"), most=Decimal("5.00"),
        unit=_("times"), influences=_("A version of the escalator above it is refused."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
