"""How a nomination's states read: the word, its tone, the steps of its way, and what comes next."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominations.enums import NominationState, OwnerAnswer
from nominations.models import Nomination
from refprogram.kernel.tables import Pill

N = NominationState

STATE_PILLS: Final[Mapping[str, Pill]] = {
    N.DRAFT: Pill(gettext_lazy("Draft"), ""),
    N.SUBMITTED: Pill(gettext_lazy("Asking the owner"), "wait"),
    N.QUEUED: Pill(gettext_lazy("Waits for its turn"), "rest"),
    N.SCREENING: Pill(gettext_lazy("In screening"), "wait"),
    N.RECHECK: Pill(gettext_lazy("Asking again"), "wait"),
    N.PARKED: Pill(gettext_lazy("Parked"), "rest"),
    N.MERGED: Pill(gettext_lazy("Joined"), "info"),
    N.NOT_APPROVED: Pill(gettext_lazy("Not approved"), "stop"),
    N.APPROVED: Pill(gettext_lazy("Approved"), "ok"),
    N.OUTREACH: Pill(gettext_lazy("Customer invited"), "info"),
    N.CUSTOMER_DECLINED: Pill(gettext_lazy("Customer declined"), "stop"),
    N.ENROLLED: Pill(gettext_lazy("Enrolled"), "ok"),
    N.FIRST_ACT: Pill(gettext_lazy("First act done"), "ok"),
    N.WITHDRAWN: Pill(gettext_lazy("Withdrawn"), ""),
}
TWIN: Final = Pill(gettext_lazy("Nominated twice"), "wait")
ANSWER_PILLS: Final[Mapping[str, Pill]] = {
    OwnerAnswer.PENDING: Pill(gettext_lazy("Not answered yet"), "wait"),
    OwnerAnswer.NOT_NEEDED: Pill(gettext_lazy("Nominated by the owner"), "ok"),
    OwnerAnswer.NO_OWNER: Pill(gettext_lazy("Nobody owns this account"), ""),
    OwnerAnswer.STILL_TRUE: Pill(gettext_lazy("Still true"), "ok"),
    OwnerAnswer.NOT_NOW: Pill(gettext_lazy("Not now"), "wait"),
    OwnerAnswer.OBJECTS: Pill(gettext_lazy("Please do not ask them"), "stop"),
    OwnerAnswer.NO_ANSWER: Pill(gettext_lazy("No answer"), "wait"),
}
NOT_ASKED: Final = Pill(gettext_lazy("Not asked yet"), "")
ANSWERS: Final[tuple[tuple[str, str | Promise, str | Promise], ...]] = (
    (OwnerAnswer.STILL_TRUE, gettext_lazy("Still true"), gettext_lazy("They are happy with us; go ahead and ask.")),
    (OwnerAnswer.NOT_NOW, gettext_lazy("Not now"), gettext_lazy("Something is going on; a later day is better.")),
    (
        OwnerAnswer.OBJECTS,
        gettext_lazy("Please do not ask them"),
        gettext_lazy("They would not speak for us, or must be left alone."),
    ),
)

WAY: Final = (
    (N.SUBMITTED, gettext_lazy("Nominated")),
    (N.SCREENING, gettext_lazy("Screened")),
    (N.OUTREACH, gettext_lazy("Customer says yes")),
    (N.ENROLLED, gettext_lazy("Enrolled")),
    (N.FIRST_ACT, gettext_lazy("First act")),
)
_AT: Final = {
    **dict.fromkeys((N.DRAFT, N.SUBMITTED, N.QUEUED), 0),
    **dict.fromkeys((N.SCREENING, N.RECHECK, N.PARKED, N.NOT_APPROVED), 1),
    **dict.fromkeys((N.APPROVED, N.OUTREACH, N.CUSTOMER_DECLINED), 2),
    N.ENROLLED: 4,
    N.FIRST_ACT: 5,
}


def pill_of(nomination: Nomination) -> Pill:
    """Return where it stands, in a word: also that it waits to be joined to an earlier one."""
    return TWIN if nomination.second_to_id is not None else STATE_PILLS[nomination.state]


def answer_pill(nomination: Nomination) -> Pill:
    """Return the owner's word; of a draft, or one that waits for its turn, that nobody has asked them yet."""
    if nomination.owner_answer == OwnerAnswer.PENDING and nomination.owner_asked_id is None:
        return NOT_ASKED
    return ANSWER_PILLS[nomination.owner_answer]


def steps(nomination: Nomination) -> list[dict[str, str]]:
    """Return the steps of a nomination's way, for the stepper; none for one that was withdrawn or joined."""
    if nomination.state in {N.WITHDRAWN, N.MERGED}:
        return []
    at = _AT[N(nomination.state)]
    marks = ("done" if index < at else "now" if index == at else "" for index in range(len(WAY)))
    return [{"text": str(text), "state": mark} for (_state, text), mark in zip(WAY, marks, strict=True)]


def next_step(nomination: Nomination) -> str:
    """Return what happens next and on whom it waits."""
    if nomination.second_to_id is not None:
        return _("a reference manager joins it to the first one, and both share the credit")
    owner = nomination.owner_asked or _("the owner")
    words = {
        N.DRAFT: _("%(name)s says why, or drops it") % {"name": nomination.nominator},
        N.QUEUED: _("it is looked at when its turn has come"),
        N.RECHECK: _("%(owner)s says whether it still holds") % {"owner": owner},
        N.APPROVED: _("the customer is invited as soon as that may be"),
        N.ENROLLED: _("they do something for us for the first time"),
        N.SUBMITTED: _("%(owner)s says whether they are still happy") % {"owner": owner},
        N.SCREENING: _("the program screens it"),
        N.PARKED: _("it comes back to the queue by itself"),
        N.OUTREACH: _("%(contact)s answers the invitation") % {"contact": nomination.contact or _("the customer")},
    }
    return words.get(N(nomination.state), "")
