"""Numbers of a contest's end that are policy: defaults here, changed on `/settings/program/`."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

DAYS_A_MONTH: Final = 30.44
# So long after the letters went out, who can be reached by then still gets theirs.
LATE_LETTERS: Final = dt.timedelta(days=14)


@policy("awards.closing", _("After a contest"))
class Figures:
    """The figures of this room."""

    least_ballots: int = figure(
        3, _("Judges an entry needs before its entrant reads feedback"), least=2, most=20,
        influences=_("With fewer, a comment or a band would tell which judge said what."),
    )  # fmt: skip
    story_days: int = figure(
        30, _("A drafted story is due after"), least=1, most=365, unit=_("days"),
        influences=_("The day of the task that a writer gets for each entry whose customer agreed to a story."),
    )  # fmt: skip
    pseudonym_months: int = figure(
        24, _("Ballots lose their judges’ names after"), least=6, most=120, unit=_("months"),
        influences=_("Counted from the announcement. Scores and results stay, and compute to the same."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
