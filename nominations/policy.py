"""Numbers of this room that are policy rather than code, each with where it comes from."""

import datetime as dt

# Why somebody is nominated: a page at most; mails bring the beginning and lead to the rest. Ours.
LONGEST_WHY = 4000
WHY_IN_MAIL = 600

# The account's owner: a reminder after two working days, and after four it goes on without them (features 4.3:
# "must answer 2 d; then MGR"; we go on to screening and show the screener that nobody answered).
REMIND_OWNER_AFTER = 2
GO_ON_WITHOUT_OWNER_AFTER = 4

# Features 4.3: a nomination that is older than 30 days is checked again before the customer hears of it. Screeners see
# an owner's word that is older in amber.
OWNERS_WORD_HOLDS = dt.timedelta(days=30)

# A customer who has not answered the invitation: the nominator, who knows them, is told once. A contact without an
# address stops screening altogether, so that is asked for sooner. Ours, in working days.
NUDGE_NOMINATOR_AFTER = 7
ASK_FOR_CONTACT_AFTER = 2

# A queue should be empty within a week: nominations in screening for longer are amber, twice as long red (RO dashboards
# count nominations older than 7 days).
SCREEN_WITHIN = dt.timedelta(days=7)

# "Good moments to ask": a deal won lately (features F, signal triggers). Ours.
GOOD_MOMENT = dt.timedelta(days=60)

# How long an outcome stays on the nominator's desk. Ours.
OUTCOME_STAYS = dt.timedelta(days=5)

# Parking: the date offered.
PARK_FOR = dt.timedelta(days=60)
