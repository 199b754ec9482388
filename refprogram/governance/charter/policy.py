"""The numbers of this room that are policy."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# The plan for the program's own system reaches this far.
PLAN_MONTHS = 18
# How long somebody outside may read by a link, at most and unless said otherwise.
LINK_DAYS, MOST_LINK_DAYS = 30, 365


@policy("governance.charter", _("Charter and map"))
class Figures:
    """The figures of this room."""

    consult_days: int = figure(10, _("Colleagues have so long to comment on a draft"), least=1, most=90, unit=_("days"))
    redirect_days: int = figure(
        10, _("Whoever takes over what is not ours answers within"), least=1, most=90, unit=_("days")
    )
    day_hours: int = figure(8, _("A working day, where work is told in days"), least=4, most=12, unit=_("hours"))


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
