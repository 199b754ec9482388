"""The models of every room of governance, for Django and for the apps above."""

from refprogram.governance.approvals.models import Approval, Chain, ChainStep, ChainVersion, Decision, Turn
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund, FundEntry
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Evaluation, Task
from refprogram.governance.fulfilment.models import Fulfilment

__all__ = [
    "Approval",
    "BudgetLine",
    "Chain",
    "ChainStep",
    "ChainVersion",
    "Commitment",
    "ConsequenceCase",
    "ConsequencePolicy",
    "Decision",
    "Evaluation",
    "Fulfilment",
    "Fund",
    "FundEntry",
    "Task",
    "Turn",
]
