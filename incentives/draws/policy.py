"""The numbers of draws that are policy: defaults here, changed on `/settings/program/`."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("incentives.draws", _("Draws"))
class Figures:
    """The figures of this room."""

    draw_after: int = figure(
        24, _("A draw is drawn after its end by"), least=1, most=240, unit=_("hours"),
        influences=_("So that what happened before the end is counted, although we heard of it later."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
