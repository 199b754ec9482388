"""How requests and candidates read on pages: pills, steps, must-haves. No query, no effect."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.goodwill.selectors import Price
from references.requests import policy
from references.requests.clock import clock_of
from references.requests.enums import CandidateState, CustomerReason, OwnerReason, RequestState
from references.requests.models import Candidate, ReferenceRequest
from references.requests.selectors.ranking import Match
from refprogram.kernel.columns import Pill
from refprogram.kernel.templatetags import rp

R, C = RequestState, CandidateState

AT_OWNER, IN_APPROVAL, AT_CUSTOMER = "at_owner", "in_approval", "at_customer"
STATES: dict[str, Pill] = {
    R.EXCEPTION: Pill(gettext_lazy("Waits for an exception"), "wait"),
    R.SUBMITTED: Pill(gettext_lazy("To be matched"), "wait"),
    R.NEEDS_INFO: Pill(gettext_lazy("Question to requester"), "rest"),
    R.MATCHING: Pill(gettext_lazy("To be matched"), "wait"),
    R.CONFIRMED: Pill(gettext_lazy("Customer agreed"), "ok"),
    R.DELIVERED: Pill(gettext_lazy("Held, feedback open"), "info"),
    R.CLOSED: Pill(gettext_lazy("Closed"), "ok"),
    R.UNFILLED: Pill(gettext_lazy("Not filled"), "stop"),
    R.BY_CONTENT: Pill(gettext_lazy("Answered by content"), "ok"),
    R.REDIRECTED: Pill(gettext_lazy("Passed on"), "info"),
    R.REJECTED: Pill(gettext_lazy("Refused"), "stop"),
    R.WITHDRAWN: Pill(gettext_lazy("Withdrawn"), ""),
    AT_OWNER: Pill(gettext_lazy("Owner to answer"), "info"),
    IN_APPROVAL: Pill(gettext_lazy("Waits for approval"), "info"),
    AT_CUSTOMER: Pill(gettext_lazy("Customer to answer"), "info"),
}

CANDIDATES = {
    C.LINED_UP: Pill(gettext_lazy("Next in line"), ""),
    C.OWNER_REVIEW: Pill(gettext_lazy("Owner to answer"), "info"),
    C.OWNER_DECLINED: Pill(gettext_lazy("Owner declined"), "stop"),
    C.IN_APPROVAL: Pill(gettext_lazy("Waits for approval"), "info"),
    C.NOT_APPROVED: Pill(gettext_lazy("Not approved"), "stop"),
    C.INVITED: Pill(gettext_lazy("Customer to answer"), "info"),
    C.ACCEPTED: Pill(gettext_lazy("Agreed"), "ok"),
    C.DECLINED: Pill(gettext_lazy("Not this time"), "stop"),
    C.NO_REPLY: Pill(gettext_lazy("No answer"), "wait"),
    C.SCHEDULED: Pill(gettext_lazy("Time agreed"), "ok"),
    C.NO_SHOW: Pill(gettext_lazy("Did not take place"), "stop"),
    C.COMPLETED: Pill(gettext_lazy("Held"), "ok"),
    C.RELEASED: Pill(gettext_lazy("Let go"), ""),
}
FACTORS = {
    "fit": gettext_lazy("Fit"),
    "availability": gettext_lazy("Availability"),
    "track_record": gettext_lazy("Track record"),
    "fairness": gettext_lazy("Fairness"),
}


class Step(NamedTuple):
    """One step of the journey as the stepper draws it."""

    text: str
    state: str


class Line(NamedTuple):
    """One match as `components/match.html` draws it."""

    rank: int
    name: str
    url: str
    sub: str
    total: int
    parts: list[tuple[str, int]]
    words: str
    note: str
    word: str
    tone: str
    account_id: str
    contact_id: str


def pill_of(request: ReferenceRequest) -> Pill:
    """Return the state in a word; while it is matched, whom it waits for."""
    return STATES[stands_at(request)]


def stands_at(request: ReferenceRequest) -> str:
    """Return the state; while it is matched, whom it waits for (`with_list_facts`)."""
    if request.state in {R.SUBMITTED, R.MATCHING}:
        if getattr(request, "at_customer", False):
            return AT_CUSTOMER
        if getattr(request, "in_approval", False):
            return IN_APPROVAL
        if getattr(request, "at_owner", False):
            return AT_OWNER
    return request.state


def has_a_date(request: ReferenceRequest) -> bool:
    """Whether both sides meet at a time; a quote is only sent, a story needs an interview."""
    return request.activity.live or request.activity.minutes >= policy.MEETS_FROM


def clock_cell(request: ReferenceRequest) -> str:
    """Return the clock as a list shows it."""
    clock = clock_of(request)
    if clock is None:
        return ""
    return rp.sla(clock.words, clock.share, clock.state) if clock.running else clock.words


def clock_words(request: ReferenceRequest) -> str:
    """Return the clock as an export says it."""
    clock = clock_of(request)
    return clock.words if clock else ""


def small_line(request: ReferenceRequest) -> str:
    """Return what is wanted and what it must have, in one line."""
    return " · ".join([request.activity.name, *must_haves(request)])


def must_haves(request: ReferenceRequest) -> list[str]:
    """Return the must-haves in words."""
    return [value for value in _wishes(request) if value]


def must_have_chips(request: ReferenceRequest) -> list[tuple[str, str]]:
    """Return the must-haves as (what, value)."""
    names = (_("Industry"), _("Region"), _("Product"), _("Size"), _("Use case"), _("Role of who speaks"))
    return [(name, value) for name, value in zip(names, _wishes(request), strict=True) if value]


def nice_chips(request: ReferenceRequest, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what would be nice as (what, value); `names` are those of region and product."""
    labels = {
        "industry": _("Industry"),
        "region": _("Region"),
        "product": _("Product"),
        "employees": _("Size"),
        "use_case": _("Use case"),
        "persona": _("Role of who speaks"),
        "language": _("Language"),
    }
    said = {**request.nice, **{name: names.get(name, "") for name in ("region", "product") if name in request.nice}}
    return [(label, str(said[name])) for name, label in labels.items() if said.get(name)]


