"""The verbs of this room."""

from refprogram.governance.pilots.services.consulting import PURPOSE, answer, ask_sales, meet_condition
from refprogram.governance.pilots.services.planning import (
    add_criterion,
    cancel,
    change,
    drop_criterion,
    plan,
    settle,
)
from refprogram.governance.pilots.services.running import begin, decide, go_by_the_clock, judge, write_down

__all__ = [
    "PURPOSE",
    "add_criterion",
    "answer",
    "ask_sales",
    "begin",
    "cancel",
    "change",
    "decide",
    "drop_criterion",
    "go_by_the_clock",
    "judge",
    "meet_condition",
    "plan",
    "settle",
    "write_down",
]
