"""The numbers of this room that are policy."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

SHORTEST, LONGEST = 15, 120  # minutes of a talk
MOST_AT_ONCE: Final = 26  # slots of a series: half a year of weeks
LINK_DAYS: Final = 365  # a guest's link lives from the invitation to the answer, and a while after it


@policy("governance.facetime", _("Face time with executives"))
class Figures:
    """The figures of this room."""

    pledged_hours: Decimal = figure(
        Decimal(6), _("What an executive gives who has not said otherwise"), least=0, most=200,
        unit=_("hours a quarter"), influences=_("How many talks can be booked."),
    )  # fmt: skip
    most_a_week: int = figure(2, _("Talks of an executive in one week, at most"), least=1, most=20)
    notice_days: int = figure(
        3, _("A talk is asked for so long before it, at least"), least=0, most=60, unit=_("days")
    )  # fmt: skip
    answer_days: int = figure(
        3, _("The executive answers within"), least=1, most=30, unit=_("days"),
        influences=_("Who does not answer in time has not agreed: the slot is free again."),
    )  # fmt: skip
    needs_approval: bool = figure(
        False, _("Each talk goes through the chain “executive time” first"),
        influences=_("Who approves before the executive is asked."),
    )  # fmt: skip
    decide_days: int = figure(5, _("What guests say of a talk is decided on within"), least=1, most=60, unit=_("days"))
    tell_days: int = figure(10, _("Guests hear what became of it within"), least=1, most=90, unit=_("days"))
    patience_days: int = figure(
        21, _("Guests have so long to say how it was"), least=3, most=120, unit=_("days")
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
