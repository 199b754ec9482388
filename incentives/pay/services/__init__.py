"""The verbs of pay."""

from incentives.pay.services.accruing import AccrualIn, accrue_many, correct
from incentives.pay.services.disputes import answer_dispute, raise_dispute, remind_of_disputes, withdraw_dispute
from incentives.pay.services.escalators import change_escalator, draft_escalator, start_escalator, stop_escalator
from incentives.pay.services.exporting import export
from incentives.pay.services.months import agree, close, reopen
from incentives.pay.services.settling import end_spiff, follow_spiffs, judge_proof, show_proof
from incentives.pay.services.spiffs import (
    Plan,
    cancel_spiff,
    change_spiff,
    draft_spiff,
    hand_in,
    plan_of,
    start_spiff,
    vote,
)

__all__ = [
    "AccrualIn",
    "Plan",
    "accrue_many",
    "agree",
    "answer_dispute",
    "cancel_spiff",
    "change_escalator",
    "change_spiff",
    "close",
    "correct",
    "draft_escalator",
    "draft_spiff",
    "end_spiff",
    "export",
    "follow_spiffs",
    "hand_in",
    "judge_proof",
    "plan_of",
    "raise_dispute",
    "remind_of_disputes",
    "reopen",
    "show_proof",
    "start_escalator",
    "start_spiff",
    "stop_escalator",
    "vote",
    "withdraw_dispute",
]
