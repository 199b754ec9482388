"""The verbs of this room."""

from incentives.quality.services.excusing import excuse, start_clock_anew, stop_clock
from incentives.quality.services.looking import look_at_all, look_at_own
from incentives.quality.services.marking import mark, unmark
from incentives.quality.services.months import close, close_due, freeze

__all__ = [
    "close",
    "close_due",
    "excuse",
    "freeze",
    "look_at_all",
    "look_at_own",
    "mark",
    "start_clock_anew",
    "stop_clock",
    "unmark",
]
