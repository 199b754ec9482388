"""The room's numbers: weights of a match, service levels, limits. Later issues make them settings on a page.

Source: research/features-references-incentives.md 1.C, 4.2 and 5 (its own proposals), and the match page's mock-up.
"""

import datetime as dt
from decimal import Decimal
from typing import Final

# A match is worth up to 100 points: how well it fits, how free the customer is, how well it went before, and
# whose turn it is. Hard stops (freeze, pause, consent) are never points: they leave an account out.
FIT: Final = 40
AVAILABILITY: Final = 25
TRACK_RECORD: Final = 20
FAIRNESS: Final = 15

# Fit is the share of these points that a customer reaches, out of those that the need says anything about.
FIT_INDUSTRY: Final = 12
FIT_PRODUCT: Final = 12
FIT_REGION: Final = 6
FIT_SIZE: Final = 5
FIT_DEAL: Final = 5

# Size: up to twice as large or small counts in full, up to five times half.
SIZE_NEAR: Final = 2
SIZE_FAR: Final = 5
# A won deal between half and twice the amount of this one is a similar one.
DEAL_NEAR: Final = Decimal(2)

# Track record: usefulness as requesters rated it (1-5). Two imagined ratings of 3.5 keep one single 5 from winning.
PRIOR_RATING: Final = 3.5
PRIOR_RATINGS: Final = 2
# Of the 20 points, 14 are for usefulness, 6 for how often they said yes; one imagined yes gives newcomers the doubt.
USEFULNESS: Final = 14
WILLINGNESS: Final = 6

# Fairness: full after half a year without an ask ("idle pool": not asked in 180 days).
IDLE_DAYS: Final = 180

# At most so many accounts are scored, those with the best stored facts first; so many are shown.
SCORED: Final = 200
SHOWN: Final = 25
SHOWN_FIRST: Final = 5

# A need must be halved at least before asking for fewer people is worth offering.
RELAX_SIZE: Final = 2

# Consent that ends within this time is said beside the match.
CONSENT_LAPSES: Final = dt.timedelta(days=30)

# Somebody of the program reacts within four working hours.
REACTION_MINUTES: Final = 240
# The clock: at risk when less than this is left of the time in which a customer should have agreed.
AT_RISK: Final = dt.timedelta(days=1)
WORKDAY_ENDS: Final = dt.time(17, 0)

# "Needed by" is proposed this many working days after the service level.
SLACK_DAYS: Final = 5

# Activities for which nobody has to meet at a time.
WITHOUT_DATE: Final = frozenset({"quote", "logo"})

# How many times a customer offers, and how far ahead.
OFFERED_TIMES: Final = 3
# Times proposed to tick: at these hours, on so many working days, the first one the working day after tomorrow.
SLOT_HOURS: Final = (10, 15)
SLOT_DAYS: Final = 3
TIMES_WITHIN: Final = dt.timedelta(days=120)

# Feedback: who is silent is reminded after so many working days, and at last the request is closed without it (a word
# that comes later is still taken).
REMIND_OF_FEEDBACK: Final = (4, 9)
CLOSE_WITHOUT_FEEDBACK: Final = 14

# A requester who has said nothing this long after the reference was held owes it: consequences count that.
FEEDBACK_OWED_AFTER: Final = dt.timedelta(days=10)

# The invitation asks for an answer within three days; the owner for one within a working day.
OWNER_DAYS: Final = 1
CUSTOMER_DAYS: Final = 3
