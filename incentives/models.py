"""The tables of the app, by room: `<room>/models.py`."""

from incentives.activity.models import (
    ActivityProof,
    AdoptionMonth,
    BottomLook,
    CharityPot,
    PanelMark,
    Pledge,
    Presentation,
    WeekReward,
)
from incentives.badges.models import Badge, BadgeGrant
from incentives.catalogue.models import Dispute, Item, LiabilityMonth, Redemption, TrustHold
from incentives.draws.models import Draw, Ticket, Win
from incentives.ledger.models import Entry, Posting, Seal, Wallet
from incentives.newsletters.models import Newsletter, NewsletterCopy
from incentives.pay.models import (
    Accrual,
    Escalator,
    PayDispute,
    PayExport,
    PayLine,
    PayPeriod,
    Spiff,
    SpiffEntry,
    SpiffVote,
)
from incentives.quality.models import Fault, Mark, QualityMonth
from incentives.recognition.models import FeedPost, Letter, RecognitionChoice, Thanks
from incentives.rulebook.models import Promise, Rule, RuleSpan, RuleTally
from incentives.simulation.models import Simulation
from incentives.watch.models import Look, WatchRound

__all__ = [
    "Accrual",
    "ActivityProof",
    "AdoptionMonth",
    "Badge",
    "BadgeGrant",
    "BottomLook",
    "CharityPot",
    "Dispute",
    "Draw",
    "Entry",
    "Escalator",
    "Fault",
    "FeedPost",
    "Item",
    "Letter",
    "LiabilityMonth",
    "Look",
    "Mark",
    "Newsletter",
    "NewsletterCopy",
    "PanelMark",
    "PayDispute",
    "PayExport",
    "PayLine",
    "PayPeriod",
    "Pledge",
    "Posting",
    "Presentation",
    "Promise",
    "QualityMonth",
    "RecognitionChoice",
    "Redemption",
    "Rule",
    "RuleSpan",
    "RuleTally",
    "Seal",
    "Simulation",
    "Spiff",
    "SpiffEntry",
    "SpiffVote",
    "Thanks",
    "Ticket",
    "TrustHold",
    "Wallet",
    "WatchRound",
    "WeekReward",
    "Win",
]
