"""Kinds and states of approvals, and who can be asked."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class ApprovalKind(TextChoices):
    """What needs a blessing; each kind has one chain."""

    FIELD_INCENTIVE = "field_incentive", _("field incentive")
    CUSTOMER_BENEFIT = "customer_benefit", _("customer benefit")
    EXECUTIVE_TIME = "executive_time", _("executive time")
    SPENDING = "spending", _("spending")
    MONEY = "money", _("money")
    LEGAL = "legal", _("legal matter")
    PROCESS = "process", _("process change")
    IT_CHANGE = "it_change", _("IT change")
    EXCEPTION = "exception", _("exception from a restriction")
    REFERENCE_ASK = "reference_ask", _("asking a customer")
    NOMINATION = "nomination", _("strategic nomination")
    REWARD = "reward", _("reward from the catalogue")
    CHARTER = "charter", _("the program’s charter")


class ApproverKind(TextChoices):
    """How a step finds the person to ask."""

    ROLE = "role", _("anyone of a role")
    PERSON = "person", _("one named person")
    MANAGER = "manager", _("the requester's manager")
    OWNER = "owner", _("whoever owns what it is about")
    LEAD = "lead", _("the manager of whoever owns it")
    CARER = "carer", _("whoever looks after the customer")


class SkipRule(TextChoices):
    """When a step is left out although the matter calls for it."""

    NEVER = "", _("never")
    OWN = "own", _("where they ask themselves")
    SILENT = "silent", _("when nobody answers in time")
    BOTH = "both", _("in either case")


SKIPS_OWN = (SkipRule.OWN, SkipRule.BOTH)
SKIPS_SILENT = (SkipRule.SILENT, SkipRule.BOTH)


class ApprovalState(TextChoices):
    """An approval's way from being asked for to an answer."""

    PENDING = "pending", _("waiting for a decision")
    MORE_INFO = "more_info", _("question to the requester")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


A = ApprovalState
APPROVAL_MOVES: Moves = {
    A.PENDING: {A.MORE_INFO, A.APPROVED, A.REJECTED, A.WITHDRAWN},
    A.MORE_INFO: {A.PENDING, A.WITHDRAWN, A.REJECTED},
}
OPEN_APPROVALS = (A.PENDING, A.MORE_INFO)


class TurnState(TextChoices):
    """One step of the chain as it stands for this approval."""

    WAITING = "waiting", _("not yet asked")
    OPEN = "open", _("asked")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    SKIPPED = "skipped", _("not needed")


T = TurnState
TURN_MOVES: Moves = {
    T.WAITING: {T.OPEN, T.SKIPPED},
    T.OPEN: {T.APPROVED, T.REJECTED, T.SKIPPED},
}


class Verdict(TextChoices):
    """What an approver said; `HAND`: what an administrator did where nobody could."""

    APPROVE = "approve", _("approved")
    REJECT = "reject", _("rejected")
    ASK = "ask", _("asked a question")
    HAND = "hand", _("handed it over")


class Via(TextChoices):
    """Where a decision was made."""

    PAGE = "page", _("on a page")
    LINK = "link", _("from the mail")
    API = "api", _("by API")
