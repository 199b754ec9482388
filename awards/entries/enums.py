"""States of invitations, entries and what is judged of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class InviteState(TextChoices):
    """A colleague proposes a customer; the customer accepts or declines (research 3, Nomination)."""

    PROPOSED = "proposed", _("proposed")
    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("accepted")
    CONVERTED = "converted", _("entered")
    DECLINED = "declined", _("declined")
    REFUSED = "refused", _("not invited")
    LAPSED = "lapsed", _("lapsed")


I = InviteState  # noqa: E741
INVITE_MOVES: Moves = {
    I.PROPOSED: {I.INVITED, I.REFUSED, I.LAPSED},
    I.INVITED: {I.ACCEPTED, I.DECLINED, I.LAPSED},
    I.ACCEPTED: {I.CONVERTED, I.DECLINED, I.LAPSED},
    I.LAPSED: {I.INVITED},
}
OPEN_INVITES = (I.PROPOSED, I.INVITED, I.ACCEPTED)


class EntryState(TextChoices):
    """An entry from the first word to the end of the contest."""

    DRAFT = "draft", _("draft")
    APPROVAL = "approval", _("waiting for the customer’s approval")
    SUBMITTED = "submitted", _("submitted")
    SCREENING = "screening", _("in screening")
    NEEDS_FIX = "needs_fix", _("needs a correction")
    ELIGIBLE = "eligible", _("eligible")
    INELIGIBLE = "ineligible", _("not eligible")
    LOCKED = "locked", _("being judged")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DISQUALIFIED = "disqualified", _("disqualified")
    DUPLICATE = "duplicate", _("duplicate of another")


E = EntryState
ENTRY_MOVES: Moves = {
    E.DRAFT: {E.APPROVAL, E.SUBMITTED, E.WITHDRAWN},
    E.APPROVAL: {E.SUBMITTED, E.DRAFT, E.WITHDRAWN},
    E.SUBMITTED: {E.SCREENING, E.DRAFT, E.WITHDRAWN, E.DUPLICATE},  # taken back to draft while entries are open
    E.SCREENING: {E.ELIGIBLE, E.NEEDS_FIX, E.INELIGIBLE, E.WITHDRAWN, E.DUPLICATE, E.DISQUALIFIED},
    E.NEEDS_FIX: {E.SUBMITTED, E.INELIGIBLE, E.WITHDRAWN},
    E.INELIGIBLE: {E.SCREENING},  # a second look
    E.ELIGIBLE: {E.LOCKED, E.SCREENING, E.WITHDRAWN, E.DISQUALIFIED},
    E.LOCKED: {E.CLOSED, E.WITHDRAWN, E.DISQUALIFIED},
}
# What the customer's side may still write in.
WRITABLE = (E.DRAFT, E.NEEDS_FIX)
# What judges may be given, and what a result may hold.
JUDGED = (E.ELIGIBLE, E.LOCKED, E.CLOSED)
# Handed in, and not sent back: their entrants are asked what was not asked then.
ASKED_LATER = (E.SUBMITTED, E.SCREENING, E.ELIGIBLE, E.LOCKED)
GONE = (E.WITHDRAWN, E.DISQUALIFIED, E.DUPLICATE, E.INELIGIBLE)


class PlaceState(TextChoices):
    """How far an entry came in one category (research 3, CategoryEntry)."""

    ENTERED = "entered", _("entered")
    IN_ROUND = "in_round", _("being judged")
    ADVANCED = "advanced", _("in the next round")
    NOT_ADVANCED = "not_advanced", _("not in the next round")
    FINALIST = "finalist", _("finalist")
    WON = "won", _("won")
    PLACED = "placed", _("placed")
    COMMENDED = "commended", _("commended")


P = PlaceState
PLACE_MOVES: Moves = {
    P.ENTERED: {P.IN_ROUND},
    P.IN_ROUND: {P.ADVANCED, P.NOT_ADVANCED, P.FINALIST, P.WON, P.PLACED, P.COMMENDED, P.ENTERED},
    P.ADVANCED: {P.IN_ROUND, P.ENTERED},
    P.FINALIST: {P.WON, P.PLACED, P.COMMENDED, P.IN_ROUND},
    P.WON: {P.FINALIST, P.PLACED, P.IN_ROUND},
    P.PLACED: {P.FINALIST, P.WON, P.COMMENDED, P.IN_ROUND},
    P.COMMENDED: {P.FINALIST, P.PLACED, P.IN_ROUND},
    P.NOT_ADVANCED: {P.COMMENDED, P.IN_ROUND},
}


class HelperPart(TextChoices):
    """What somebody may do with an entry beside its owner."""

    EDITOR = "editor", _("may write")
    VIEWER = "viewer", _("may read")
    APPROVER = "approver", _("approves it for the customer")


class Factor(TextChoices):
    """Success factors (source document S0): by what a result counts."""

    COST = "cost", _("Cost")
    PRODUCTIVITY = "productivity", _("Productivity")
    PROCESS = "process", _("Process")
    QUALITY = "quality", _("Quality")
    TIME = "time", _("Time")
    INNOVATION = "innovation", _("Innovation")
    UNIQUENESS = "uniqueness", _("Unique use")
    ANECDOTE = "anecdote", _("Told value")


class Reason(TextChoices):
    """Why an entry is sent back or not eligible; entrants read the words."""

    INCOMPLETE = "incomplete", _("Something is missing")
    NO_EVIDENCE = "no_evidence", _("Results are not measured or not proved")
    NOT_CUSTOMER = "not_customer", _("The entrant is no customer")
    WRONG_CATEGORY = "wrong_category", _("It does not fit the category")
    WON_BEFORE = "won_before", _("It won in this category lately")
    NAMES = "names", _("It names people or companies that judges must not see")
    RULES = "rules", _("It breaks the rules")
    OTHER = "other", _("Another reason")


class ScreeningVerdict(TextChoices):
    """What a screener decides."""

    ELIGIBLE = "eligible", _("Eligible: judges may read it")
    NEEDS_FIX = "needs_fix", _("Send back: something has to be corrected")
    INELIGIBLE = "ineligible", _("Not eligible: a second person has to agree")
