"""The verbs of this room."""

from refprogram.governance.consequences.services.appeals import answer_appeal, appeal
from refprogram.governance.consequences.services.ends import begin, clear, end, follow_up, note_lifted, waive
from refprogram.governance.consequences.services.evaluation import evaluate, evaluate_due, propose
from refprogram.governance.consequences.services.policies import (
    ask_to_switch_on,
    change,
    decide,
    set_switches,
    switch_off,
    write,
)
from refprogram.governance.consequences.services.review import dismiss, notify
from refprogram.governance.consequences.services.tasks import (
    cancel_task,
    describe_task,
    finish_task,
    give_task,
    note_done,
)

__all__ = [
    "answer_appeal",
    "appeal",
    "ask_to_switch_on",
    "begin",
    "cancel_task",
    "change",
    "clear",
    "decide",
    "describe_task",
    "dismiss",
    "end",
    "evaluate",
    "evaluate_due",
    "finish_task",
    "follow_up",
    "give_task",
    "note_done",
    "note_lifted",
    "notify",
    "propose",
    "set_switches",
    "switch_off",
    "waive",
    "write",
]
