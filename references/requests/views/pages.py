"""The page of one request, and the parts of it that come by htmx."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_htmx.http import push_url

from references.accounts.models import Account
from references.accounts.selectors import visible_to as accounts_visible_to
from references.goodwill.selectors import prices
from references.profiles import masks
from references.requests import clock, policy, selectors, words
from references.requests.enums import (
    MATCHABLE,
    OPEN_REQUESTS,
    RELEASABLE,
    CandidateState,
    CustomerReason,
    OwnerReason,
    RequestState,
    Side,
    UnfilledReason,
)
from references.requests.forms import LEVELS
from references.requests.models import Candidate, Feedback, ReferenceRequest
from references.requests.rules import answers_for
from refprogram.kernel import timeline
from refprogram.kernel.custom_fields import shown as added
from refprogram.people.auth import MemberRequest
from refprogram.people.models import User

EASED = frozenset(
    {"must_industry", "must_region_id", "must_product_id", "must_employees", "must_use_case", "must_persona"}
)


@dataclass(frozen=True)
class Tried:
    """One candidate as this viewer sees it: state, reasons, and what the viewer may do now."""

    row: Candidate
    viewer: User
    handles: bool
    asked: bool

    @property
    def pill(self) -> Any:
        """The state in a word."""
        return words.CANDIDATES[CandidateState(self.row.state)]

    @property
    def parts(self) -> list[tuple[str, int]]:
        """The score as it was when proposed."""
        return [(str(name), self.row.factors.get(key, 0)) for key, name in words.FACTORS.items()]

    @property
    def decides(self) -> bool:
        """Whether the viewer may answer for the owner."""
        waits = self.row.state == CandidateState.OWNER_REVIEW
        return waits and (self.handles or bool(answers_for(self.viewer, self.row)))

    @property
    def records(self) -> bool:
        """Whether the viewer may write down what the customer said."""
        return self.handles and self.row.state in (CandidateState.INVITED, CandidateState.NO_REPLY)

    @property
    def arranges(self) -> bool:
        """Whether the viewer may choose the time and say that it took place."""
        return self.row.agreed and (self.handles or self.asked)

    @property
    def ahead(self) -> bool:
        """Whether the agreed time is still to come."""
        return self.row.scheduled_at is not None and self.row.scheduled_at > timezone.now()

    @property
    def missed(self) -> bool:
        """Whether another time is to be found, because the agreed one passed without a conversation."""
        absent = self.row.state == CandidateState.NO_SHOW and self.row.request.matchable
        return absent and (self.handles or self.asked)

    @property
    def releases(self) -> bool:
        """Whether the viewer may let the customer go."""
        return self.handles and self.row.state in RELEASABLE

    @property
    def reason(self) -> str:
        """Why somebody said no; a customer's reason is for the program and the owner alone."""
        ours = (CandidateState.OWNER_DECLINED, CandidateState.NOT_APPROVED)
        if self.row.state in ours or self.handles or answers_for(self.viewer, self.row):
            return words.reason_of(self.row)
        return ""

    @cached_property
    def feedback(self) -> dict[str, Feedback]:
        """What each side said."""
        return {one.side: one for one in self.row.feedback.all()}

    @property
    def tells(self) -> bool:
        """Whether the viewer is asked how it was."""
        return self.asked and self.row.state == CandidateState.COMPLETED and Side.REQUESTER not in self.feedback


@login_required
def request_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one request: what is needed, who was tried, who could be next."""
    viewer = request.user
    row = selectors.FOR_PAGE.or_404(viewer, public_id=public_id)
    return render(request, "references/requests/page.html", _context(request, row, viewer))


def _context(request: MemberRequest, row: ReferenceRequest, viewer: User) -> dict[str, Any]:
    handles = viewer.has_perm("references.handle_requests")
    asked = row.requester_id == viewer.pk
    candidates = selectors.tried_for(row)
    _cover(candidates, viewer)
    if row.opportunity is not None and row.opportunity.account is not None:
        masks.cover([row.opportunity.account], viewer)
    tried = [Tried(candidate, viewer, handles, asked) for candidate in candidates]
    return {
        "row": row,
        "added": added.facts("request", row.pk),
        "tried": tried,
        "waiting": any(candidate.open for candidate in candidates),
        "next_up": min(
            (one for one in candidates if one.state == CandidateState.LINED_UP), key=lambda one: one.rank, default=None
        ),
        "may_thank": viewer.has_perm("governance.give"),
        "held": next((one for one in tried if one.row.state == CandidateState.COMPLETED), None),
        "handles": handles,
        "asked": asked,
        "changes": (handles or asked) and row.state in {*MATCHABLE, RequestState.NEEDS_INFO},
        "open": row.state in (*OPEN_REQUESTS, RequestState.EXCEPTION),
        "dated": words.has_a_date(row),
        "clock": clock.clock_of(row),
        "pill": words.pill_of(_with_waiting(row, candidates)),
        "steps": words.steps_of(row, candidates),
        "chips": words.must_have_chips(row),
        "nice": words.nice_chips(row, selectors.nice_names(row)),
        "levels": LEVELS,
        "owner_reasons": OwnerReason.choices,
        "customer_reasons": CustomerReason.choices,
        "unfilled_reasons": UnfilledReason.choices,
        "may_answer": (handles or asked) and row.matchable and viewer.has_perm("references.share_content"),
        "settles": row.redirected_to_id == viewer.pk,
        "declining": request.GET.get("decline", ""),
        **(_matching(request, row) if handles and row.matchable else {}),
    }


def _cover(candidates: list[Candidate], viewer: User) -> None:
    """A masked customer has no name here, nor has its person, before it said yes."""
    hidden = masks.cover([candidate.account for candidate in candidates], viewer)
    for candidate in candidates:
        if candidate.account_id in hidden:
            candidate.contact.person.name = _("somebody there")


def _with_waiting(row: ReferenceRequest, candidates: list[Candidate]) -> ReferenceRequest:
    states = {candidate.state for candidate in candidates}
    row.at_owner = CandidateState.OWNER_REVIEW in states  # type: ignore[attr-defined]
    row.in_approval = CandidateState.IN_APPROVAL in states  # type: ignore[attr-defined]
    row.at_customer = CandidateState.INVITED in states  # type: ignore[attr-defined]
    return row


# ---------------------------------------------------------------- matches


@login_required
def request_matches(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show the matches alone: all of them, with a must-have eased, or with the reader's own pick explained."""
    row = _matchable(request, public_id)
    template = "references/requests/matches.html" if request.htmx else "references/requests/page.html"
    response = render(request, template, _context(request, row, request.user))
    if request.htmx:
        return push_url(response, f"{row.get_absolute_url()}?{request.GET.urlencode()}")  # what is seen can be shared
    return response


