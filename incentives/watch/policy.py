"""What is odd: defaults, changed on `/settings/program/`.

Source: research/features-references-incentives.md, section 1.J, "Anti-gaming" (random 5-10 % audit, pair rings,
two-person rule); the other figures are ours.
"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("incentives.watch", _("Watching for gaming"))
class Figures:
    """The figures of this room."""

    sample: int = figure(5, _("Looked at by chance, of a hundred"), least=0, most=100, unit=_("%"))
    burst: int = figure(5, _("Many on one day: one rule gives one person so often"), least=2, most=100)
    ring: int = figure(3, _("A ring: two people’s acts gave to each other so often, each way"), least=1, most=100)
    ring_within: dt.timedelta = figure(dt.timedelta(days=90), _("A ring counts acts of the last"), least=7, most=400)


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
