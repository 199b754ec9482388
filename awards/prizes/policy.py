"""By what winners are reminded of their prizes: defaults here, changed on `/settings/program/`."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("awards.prizes", _("Prizes"))
class Figures:
    """The figures of this room."""

    remind_after: int = figure(
        10, _("A winner who has not chosen is reminded after"), least=2, most=90, unit=_("days"),
        influences=_("Each reminder comes so long after the offer or the reminder before."),
    )  # fmt: skip
    reminders: int = figure(
        2, _("Reminders to a winner who has not chosen"), least=0, most=5,
        influences=_("After the last one who runs the contest has it on the desk."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
