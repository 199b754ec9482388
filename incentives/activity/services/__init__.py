"""The verbs of this room."""

from incentives.activity.services.adopting import count_due as count_months_due
from incentives.activity.services.adopting import count_month
from incentives.activity.services.bottom import look, look_due
from incentives.activity.services.giving import close_pot, pledge, propose_pot, sign_off, withdraw
from incentives.activity.services.presenting import Plan, ask, call_off, decide, draft, mark
from incentives.activity.services.proving import give_proof, judge_proof, lapse_due
from incentives.activity.services.weeks import count_due as count_weeks_due
from incentives.activity.services.weeks import count_week, settle

__all__ = [
    "Plan",
    "ask",
    "call_off",
    "close_pot",
    "count_month",
    "count_months_due",
    "count_week",
    "count_weeks_due",
    "decide",
    "draft",
    "give_proof",
    "judge_proof",
    "lapse_due",
    "look",
    "look_due",
    "mark",
    "pledge",
    "propose_pot",
    "settle",
    "sign_off",
    "withdraw",
]
