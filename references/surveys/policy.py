"""Numbers of this room that are policy rather than code: defaults here, changed on `/settings/program/`.

Source: research/features-references-incentives.md, section 1.F (surveys: "suppress if asked lately").
"""

import datetime as dt
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# The activity that reserves a customer's goodwill for a survey; made by a data migration.
ACTIVITY: Final = "survey"
MOST_A_DAY: Final = 5000


@policy("references.surveys", _("Surveys"))
class Figures:
    """The figures of this room."""

    quiet: dt.timedelta = figure(
        dt.timedelta(days=60), _("Nobody gets two surveys within"), least=0, most=731,
        influences=_("Whom a wave reaches, whatever its survey is about."),
    )  # fmt: skip
    remind_after: dt.timedelta = figure(
        dt.timedelta(days=7), _("Who has not answered is reminded, once, after"), least=1, most=90
    )
    expires_after: dt.timedelta = figure(
        dt.timedelta(days=21), _("Silence counts as no answer after"), least=2, most=180
    )
    late_for: dt.timedelta = figure(
        dt.timedelta(days=24), _("A late answer still counts for"), least=0, most=180,
        influences=_("How long the link in the mail works after that, unless the survey ends before."),
    )  # fmt: skip
    per_day: int = figure(
        50, _("Mails of one survey a day, at most"), least=1, most=MOST_A_DAY,
        influences=_("What a new survey proposes; each may say another number."),
    )  # fmt: skip
    low_nps: int = figure(
        6, _("An NPS is a worry up to"), least=0, most=10,
        influences=_("The account’s owner is told to call before anybody asks for something."),
    )  # fmt: skip
    low_csat: int = figure(2, _("Satisfaction is a worry up to"), least=1, most=5, unit=_("of 5"))

    @property
    def link_days(self) -> int:
        """How long the link in a mail works, from the day it was sent."""
        return (self.expires_after + self.late_for).days

    def check(self) -> dict[str, str]:
        """Who is to answer is reminded before it is too late."""
        if self.remind_after >= self.expires_after:
            return {"remind_after": gettext("Before silence counts as no answer.")}
        return {}


def now() -> Figures:
    """Return the figures as they are."""
    return current(Figures)
