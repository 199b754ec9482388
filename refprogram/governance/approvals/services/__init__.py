"""The verbs of this room."""

from refprogram.governance.approvals.services.asking import answer, live_version, request, withdraw, withdraw_for
from refprogram.governance.approvals.services.chains import StepPlan, drop_draft, publish, save_draft
from refprogram.governance.approvals.services.deciding import decide
from refprogram.governance.approvals.services.follow_up import follow_up, look_again

__all__ = [
    "StepPlan",
    "answer",
    "decide",
    "drop_draft",
    "follow_up",
    "live_version",
    "look_again",
    "publish",
    "request",
    "save_draft",
    "withdraw",
    "withdraw_for",
]
