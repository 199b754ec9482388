"""Numbers of this room that are policy rather than code."""

import datetime as dt
from typing import Final

# The activity that reserves a customer's goodwill for a survey; made by a data migration.
ACTIVITY: Final = "survey"

# Nobody gets two surveys within these days, whatever they are about (research: "at most one survey a quarter").
QUIET: Final = dt.timedelta(days=60)

# Without an answer: one reminder, then it is over. The link works a little longer than we count.
REMIND_AFTER: Final = dt.timedelta(days=7)
EXPIRES_AFTER: Final = dt.timedelta(days=21)
LINK_DAYS: Final = 45

# A day's mails of one survey, unless its page says otherwise.
PER_DAY: Final = 50

# From here down an NPS is a worry that the account's owner hears of.
LOW_NPS: Final = 6
LOW_CSAT: Final = 2
