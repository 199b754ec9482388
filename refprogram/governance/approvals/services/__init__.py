"""The verbs of this room."""

from refprogram.governance.approvals.services.asking import Route, answer, live_version, request, withdraw, withdraw_for
from refprogram.governance.approvals.services.chains import StepPlan, drop_draft, publish, save_draft
from refprogram.governance.approvals.services.deciding import decide
from refprogram.governance.approvals.services.follow_up import follow_up, look_again
from refprogram.governance.approvals.services.handing_over import hand_over

__all__ = [
    "Route",
    "StepPlan",
    "answer",
    "decide",
    "drop_draft",
    "follow_up",
    "hand_over",
    "live_version",
    "look_again",
    "publish",
    "request",
    "save_draft",
    "withdraw",
    "withdraw_for",
]
