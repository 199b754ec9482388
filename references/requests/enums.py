"""States of reference requests and of the candidates tried for them."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class RequestState(TextChoices):
    """A reference request's way from a rep's need to an answered one."""

    EXCEPTION = "exception", _("waiting for an exception")
    SUBMITTED = "submitted", _("new")
    NEEDS_INFO = "needs_info", _("question to the requester")
    MATCHING = "matching", _("matching")
    CONFIRMED = "confirmed", _("customer agreed")
    DELIVERED = "delivered", _("held")
    CLOSED = "closed", _("closed")
    UNFILLED = "unfilled", _("not filled")
    BY_CONTENT = "by_content", _("answered by content")
    REDIRECTED = "redirected", _("passed on")
    REJECTED = "rejected", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


R = RequestState
REQUEST_MOVES: Moves = {
    R.EXCEPTION: {R.SUBMITTED, R.REJECTED, R.WITHDRAWN},
    R.SUBMITTED: {R.NEEDS_INFO, R.MATCHING, R.BY_CONTENT, R.REDIRECTED, R.REJECTED, R.UNFILLED, R.WITHDRAWN},
    R.NEEDS_INFO: {R.SUBMITTED, R.WITHDRAWN},
    # Back to its requester when the prospect has missed the agreed time twice: why should a customer be asked again?
    R.MATCHING: {R.CONFIRMED, R.NEEDS_INFO, R.BY_CONTENT, R.UNFILLED, R.WITHDRAWN},
    R.CONFIRMED: {R.MATCHING, R.DELIVERED, R.UNFILLED, R.WITHDRAWN},
    R.DELIVERED: {R.CLOSED},
}
# One that asked for an exception says in these states that its requester is restricted: few may read it.
CONFIDENTIAL = (R.EXCEPTION, R.REJECTED, R.WITHDRAWN)
MATCHABLE = (R.SUBMITTED, R.MATCHING)
OPEN_REQUESTS = (R.SUBMITTED, R.NEEDS_INFO, R.MATCHING, R.CONFIRMED, R.DELIVERED)


class Wanting(TextChoices):
    """Who needs the reference; only sales names a deal."""

    SALES = "sales", _("Sales")
    ENGINEERING = "engineering", _("Engineering")
    PRODUCT = "product", _("Product management")
    PR = "pr", _("Public relations")
    ADVERTISING = "advertising", _("Advertising")
    EVENTS = "events", _("Events")


class BatchKind(TextChoices):
    """Several references for one purpose."""

    RFP = "rfp", _("Tender")
    ANALYST = "analyst", _("Analyst report")
    PRESS = "press", _("Press")
    COUNCIL = "council", _("Advisory council")
    BETA = "beta", _("Beta test")
    EVENT = "event", _("Event")


class BatchState(TextChoices):
    """Where a batch stands."""

    COLLECTING = "collecting", _("collecting names")
    HANDED_OVER = "handed_over", _("handed over")
    CLOSED = "closed", _("closed")


BATCH_MOVES: Moves = {
    BatchState.COLLECTING: {BatchState.HANDED_OVER, BatchState.CLOSED},
    BatchState.HANDED_OVER: {BatchState.COLLECTING, BatchState.CLOSED},
}


class NameState(TextChoices):
    """One customer's name in a batch: used only with their word for this very purpose."""

    PROPOSED = "proposed", _("to be asked")
    ASKED = "asked", _("asked")
    ALLOWED = "allowed", _("may be named")
    REFUSED = "refused", _("said no")
    DROPPED = "dropped", _("left out")


NAME_MOVES: Moves = {
    NameState.PROPOSED: {NameState.ASKED, NameState.ALLOWED, NameState.DROPPED},
    NameState.ASKED: {NameState.ALLOWED, NameState.REFUSED, NameState.DROPPED},
    NameState.ALLOWED: {NameState.DROPPED},
}


class CandidateState(TextChoices):
    """One customer tried for one request."""

    LINED_UP = "lined_up", _("next in line")
    OWNER_REVIEW = "owner_review", _("waiting for the account owner")
    OWNER_DECLINED = "owner_declined", _("declined by the owner")
    IN_APPROVAL = "in_approval", _("waiting for approval")
    NOT_APPROVED = "not_approved", _("not approved")
    INVITED = "invited", _("customer invited")
    ACCEPTED = "accepted", _("customer agreed")
    DECLINED = "declined", _("declined by the customer")
    NO_REPLY = "no_reply", _("no answer")
    SCHEDULED = "scheduled", _("time agreed")
    COMPLETED = "completed", _("held")
    NO_SHOW = "no_show", _("did not take place")
    RELEASED = "released", _("released")


