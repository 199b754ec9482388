"""Numbers of this room that are policy rather than code. Source: research, section 1.B "Consent ledger"."""

from typing import Final

# Who looks after a customer is told so many days before something that may be shown ends.
RENEWAL_DAYS: Final = (60, 30, 7)

# The clock may have stood still for so long: a notice is not missed for it.
CATCH_UP_DAYS: Final = 3

# How long a customer has to answer a release, and how long they can take back what they agreed to by the same link.
LINK_DAYS: Final = 1095

# How long an address lives with which anybody can check that a consent holds.
VERIFY_DAYS: Final = 1095

# One release asks for at most so many things: a list that is longer is not read.
TERMS_AT_ONCE: Final = 40
