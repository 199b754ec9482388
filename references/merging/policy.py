"""Numbers of this room that are policy rather than code."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy


@policy("references.merging", _("Merging"))
class Figures:
    """The figures of this room."""

    undo_within: dt.timedelta = figure(
        dt.timedelta(days=30), _("A merge may be undone for"), least=1, most=366,
        influences=_("After that, the two are one for good."),
    )  # fmt: skip
    alike_from: int = figure(
        55, _("Names count as alike from"), least=30, most=100, unit=_("of 100"),
        influences=_("Which accounts the list of likely twins shows."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