C = CandidateState
CANDIDATE_MOVES: Moves = {
    C.LINED_UP: {C.OWNER_REVIEW, C.RELEASED},
    C.OWNER_REVIEW: {C.INVITED, C.IN_APPROVAL, C.OWNER_DECLINED, C.RELEASED},
    C.IN_APPROVAL: {C.INVITED, C.NOT_APPROVED, C.RELEASED},
    C.INVITED: {C.ACCEPTED, C.DECLINED, C.NO_REPLY, C.RELEASED},
    C.NO_REPLY: {C.ACCEPTED, C.DECLINED, C.RELEASED},
    C.ACCEPTED: {C.SCHEDULED, C.COMPLETED, C.RELEASED},
    # Back to "agreed" when one side cannot make the time: another one is to be found.
    C.SCHEDULED: {C.SCHEDULED, C.ACCEPTED, C.COMPLETED, C.NO_SHOW, C.RELEASED},
    C.NO_SHOW: {C.ACCEPTED, C.SCHEDULED, C.DECLINED, C.RELEASED},
}
AGREED_CANDIDATES = (C.ACCEPTED, C.SCHEDULED)
# Their goodwill is held. Who stands in line or did not answer holds none: it is asked for anew when it is needed.
OPEN_CANDIDATES = (C.OWNER_REVIEW, C.IN_APPROVAL, C.INVITED, C.ACCEPTED, C.SCHEDULED)
# Not asked yet: somebody of ours still has to agree.
UNASKED = (C.OWNER_REVIEW, C.IN_APPROVAL)
WAITING = (*UNASKED, C.INVITED)
# Let go when the request ends or somebody else has agreed: everybody from whom something could still come.
RELEASABLE = (C.LINED_UP, *OPEN_CANDIDATES, C.NO_REPLY, C.NO_SHOW)


class LadderRung(IntegerChoices):
    """How far up the question to an account's owner went, while nobody answers."""

    OWNER = 0, _("the owner")
    REMINDED = 1, _("the owner, reminded")
    MANAGER = 2, _("their manager")
    PROGRAM = 3, _("the reference program")


class Side(TextChoices):
    """Who gives feedback on a delivered reference."""

    CUSTOMER = "customer", _("the reference customer")
    REQUESTER = "requester", _("the requester")


class OwnerReason(TextChoices):
    """Why an account's owner says "not now"; shown to program people and the requester."""

    BAD_TIME = "bad_time", _("A bad time for this customer")
    ASKED_ENOUGH = "asked_enough", _("They were asked enough lately")
    OTHER_PERSON = "other_person", _("Somebody else there should be asked")
    POOR_FIT = "poor_fit", _("Not the right customer for this")


class CustomerReason(TextChoices):
    """Why a customer says "not this time"; shown to program people and the account's owner only."""

    NO_TIME = "no_time", _("No time just now")
    OTHER_PERSON = "other_person", _("A colleague would be better")
    NOT_THIS = "not_this", _("Not for this company or topic")
    NOT_HAPPY = "not_happy", _("Something with you should be put right first")
    NO_REASON = "", _("I would rather not say")


class UnfilledReason(TextChoices):
    """Why no customer was found; counted in the coverage of what we lack."""

    NO_MATCH = "no_match", _("Nobody meets the must-haves")
    NOT_FREE = "not_free", _("Those who fit rest, are frozen or kept for others")
    OWNERS_NO = "owners_no", _("The account owners would rather not")
    CUSTOMERS_NO = "customers_no", _("The customers said not this time")
    NO_ANSWER = "no_answer", _("Nobody answered in time")
    TOO_SHORT = "too_short", _("There was too little time")
    NOT_HELD = "not_held", _("A customer agreed, and nobody says that it took place")
    OTHER = "other", _("Another reason")


class AbsentSide(TextChoices):
    """Who did not come to an agreed conversation."""

    PROSPECT = "prospect", _("The prospect")
    CUSTOMER = "customer", _("The customer")


class LeftOut(TextChoices):
    """Why an account of the must-have segment is not offered; the first that applies, in this order."""

    PROSPECT = "prospect", _("Is the prospect itself")
    TRIED = "tried", _("Already tried for this request")
    FROZEN = "frozen", _("Frozen")
    CHECK_DUE = "check_due", _("Owner has not confirmed")
    PAUSED = "paused", _("Paused by the customer")
    RESTING = "resting", _("Resting")
    RESERVED = "reserved", _("Kept for another team’s plan")
    NO_CONSENT = "no_consent", _("Nobody agreed to this")
    BUSY = "busy", _("Their people are asked already")
