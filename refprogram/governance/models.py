"""The models of every room of governance, for Django and for the apps above."""

from refprogram.governance.approvals.models import Approval, Chain, ChainStep, ChainVersion, Decision, Turn
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund, FundEntry
from refprogram.governance.capacity.models import Demand
from refprogram.governance.charter.models import (
    Acknowledgement,
    CharterLink,
    CharterOpening,
    CharterOpinion,
    CharterQuestion,
    CharterVersion,
    PlanStep,
    RoadMark,
    ScopeLine,
)
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Evaluation, Task
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.governance.stakeholders.models import (
    DirectoryEntry,
    Launch,
    Pulse,
    Requirement,
    Stakeholder,
    StakeholderContact,
    StakeholderGroup,
)

__all__ = [
    "Acknowledgement",
    "Approval",
    "BudgetLine",
    "Chain",
    "ChainStep",
    "ChainVersion",
    "CharterLink",
    "CharterOpening",
    "CharterOpinion",
    "CharterQuestion",
    "CharterVersion",
    "Commitment",
    "ConsequenceCase",
    "ConsequencePolicy",
    "Decision",
    "Demand",
    "DirectoryEntry",
    "Evaluation",
    "Fulfilment",
    "Fund",
    "FundEntry",
    "Launch",
    "PlanStep",
    "PlottedRequest",
    "Pulse",
    "Requirement",
    "RoadMark",
    "ScopeLine",
    "Stakeholder",
    "StakeholderContact",
    "StakeholderGroup",
    "Task",
    "Turn",
]
