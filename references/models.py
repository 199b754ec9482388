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
from references.exchange.models import ColumnMapping, ImportFile, ImportKind, ImportState, Repair
from references.requests.models import Candidate, Feedback, ReferenceRequest
from references.surveys.models import Survey, SurveyInvitation, SurveyWave

__all__ = [
    "Account",
    "ActivityType",
    "Ask",
    "Candidate",
    "ColumnMapping",
    "Consent",
    "Contact",
    "Feedback",
    "Freeze",
    "ImportFile",
    "ImportKind",
    "ImportState",
    "Opportunity",
    "Product",
    "ReferenceRequest",
    "Repair",
    "Survey",
    "SurveyInvitation",
    "SurveyWave",
]
