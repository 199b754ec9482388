"""The numbers of this room that are policy."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy
from refprogram.people.enums import Role

# Whose hours the program has; who hears that they do not suffice.
STAFF = (Role.MARKETER,)
HEAR = (Role.MARKETER, Role.EXECUTIVE)
WORKDAYS = 5

_ALERT = _("Too few hours")
_PERCENT = _("percent")


@policy("governance.capacity", _("Capacity"))
class Figures:
    """The figures of this room."""

    weekly_hours: Decimal = figure(
        Decimal(30), _("What each reference manager has for what is asked of the program"), least=1, most=60,
        unit=_("hours a week"), influences=_("How many hours the program has in a month."),
    )  # fmt: skip
    months_ahead: int = figure(
        3, _("Looked ahead"), least=1, most=12, unit=_("months"), group=_ALERT,
        influences=_("How many months to come the page shows, and are watched."),
    )  # fmt: skip
    alert_percent: int = figure(
        20, _("The program and its sponsor hear of a month that lacks hours from"), least=1, most=500, unit=_PERCENT,
        group=_ALERT, influences=_("Understaffed % = (needed − available) / available."),
    )  # fmt: skip
    alert_step: int = figure(
        25, _("And again only when it is worse by"), least=5, most=500, unit=_PERCENT, group=_ALERT
    )


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
