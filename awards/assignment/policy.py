"""Numbers of dividing judges' work that are policy."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("awards.assignment", _("Who judges what"))
class Figures:
    """The figures of this room: prices of the linear program, in hundredths."""

    familiar: int = figure(
        100, _("Price of a judge who knows the category a little"), least=0, most=10_000,
        influences=_("An expert costs nothing. Divisions made from now on."),
    )  # fmt: skip
    outside: int = figure(
        300, _("Price of a judge from outside the category"), least=0, most=10_000,
        influences=_("Divisions made from now on."),
    )  # fmt: skip
    load_step: int = figure(
        100, _("Price of each further entry for the same judge"), least=1, most=10_000,
        influences=_("The higher, the more evenly work is divided."),
    )  # fmt: skip
    keep: int = figure(
        60, _("What it is worth to leave an entry with its judge"), least=0, most=10_000,
        influences=_("When work is evened out again: the higher, the less moves."),
    )  # fmt: skip
    most_spare: int = figure(
        20, _("Judges beyond the need, because some do not come: at most"), least=0, most=50, unit=_("percent"),
        influences=_("The share comes from earlier rounds of the same award; 0: nobody is given more than is needed."),
    )  # fmt: skip
    spread: int = figure(
        50, _("The most that mixing panels may cost per exchange"), least=0, most=10_000,
        influences=_("How far expertise gives way so that different judges meet."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
