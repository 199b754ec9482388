"""The numbers of this room that are policy."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("governance.pilots", _("Pilots"))
class Figures:
    """The figures of this room."""

    most_people: int = figure(12, _("At most so many try something first"), least=1, most=100, unit=_("people"))
    longest: int = figure(90, _("A pilot lasts at most"), least=1, most=365, unit=_("days"))
    remind_days: int = figure(
        3, _("Its people are asked what they saw so long before the end"), least=1, most=30, unit=_("days")
    )
    decide_days: int = figure(
        7, _("It is decided within so long after the end"), least=1, most=60, unit=_("days")
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
