"""When somebody is reminded of a quota, and how it ends: defaults here, changed on `/settings/program/`."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

_DAYS = _("days")


@policy("nominations.quotas", _("Quotas"))
class Figures:
    """The figures of this room."""

    nudge_before: int = figure(
        21, _("Who is behind is reminded so many days before the end"), least=1, most=180, unit=_DAYS,
        influences=_("The first step."),
    )  # fmt: skip
    manager_before: int = figure(
        10, _("Their manager is told so many days before the end"), least=1, most=180, unit=_DAYS,
        influences=_("The second step: early enough to help."),
    )  # fmt: skip
    final_after: int = figure(
        14, _("A closed quota is final after"), least=1, most=90, unit=_DAYS,
        influences=_("Until then, people can object to their count."),
    )  # fmt: skip
    round_to: Decimal = figure(
        Decimal("0.5"), _("A share in proportion is rounded down to"), least=Decimal("0.01"), most=1,
        influences=_("What people owe who were away or are new."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
