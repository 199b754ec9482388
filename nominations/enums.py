"""States of a nomination and its legal moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class NominationState(TextChoices):
    """A nomination's way from a colleague's idea to an enrolled reference."""

    SUBMITTED = "submitted", _("asking the owner")
    SCREENING = "screening", _("in screening")
    PARKED = "parked", _("parked")
    NOT_APPROVED = "not_approved", _("not approved")
    OUTREACH = "outreach", _("customer invited")
    CUSTOMER_DECLINED = "customer_declined", _("customer declined")
    ENROLLED = "enrolled", _("enrolled")
    WITHDRAWN = "withdrawn", _("withdrawn")


N = NominationState
NOMINATION_MOVES: Moves = {
    N.SUBMITTED: {N.SCREENING, N.WITHDRAWN},
    N.SCREENING: {N.OUTREACH, N.NOT_APPROVED, N.PARKED, N.WITHDRAWN},
    N.PARKED: {N.SCREENING, N.WITHDRAWN},
    N.OUTREACH: {N.ENROLLED, N.CUSTOMER_DECLINED, N.PARKED},
}
OPEN_NOMINATIONS = (N.SUBMITTED, N.SCREENING, N.PARKED, N.OUTREACH)


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
