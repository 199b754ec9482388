"""The room's numbers."""

from typing import Final

# An appeal is answered within so many working days of whoever answers; it has no effect until then, however late.
APPEAL_ANSWER_DAYS: Final = 3
APPEAL_CLOCK: Final = "appeal"
# So many cases are taken at once by the clock; the next run takes the rest.
AT_ONCE: Final = 500
