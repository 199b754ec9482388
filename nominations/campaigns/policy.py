"""Numbers of campaigns that are policy."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# What a mail to a customer costs of their goodwill: a light ask, a question by mail, as a survey is.
ACTIVITY: Final = "survey"


@policy("nominations.campaigns", _("Campaigns"))
class Figures:
    """The figures of this room."""

    settle_days: int = figure(
        5, _("The kick-off checklist is due before the first day"), least=0, most=60, unit=_("working days"),
        influences=_("The dates of new checklists."),
    )  # fmt: skip
    customers_a_day: int = figure(
        50, _("Mails of campaigns to customers a day, at most"), least=1, most=10_000,
        influences=_("How fast customers are written to; the rest follows on the next days."),
    )  # fmt: skip
    link_days: int = figure(
        60, _("The link in a campaign’s mail lives"), least=1, most=365, unit=_("days"),
        influences=_("Mails that leave from now on."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
