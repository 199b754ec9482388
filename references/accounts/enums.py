"""States of accounts, contacts, opportunities and asks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class Membership(TextChoices):
    """Where an account or a contact stands in the reference program."""

    IDENTIFIED = "identified", _("not a reference yet")
    RECRUITING = "recruiting", _("being invited")
    ONBOARDING = "onboarding", _("being prepared")
    ACTIVE = "active", _("reference")
    REVIEW_DUE = "review_due", _("check due")
    NOT_NOW = "not_now", _("not now")
    DECLINED = "declined", _("declined")
    RETIRED = "retired", _("retired")
    DO_NOT_CONTACT = "do_not_contact", _("do not contact")


POOL = (Membership.ACTIVE, Membership.REVIEW_DUE)

MEMBERSHIP_MOVES: Moves = {
    Membership.IDENTIFIED: {Membership.RECRUITING, Membership.DO_NOT_CONTACT},
    Membership.RECRUITING: {
        Membership.ONBOARDING, Membership.ACTIVE, Membership.NOT_NOW, Membership.DECLINED, Membership.DO_NOT_CONTACT
    },
    Membership.ONBOARDING: {
        Membership.ACTIVE, Membership.NOT_NOW, Membership.DECLINED, Membership.RETIRED, Membership.DO_NOT_CONTACT
    },
    Membership.NOT_NOW: {Membership.RECRUITING, Membership.DO_NOT_CONTACT},
    Membership.DECLINED: {Membership.RECRUITING, Membership.DO_NOT_CONTACT},
    Membership.ACTIVE: {Membership.REVIEW_DUE, Membership.RETIRED, Membership.DO_NOT_CONTACT},
    Membership.REVIEW_DUE: {Membership.ACTIVE, Membership.RETIRED, Membership.DO_NOT_CONTACT},
    Membership.RETIRED: {Membership.RECRUITING, Membership.DO_NOT_CONTACT},
}  # fmt: skip


class Tier(TextChoices):
    """How precious a reference is."""

    PLATINUM = "platinum", _("Platinum")
    GOLD = "gold", _("Gold")
    SILVER = "silver", _("Silver")
    NONE = "", _("No tier")


class Seniority(TextChoices):
    """How high a contact stands at the customer."""

    BOARD = "board", _("Board")
    EXECUTIVE = "executive", _("Executive")
    HEAD = "head", _("Head of a unit")
    EXPERT = "expert", _("Expert")


class Stage(TextChoices):
    """Where a deal stands in the CRM."""

    PROSPECTING = "prospecting", _("Prospecting")
    ENGAGING = "engaging", _("Engaging")
    PROPOSAL = "proposal", _("Proposal")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")


OPEN_STAGES = (Stage.PROSPECTING, Stage.ENGAGING, Stage.PROPOSAL)


class Word(TextChoices):
    """What somebody says who is asked whether a customer is still a reference."""

    TRUE = "true", _("Still true")
    NOT = "not", _("Leave them alone")
    LEFT = "left", _("Somebody left")


class Availability(TextChoices):
    """Whether an account may be asked now; computed from its stored facts, never typed."""

    AVAILABLE = "available", _("Free")
    LIMITED = "limited", _("Asked a lot")
    ASKED = "asked", _("Asked now")
    RESTING = "resting", _("Resting")
    FROZEN = "frozen", _("Frozen")
    PAUSED = "paused", _("Paused by the customer")
    CHECK_DUE = "check_due", _("Owner to confirm")
    NOT_A_REFERENCE = "not_a_reference", _("Not a reference yet")


class FreezeKind(TextChoices):
    """Why an account must be left alone."""

    ESCALATION = "escalation", _("Open escalation")
    RENEWAL = "renewal", _("Renewal under way")
    LEGAL = "legal", _("Legal matter")
    OTHER = "other", _("Another reason")


class AskState(TextChoices):
    """One use of a customer's goodwill: held when planned, booked when the customer agreed, spent when it happened."""

    HELD = "held", _("planned")
    BOOKED = "booked", _("agreed")
    SPENT = "spent", _("done")
    RELEASED = "released", _("released")
    DECLINED = "declined", _("declined")


ASK_MOVES: Moves = {
    AskState.HELD: {AskState.BOOKED, AskState.RELEASED, AskState.DECLINED, AskState.SPENT},
    AskState.BOOKED: {AskState.SPENT, AskState.RELEASED, AskState.DECLINED},
}
OPEN_ASKS = (AskState.HELD, AskState.BOOKED)
