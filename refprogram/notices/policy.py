"""Numbers of this room that are policy rather than code, each with where it comes from."""

import datetime as dt

# Quiet hours of a reader who set none: work ends before eight in the evening and begins at seven (ux.md, "E-mail":
# quiet hours in the reader's time zone; the hours themselves are ours).
QUIET_FROM = dt.time(20)
QUIET_UNTIL = dt.time(7)

# One digest a day, when a reader's day begins.
DIGEST_HOUR = 8
DIGEST_LINES = 50

# A mailbox that is full or a server that defers gets about half a day; then a person has to look (RFC 5321, 4.5.4.1
# asks for four to five days of a mail server, but we hand over to one that does that).
FIRST_RETRY = dt.timedelta(minutes=1)
LONGEST_RETRY = dt.timedelta(hours=2)
MOST_ATTEMPTS = 10

# Tools that agents without an address of their own have in the CRM: nobody reads mail sent there.
NO_MAILBOX = ".invalid"
