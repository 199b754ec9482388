"""The numbers of this room that are policy."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("governance.readiness", _("Readiness"))
class Figures:
    """The figures of this room."""

    step_soon: int = figure(
        2, _("A step stands on its owner’s desk so long before it is due"), least=0, most=30, unit=_("days")
    )


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
