"""How long an award takes on stage, and how long winners may use their page: changed on `/settings/program/`."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("awards.promotion", _("Promotion of winners"))
class Figures:
    """The figures of this room."""

    welcome_minutes: int = figure(
        5, _("The welcome on stage takes"), least=1, most=60, unit=_("minutes"),
        influences=_("The times of a run-of-show that is written from now on."),
    )  # fmt: skip
    award_minutes: int = figure(
        4, _("One award on stage takes"), least=1, most=60, unit=_("minutes"),
        influences=_("The times of a run-of-show that is written from now on."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
