"""The tables of the app, by room: `<room>/models.py`."""

from awards.assignment.models import PanelRun
from awards.closing.models import Closing, Feedback, FollowUp, RecordedResult
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
from awards.judging.kept import PlaceWork
from awards.judging.models import (
    Assignment,
    Ballot,
    CategoryDelegate,
    Comparison,
    Conflict,
    Criterion,
    GlassBroken,
    Judge,
    Round,
    Score,
)
from awards.prizes.models import PrizeGrant
from awards.promotion.models import WinnerKit, WinnerQuote
from awards.results.models import Award, BallotSet, Certification, ChairVote, TallyRow, TallyRun
from awards.voting.models import PublicVote, VoteCount

__all__ = [
    "Assignment",
    "Award",
    "Ballot",
    "BallotSet",
    "Category",
    "CategoryDelegate",
    "CategoryEntry",
    "Certification",
    "ChairVote",
    "Closing",
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
    "FollowUp",
    "GlassBroken",
    "Judge",
    "NameIdea",
    "PanelRun",
    "PlaceWork",
    "PlanItem",
    "Prize",
    "PrizeGrant",
    "PublicVote",
    "Question",
    "RecordedResult",
    "Round",
    "Score",
    "Sponsor",
    "TallyRow",
    "TallyRun",
    "VoteCount",
    "WinnerKit",
    "WinnerQuote",
]
