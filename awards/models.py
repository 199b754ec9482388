"""The tables of the app, by room: `<room>/models.py`."""

from awards.assignment.models import PanelRun
from awards.contests.models import (
    Category,
    Contest,
    ContestMember,
    NameIdea,
    PlanItem,
    Prize,
    Question,
    Sponsor,
)
from awards.entries.models import (
    CategoryEntry,
    ContestEntry,
    EntryConsent,
    EntryHelper,
    EntryInvite,
    EntryMetric,
    EntryVersion,
)
from awards.judging.models import Assignment, Ballot, Comparison, Conflict, Criterion, Judge, Round, Score
from awards.prizes.models import Feedback, PrizeGrant, WinnerKit
from awards.results.models import Award, Certification, ChairVote, TallyRow, TallyRun
from awards.voting.models import PublicVote

__all__ = [
    "Assignment",
    "Award",
    "Ballot",
    "Category",
    "CategoryEntry",
    "Certification",
    "ChairVote",
    "Comparison",
    "Conflict",
    "Contest",
    "ContestEntry",
    "ContestMember",
    "Criterion",
    "EntryConsent",
    "EntryHelper",
    "EntryInvite",
    "EntryMetric",
    "EntryVersion",
    "Feedback",
    "Judge",
    "NameIdea",
    "PanelRun",
    "PlanItem",
    "Prize",
    "PrizeGrant",
    "PublicVote",
    "Question",
    "Round",
    "Score",
    "Sponsor",
    "TallyRow",
    "TallyRun",
    "WinnerKit",
]
