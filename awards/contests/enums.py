"""States and kinds of contests."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class Audience(TextChoices):
    """Who competes. Internal: teams of our own; no consent is needed and no reference comes of it."""

    CUSTOMERS = "customers", _("customers")
    INTERNAL = "internal", _("our own teams")


class VotesFor(TextChoices):
    """Who stands on the page on which the public votes; only who agreed to be shown there."""

    ALL = "all", _("every entry that judges read")
    FINALISTS = "finalists", _("the entries of the last round")


class ContestState(TextChoices):
    """The life of a contest (research 3, Edition)."""

    DRAFT = "draft", _("draft")
    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open for entries")
    CLOSED = "closed", _("closed for entries")
    SCREENING = "screening", _("screening")
    JUDGING = "judging", _("judging")
    DELIBERATION = "deliberation", _("deliberation")
    DECIDED = "decided", _("decided, under embargo")
    PUBLISHED = "published", _("winners announced")
    FULFILMENT = "fulfilment", _("prizes on their way")
    ARCHIVED = "archived", _("archived")
    CANCELLED = "cancelled", _("cancelled")


S = ContestState
CONTEST_MOVES: Moves = {
    S.DRAFT: {S.ANNOUNCED, S.CANCELLED},
    S.ANNOUNCED: {S.OPEN, S.DRAFT, S.CANCELLED},
    S.OPEN: {S.CLOSED, S.CANCELLED},
    S.CLOSED: {S.SCREENING, S.OPEN, S.CANCELLED},  # opened again: an extension for all
    S.SCREENING: {S.JUDGING, S.CANCELLED},
    S.JUDGING: {S.DELIBERATION, S.SCREENING, S.CANCELLED},
    S.DELIBERATION: {S.DECIDED, S.JUDGING, S.CANCELLED},
    S.DECIDED: {S.PUBLISHED, S.DELIBERATION, S.CANCELLED},
    S.PUBLISHED: {S.FULFILMENT, S.ARCHIVED},  # at once to the archive: nothing was to be won
    S.FULFILMENT: {S.ARCHIVED},
}
# Shown to the public, at all.
SHOWN = (
    *(S.ANNOUNCED, S.OPEN, S.CLOSED, S.SCREENING, S.JUDGING, S.DELIBERATION, S.DECIDED, S.PUBLISHED),
    *(S.FULFILMENT, S.ARCHIVED),
)
AFTER_PUBLICATION = (S.PUBLISHED, S.FULFILMENT, S.ARCHIVED)


class Part(TextChoices):
    """What a colleague does for one contest."""

    MANAGER = "manager", _("runs the contest")
    SCREENER = "screener", _("screens entries")
    CERTIFIER = "certifier", _("certifies results")
    CHAIR = "chair", _("chairs the jury")
    FIELD = "field", _("field engagement")
    PRESS = "press", _("press and web")
    EVENT = "event", _("award event")


class Step(TextChoices):
    """The ten steps of running a contest (source document S0)."""

    TEAM = "team", _("Put the team together")
    CONCEPT = "concept", _("Agree the concept")
    OVERVIEW = "overview", _("Write the overview")
    LAUNCH = "launch", _("Launch")
    FIELD = "field", _("Engage the field")
    WEB = "web", _("Open the web area")
    JUDGES = "judges", _("Collect entries, win judges")
    WINNERS = "winners", _("Select the winners")
    ANNOUNCE = "announce", _("Announce at the event")
    PROMOTE = "promote", _("Promote the winners")


class CategoryKind(TextChoices):
    """By what a category gathers entries."""

    PRODUCT = "product", _("Product")
    VERTICAL = "vertical", _("Industry")
    APPLICATION = "application", _("Application")
    ROI = "roi", _("Return on investment")
    REGION = "region", _("Region")
    INNOVATION = "innovation", _("Innovation")
    OTHER = "other", _("Other")


class PrizeKind(TextChoices):
    """What is given."""

    DONATION = "donation", _("Donation to a cause the winner chooses")
    DINNER = "dinner", _("Dinner with the chief executive")
    BUZZ = "buzz", _("Social buzz")
    CONFERENCE = "conference", _("Conference trip")
    GUEST = "guest", _("Guest of honour")
    VACATION = "vacation", _("Vacation")
    TICKETS = "tickets", _("Tickets")
    ELECTRONICS = "electronics", _("Electronics")
    DISCOUNT = "discount", _("Discount")
    CAR = "car", _("Leased car")
    VOUCHER = "voucher", _("Voucher")
    TEAM_EVENT = "team_event", _("Team event")
    OTHER = "other", _("Other")


class SponsorTier(TextChoices):
    """How much a sponsor carries."""

    LEAD = "lead", _("Lead sponsor")
    GOLD = "gold", _("Gold")
    SILVER = "silver", _("Silver")
    PARTNER = "partner", _("Partner")
