"""Numbers of this room that are policy rather than code, each with where it comes from."""

# The street's first rule: a nomination only pays once the customer is enrolled, and nobody lives on it (mission I1,
# "SPIFFs; targeted rewards"; the figures are the issue's).
ENROLLED_POINTS = 150
ENROLLED_CAP = 600
# Thanks to who lends a customer (issue 1, "Standings and points").
DELIVERED_POINTS = 50

# No rule gives more at once: a slip of the finger should not empty the catalogue.
MOST_POINTS = 10_000
MOST_CENTS = 500_000

# A milestone that was reached in time may be told late; a promise is given up only after that.
PROMISE_GRACE_DAYS = 2
