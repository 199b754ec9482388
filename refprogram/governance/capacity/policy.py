"""The numbers of this room that are policy."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy
from refprogram.people.enums import Role

# Whose hours the program has.
STAFF = (Role.MARKETER,)
WORKDAYS = 5


@policy("governance.capacity", _("Capacity"))
class Figures:
    """The figures of this room."""

    weekly_hours: Decimal = figure(
        Decimal(30), _("What each reference manager has for what is asked of the program"), least=1, most=60,
        unit=_("hours a week"), influences=_("How many hours the program has in a month."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
