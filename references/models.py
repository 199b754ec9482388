"""The models of every room of references, for Django and for the apps above."""

from references.accounts.models import (
    Account,
    ActivityType,
    Ask,
    Consent,
    Contact,
    Freeze,
    Opportunity,
    Product,
)
from references.consents.models import ConsentTemplate, ConsentTerm
from references.content.models import (
    Asset,
    AssetNeed,
    AssetPart,
    AssetVersion,
    Board,
    BoardItem,
    BoardView,
    Claim,
    Placement,
)
from references.coverage.models import CellTarget, Connector, CoverageSnapshot, PlanStep, RecruitingTarget, TargetPlan
from references.exchange.models import ColumnMapping, ImportFile, ImportKind, ImportState, Repair
from references.goodwill.models import AskOverride, GoodwillEntry, Reservation
from references.merging.models import Merge
from references.profiles.models import Correction, LinkedProgram, Outcome, Participation, Unmasking
from references.requests.models import (
    AssignmentPick,
    AssignmentRun,
    BatchName,
    Candidate,
    Feedback,
    ReferenceRequest,
    RequestBatch,
)
from references.surveys.models import Survey, SurveyInvitation, SurveyWave

__all__ = [
    "Account",
    "ActivityType",
    "Ask",
    "AskOverride",
    "Asset",
    "AssetNeed",
    "AssetPart",
    "AssetVersion",
    "AssignmentPick",
    "AssignmentRun",
    "BatchName",
    "Board",
    "BoardItem",
    "BoardView",
    "Candidate",
    "CellTarget",
    "Claim",
    "ColumnMapping",
    "Connector",
    "Consent",
    "ConsentTemplate",
    "ConsentTerm",
    "Contact",
    "Correction",
    "CoverageSnapshot",
    "Feedback",
    "Freeze",
    "GoodwillEntry",
    "ImportFile",
    "ImportKind",
    "ImportState",
    "LinkedProgram",
    "Merge",
    "Opportunity",
    "Outcome",
    "Participation",
    "Placement",
    "PlanStep",
    "Product",
    "RecruitingTarget",
    "ReferenceRequest",
    "Repair",
    "RequestBatch",
    "Reservation",
    "Survey",
    "SurveyInvitation",
    "SurveyWave",
    "TargetPlan",
    "Unmasking",
]
