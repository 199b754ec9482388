"""The models of every room of governance, for Django and for the apps above."""

from refprogram.governance.approvals.models import Approval, Chain, ChainStep, ChainVersion, Decision, Turn
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund, FundEntry
from refprogram.governance.capacity.models import CapacityAlert, Demand
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
from refprogram.governance.facetime.models import (
    FaceTimeFeedback,
    FaceTimeGuest,
    FaceTimeSlot,
    FaceTimeTalk,
    FaceTimeTerms,
)
from refprogram.governance.feedback.models import FieldNote
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.pilots.models import Pilot, PilotConsult, PilotCriterion, PilotMember, PilotNote
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.governance.readiness.models import Audience, Change, ChangeStep
from refprogram.governance.sponsors.models import PledgeText, SponsorPledge, Sponsorship
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
    "Audience",
    "BudgetLine",
    "CapacityAlert",
    "Chain",
    "ChainStep",
    "ChainVersion",
    "Change",
    "ChangeStep",
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
    "FaceTimeFeedback",
    "FaceTimeGuest",
    "FaceTimeSlot",
    "FaceTimeTalk",
    "FaceTimeTerms",
    "FieldNote",
    "Fulfilment",
    "Fund",
    "FundEntry",
    "Launch",
    "Pilot",
    "PilotConsult",
    "PilotCriterion",
    "PilotMember",
    "PilotNote",
    "PlanStep",
    "PledgeText",
    "PlottedRequest",
    "Pulse",
    "Requirement",
    "RoadMark",
    "ScopeLine",
    "SponsorPledge",
    "Sponsorship",
    "Stakeholder",
    "StakeholderContact",
    "StakeholderGroup",
    "Task",
    "Turn",
]
