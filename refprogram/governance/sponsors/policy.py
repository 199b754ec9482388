"""The numbers of this room that are policy."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

MOST_WEEKS: Final = 52  # of a rhythm
QUARTERS: Final = 5  # shown on the page of sponsors, the present one among them


@policy("governance.sponsors", _("Executive sponsors"))
class Figures:
    """The figures of this room."""

    remind_days: int = figure(
        5, _("A sponsor is reminded so long before a promise is due"), least=1, most=30, unit=_("days"),
        influences=_("Then on the day, and once after it. Nothing more."),
    )  # fmt: skip
    late_days: int = figure(
        7, _("After its day, a promise can be kept late for so long; then it is missed"), least=1, most=60,
        unit=_("days"), influences=_("Late or missed, it does not count as done on time."),
    )  # fmt: skip
    grace_days: int = figure(
        7, _("Whoever takes a promise over has at least so long"), least=1, most=60, unit=_("days")
    )
    leave_days: int = figure(
        28, _("A sponsor who is away for so long may be lost to the program"), least=5, most=365, unit=_("days"),
        influences=_("Those who run the program and the head of sales are alerted."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
