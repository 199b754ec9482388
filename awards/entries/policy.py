"""Numbers of entries that are policy."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# What a mail to a customer costs of their goodwill: a light ask, a question by mail, as a survey is.
ACTIVITY: Final = "survey"
MOST_METRICS: Final = 12
MOST_HELPERS: Final = 10
# So many days before their deadline who has begun an entry is reminded, and whoever looks after the customer with them.
DRAFT_DAYS: Final = (30, 14, 7, 2, 1)
# Nobody is reminded that their draft lies in the last days before the first of these.
QUIET_DAYS: Final = 7


@policy("awards.entries", _("Entries to contests"))
class Figures:
    """The figures of this room."""

    first_reminder: int = figure(
        3, _("An invitation to enter is repeated after"), least=1, most=60, unit=_("days"),
        influences=_("Invitations that are open."),
    )  # fmt: skip
    second_reminder: int = figure(
        10, _("… and once more after"), least=2, most=90, unit=_("days"), influences=_("Invitations that are open."),
    )  # fmt: skip
    lapse_after: int = figure(
        30, _("An invitation without an answer lapses after"), least=3, most=365, unit=_("days"),
        influences=_("Invitations that are open; the customer’s goodwill is free again."),
    )  # fmt: skip
    idle_days: int = figure(
        14, _("Who has begun an entry and not touched it is reminded after"), least=3, most=180, unit=_("days"),
        influences=_("Drafts whose deadline is not near yet; each once until it is written on."),
    )  # fmt: skip
    fix_days: int = figure(
        7, _("Time to correct an entry that was sent back"), least=1, most=60, unit=_("days"),
        influences=_("Entries sent back from now on."),
    )  # fmt: skip
    begin_hours: int = figure(
        72, _("The link to begin an entry without an account lives"), least=1, most=720, unit=_("hours"),
        influences=_("Mails that leave from now on."),
    )  # fmt: skip
    begin_per_hour: int = figure(
        5, _("Links to begin an entry that one address may ask for in an hour"), least=1, most=1_000,
        influences=_("What strangers may have mailed from the public pages."),
    )  # fmt: skip
    consent_months: int = figure(
        36, _("What an entrant agrees to may be shown for"), least=1, most=120, unit=_("months"),
        influences=_("Entries submitted from now on."),
    )  # fmt: skip

    @property
    def fix_time(self) -> dt.timedelta:
        """How long a correction may take."""
        return dt.timedelta(days=self.fix_days)


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
