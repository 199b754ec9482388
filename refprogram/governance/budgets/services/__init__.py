"""The verbs of budgets: funds get money, promise it, spend it, and have it back."""

from refprogram.governance.budgets.services.funds import (
    Planned,
    allocate,
    ask_for_fund,
    ask_for_more,
    close_fund,
    decide_on_fund,
    freeze_fund,
    plan_line,
    replan,
    thaw_fund,
)
from refprogram.governance.budgets.services.promises import (
    SPENDABLE,
    ask_to_spend,
    commit,
    decide_on_spending,
    refund,
    release,
    spend,
)

__all__ = [
    "SPENDABLE",
    "Planned",
    "allocate",
    "ask_for_fund",
    "ask_for_more",
    "ask_to_spend",
    "close_fund",
    "commit",
    "decide_on_fund",
    "decide_on_spending",
    "freeze_fund",
    "plan_line",
    "refund",
    "release",
    "replan",
    "spend",
    "thaw_fund",
]
