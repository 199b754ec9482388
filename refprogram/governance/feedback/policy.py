"""The numbers of this room that are policy."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# Nobody has more to say in a day; what sends more is no person.
MOST_A_DAY: Final = 30
LONGEST: Final = 2000


@policy("governance.feedback", _("Feedback about the program"))
class Figures:
    """The figures of this room."""

    reply_days: int = figure(
        2, _("Whoever says something gets an answer within"), least=1, most=30, unit=_("working days"),
        influences=_("When feedback is late: on the desk, in the list and in its figures."),
    )  # fmt: skip
    figures_of: dt.timedelta = figure(dt.timedelta(days=90), _("Reply times are counted over the last"), least=7,
                                      most=730)  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
