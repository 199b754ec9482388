"""Numbers of judging that are policy."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# What judges sign before they see an entry: `templates/awards/judging/_nda.html` says these words.
NDA_VERSION: Final = 1


@policy("awards.judging", _("Judging of contests"))
class Figures:
    """The figures of this room."""

    answer_days: int = figure(
        14, _("An invitation to judge waits for an answer"), least=2, most=90, unit=_("days"),
        influences=_("When who did not answer is given up, so that somebody else can be asked."),
    )  # fmt: skip
    nudge_days: int = figure(
        5, _("Who has not answered is reminded after"), least=1, most=60, unit=_("days"),
        influences=_("The one reminder of an invitation, and of papers that are missing."),
    )  # fmt: skip
    link_days: int = figure(
        3, _("A judge’s link works for"), least=1, most=14, unit=_("days"),
        influences=_("Links mailed from now on. An older link mails a new one."),
    )  # fmt: skip
    session_hours: int = figure(
        24, _("Who came by link stays signed in for"), least=1, most=168, unit=_("hours"),
        influences=_("How long a judge goes on before a new link is needed."),
    )  # fmt: skip
    load: int = figure(
        20, _("Entries that a judge is asked for"), least=1, most=500,
        influences=_("The number proposed when judges are invited; each says what they can take."),
    )  # fmt: skip
    minutes_each: int = figure(
        8, _("Minutes that one entry takes, until we know better"), least=1, most=240, unit=_("minutes"),
        influences=_("“About 50 minutes” in a judge’s list; the judge’s own pace replaces it."),
    )  # fmt: skip
    glass_hours: int = figure(
        4, _("What somebody with a tie opens in need stays open for"), least=1, most=72, unit=_("hours"),
        influences=_("From the next time on; the certifiers are told each time."),
    )  # fmt: skip
    alarm_days: int = figure(
        5, _("Too few ballots: the alarm comes before judging ends"), least=1, most=60, unit=_("days"),
        influences=_("Who runs the contest is told once for each round, and finds it on their desk."),
    )  # fmt: skip
    first_reminder: int = figure(14, _("First reminder before judging ends"), least=1, most=90, unit=_("days"))
    second_reminder: int = figure(7, _("Second reminder before judging ends"), least=1, most=60, unit=_("days"))
    last_reminder: int = figure(2, _("Last reminder before judging ends"), least=1, most=30, unit=_("days"))


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