@login_required
def request_left_out(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show how many could be asked, and why the others not. It looks at every reference, so it comes after the page."""
    row = _matchable(request, public_id)
    eased = _ease(request)
    context = {"row": row, "found": selectors.fits(_eased(row, eased)), "eased": eased}
    return render(request, "references/requests/left_out.html", context)


def _matchable(request: MemberRequest, public_id: str) -> ReferenceRequest:
    row = selectors.FOR_PAGE.or_404(request.user, public_id=public_id)
    if not request.user.has_perm("references.handle_requests"):
        raise PermissionDenied
    if not row.matchable:
        raise Http404
    return row


def _matching(request: MemberRequest, row: ReferenceRequest) -> dict[str, Any]:
    """The ranking as asked for in the address: `all`, `ease=<must-have>`, `pick=<account>`."""
    eased = _ease(request)
    wanted = _eased(row, eased)
    figures = policy.now()
    shown, ranked = selectors.first_of(wanted, figures.shown if "all" in request.GET else figures.shown_first)
    price = prices([match.account.pk for match in shown], row.activity.effort) if shown else {}
    return {
        "ranks": True,
        "ranked": ranked,
        "next": shown[0] if shown else None,
        "nobody": None if ranked else selectors.fits(wanted),
        "lines": [words.line_of(match, price[match.account.pk]) for match in shown],
        "factors": [(str(words.FACTORS[key]), of) for key, of in _weights()],
        "eased": eased,
        "eased_words": selectors.eased_words(eased, wanted.must_employees or 0) if eased else "",
        **_pick(request, row),
    }


def _ease(request: MemberRequest) -> str:
    asked = request.GET.get("ease", "")
    return asked if asked in EASED else ""


def _weights() -> list[tuple[str, int]]:
    return [
        ("fit", policy.now().fit),
        ("availability", policy.now().availability),
        ("track_record", policy.now().track_record),
        ("fairness", policy.now().fairness),
    ]


def _eased(row: ReferenceRequest, field: str) -> ReferenceRequest:
    """The need, or a copy of it with one must-have dropped (the size: halved). The copy is never saved."""
    if not field:
        return row
    copy = ReferenceRequest(
        pk=row.pk, activity=row.activity, opportunity=row.opportunity, must_industry=row.must_industry,
        must_region_id=row.must_region_id, must_product_id=row.must_product_id, must_employees=row.must_employees,
        must_use_case=row.must_use_case, must_persona=row.must_persona, nice=row.nice, competitor=row.competitor,
        wanting=row.wanting, reserved=row.reserved, needed_by=row.needed_by,
    )  # fmt: skip
    value = (row.must_employees or 0) // policy.now().relax_size if field == "must_employees" else None
    setattr(copy, field, "" if field in {"must_industry", "must_use_case", "must_persona"} else value)
    return copy


def _pick(request: MemberRequest, row: ReferenceRequest) -> dict[str, Any]:
    """Why not my pick? Either the reason that forbids it, or its own line."""
    public_id = request.GET.get("pick", "")
    if not public_id:
        return {}
    account = get_object_or_404(accounts_visible_to(request.user), public_id=public_id)
    return {"pick": account, **_explained(row, account)}


def _explained(row: ReferenceRequest, account: Account) -> dict[str, Any]:
    reason = selectors.why_not(row, account)
    if reason is not None:
        return {"pick_refused": reason}
    return {"pick_line": words.line_of(selectors.match_for(row, account))}


@login_required
def request_instead(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show what may answer an open request without a customer's time. It comes after the page."""
    row = selectors.FOR_PAGE.or_404(request.user, public_id=public_id)
    allowed = request.user.has_perm("references.change_request", row) and request.user.has_perm(
        "references.share_content"
    )
    if not allowed:
        raise PermissionDenied
    if not row.matchable:
        raise Http404
    context = {"found": selectors.ladder(row, request.user), "need": row, "row": row}
    return render(request, "references/requests/ladder.html", context)


@login_required
def request_history(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show what happened, newest first, as much as the reader may know."""
    viewer = request.user
    row = get_object_or_404(selectors.visible_to(viewer), public_id=public_id)
    before = request.GET.get("before", "")
    events = selectors.history_of(row)
    if before.isdigit():
        events = events.filter(pk__lt=int(before[:18]))
    page = list(events[: timeline.PAGE + 1])
    more = f"{row.get_absolute_url()}history/?before={page[timeline.PAGE - 1].pk}" if len(page) > timeline.PAGE else ""
    context = {
        "entries": timeline.entries(page[: timeline.PAGE], viewer),
        "more_url": more,
        "only_items": bool(before),
    }
    return render(request, "components/timeline.html", context)
