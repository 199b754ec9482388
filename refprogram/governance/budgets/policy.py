"""Numbers of this room that are policy."""

from typing import Final

# At which share of a fund, promised or spent, its owner and finance are told; each once.
ALERT_AT: Final = (70, 90, 100)
# For how many quarters ahead a fund can be asked for.
QUARTERS_AHEAD: Final = 4
