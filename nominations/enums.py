"""States of a nomination and its legal moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class NominationState(TextChoices):
    """A nomination's way from a colleague's idea to an enrolled reference."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("asking the owner")
    QUEUED = "queued", _("waiting for its turn")
    SCREENING = "screening", _("in screening")
    RECHECK = "recheck", _("asking again")
    PARKED = "parked", _("parked")
    MERGED = "merged", _("merged")
    NOT_APPROVED = "not_approved", _("not approved")
    APPROVED = "approved", _("approved")
    OUTREACH = "outreach", _("customer invited")
    CUSTOMER_DECLINED = "customer_declined", _("customer declined")
    ENROLLED = "enrolled", _("enrolled")
    FIRST_ACT = "first_act", _("first act done")
    WITHDRAWN = "withdrawn", _("withdrawn")


N = NominationState
NOMINATION_MOVES: Moves = {
    N.DRAFT: {N.SUBMITTED, N.WITHDRAWN},
    N.SUBMITTED: {N.SCREENING, N.QUEUED, N.RECHECK, N.MERGED, N.WITHDRAWN},
    N.QUEUED: {N.SUBMITTED, N.SCREENING, N.RECHECK, N.MERGED, N.WITHDRAWN},
    N.SCREENING: {N.SUBMITTED, N.RECHECK, N.APPROVED, N.NOT_APPROVED, N.PARKED, N.MERGED, N.WITHDRAWN},
    N.RECHECK: {N.SCREENING, N.NOT_APPROVED, N.PARKED, N.MERGED, N.WITHDRAWN},
    N.PARKED: {N.SCREENING, N.RECHECK, N.MERGED, N.WITHDRAWN, N.ENROLLED},
    N.APPROVED: {N.OUTREACH, N.ENROLLED, N.RECHECK, N.SCREENING, N.NOT_APPROVED, N.PARKED},
    N.OUTREACH: {N.ENROLLED, N.CUSTOMER_DECLINED, N.PARKED},
    N.CUSTOMER_DECLINED: {N.ENROLLED},  # the customer’s last word counts
    N.ENROLLED: {N.FIRST_ACT},
}
OPEN_NOMINATIONS = (N.SUBMITTED, N.QUEUED, N.SCREENING, N.RECHECK, N.PARKED, N.APPROVED, N.OUTREACH)
# Nothing is decided: its words may be changed, it may be withdrawn, and a second one of the same customer joined to it.
UNDECIDED = (N.SUBMITTED, N.QUEUED, N.SCREENING, N.RECHECK, N.PARKED)
# The customer said yes; what comes after does not take that away.
REFERENCES = (N.ENROLLED, N.FIRST_ACT)


class NominationChannel(TextChoices):
    """How a nomination came in."""

    PAGE = "page", _("on the page")
    ON_BEHALF = "on_behalf", _("on behalf of a colleague")
    CUSTOMER = "customer", _("by a customer’s link")
    PARTNER = "partner", _("by a partner’s link")
    SUPPORT = "support", _("after a solved escalation")
    SIGNAL = "signal", _("from a signal")
    ENTRY = "entry", _("from a contest entry")
    API = "api", _("by another program")
    MAIL = "mail", _("by mail")


class OwnerAnswer(TextChoices):
    """What the account owner says to "still a happy customer?"."""

    PENDING = "pending", _("not answered yet")
    NOT_NEEDED = "not_needed", _("nominated by the owner")
    NO_OWNER = "no_owner", _("nobody owns this account")
    STILL_TRUE = "still_true", _("still true")
    NOT_NOW = "not_now", _("not now")
    OBJECTS = "objects", _("please do not ask them")
    NO_ANSWER = "no_answer", _("no answer")


OWNER_MAY_SAY = (OwnerAnswer.STILL_TRUE, OwnerAnswer.NOT_NOW, OwnerAnswer.OBJECTS)