def _wishes(request: ReferenceRequest) -> tuple[str, ...]:
    size = request.must_employees
    return (
        request.must_industry,
        request.must_region.name if request.must_region else "",
        request.must_product.name if request.must_product else "",
        _("%(n)s people and more") % {"n": rp.number(size)} if size else "",
        request.must_use_case,
        request.must_persona,
    )


def steps_of(request: ReferenceRequest, candidates: list[Candidate]) -> list[Step]:
    """Return the journey: asked, matched, agreed, held, closed."""
    invited = any(candidate.state == C.INVITED for candidate in candidates)
    reached = {
        R.SUBMITTED: 1, R.NEEDS_INFO: 1, R.MATCHING: 2 if invited else 1, R.CONFIRMED: 3, R.DELIVERED: 4, R.CLOSED: 5,
    }.get(R(request.state))  # fmt: skip
    names = (_("Asked"), _("Match"), _("Customer agrees"), _("Held"), _("Feedback, closed"))
    if reached is None:
        return [Step(name, "done" if place == 0 else "") for place, name in enumerate(names)]
    return [
        Step(name, "done" if place < reached else "now" if place == reached else "") for place, name in enumerate(names)
    ]


def line_of(match: Match, price: Price | None = None) -> Line:
    """Return one match as it is drawn, with what the ask would use of the customer's goodwill."""
    account, person = match.account, match.contact.person
    where = account.city or account.country or (account.region.name if account.region else "")
    products = ", ".join(account.product_names[:3])  # type: ignore[attr-defined]  # the ranking brings them
    word, tone = _("Free"), "ok"
    if match.tired:
        word, tone = _("Asked a lot"), "wait"
    if match.lapses_on is not None:
        word, tone = _("Consent ends %(day)s") % {"day": rp.day_short(match.lapses_on)}, "wait"
    name = f"{person.name}, {person.title}" if person.title else person.name
    return Line(
        rank=match.rank,
        name=account.name,
        url=account.get_absolute_url(),
        sub=". ".join(part for part in (where, account.industry, products) if part),
        total=match.score.total,
        parts=[(str(FACTORS[factor.key]), factor.points) for factor in match.score.factors],
        words=" ".join(match.score.reasons),
        note=_("Would ask %(who)s") % {"who": name} + (f" · {price.words}" if price is not None else ""),
        word=word,
        tone=tone,
        account_id=account.public_id,
        contact_id=match.contact.public_id,
    )


def reason_of(candidate: Candidate) -> str:
    """Return why an owner or a customer said no, in words; the code first, then their own ones."""
    code = candidate.reason_code
    choices = OwnerReason if candidate.state == C.OWNER_DECLINED else CustomerReason
    label = str(choices(code).label) if code in choices.values and code else ""
    return ". ".join(part for part in (label, candidate.reason) if part)
