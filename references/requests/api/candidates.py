"""Candidates over the API: proposed, answered for, arranged, held."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from references.requests import briefs, selectors, services
from references.requests.api.brief_shapes import BriefsOut
from references.requests.api.doors import (
    accounts_visible_to,
    candidate_for,
    candidate_of,
    candidates,
    contacts_visible_to,
    demand,
    named,
    requests,
    router,
)
from references.requests.api.shapes import (
    Absence,
    CandidateOut,
    CustomerNo,
    FeedbackIn,
    FeedbackOut,
    Held,
    Moment,
    OwnerNo,
    Proposal,
    Text,
    Times,
)
from references.requests.enums import AGREED_CANDIDATES, CandidateState, Side
from references.requests.filters import CandidateFilter
from references.requests.models import Candidate
from refprogram.kernel import api
from refprogram.kernel.errors import DomainError
from refprogram.people.auth import MemberRequest


@api.listing(router, "/candidates", CandidateOut, filters=CandidateFilter)
def list_candidates(request: MemberRequest) -> QuerySet[Candidate]:
    """List the customers tried for requests that you may see."""
    demand(request, "references.see_requests")
    return candidates(request)


@router.post("/candidates", response={201: CandidateOut})
def create_candidate(request: MemberRequest, data: Proposal) -> Any:
    """Propose a customer for a request: their goodwill is held, the account's owner is asked."""
    demand(request, "references.handle_requests")
    account = named(accounts_visible_to(request.user), "account", data.account)
    contact = named(contacts_visible_to(request.user).filter(account=account), "contact", data.contact)
    row = named(requests(request), "request", data.request)
    if data.override_reason:
        demand(request, "references.override_rest")
    candidate = services.put_forward(
        request=row, account=account, contact=contact, override=data.override_reason, actor=request.user
    )
    return api.Status(201, candidate_of(request, candidate.public_id))


@router.get("/candidates/{public_id}", response=CandidateOut)
def get_candidate(request: MemberRequest, public_id: str) -> Candidate:
    """Return one candidate."""
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/approve", response=CandidateOut)
def approve_candidate(request: MemberRequest, public_id: str) -> Candidate:
    """Answer yes for the account's owner: the customer is asked."""
    row = candidate_for(request, public_id, "references.decide_candidate")
    services.owner_approve(candidate=row, actor=request.user)
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/decline", response=CandidateOut)
def decline_candidate(request: MemberRequest, public_id: str, data: OwnerNo) -> Candidate:
    """Answer no for the account's owner."""
    row = candidate_for(request, public_id, "references.decide_candidate")
    services.owner_decline(candidate=row, actor=request.user, reason_code=data.reason_code, reason=data.reason)
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/said-yes", response=CandidateOut)
def record_candidate_yes(request: MemberRequest, public_id: str, data: Times) -> Candidate:
    """Write down that the customer said yes."""
    row = candidate_for(request, public_id, "references.handle_requests")
    services.customer_accept(candidate=row, times=data.times, actor=request.user)
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/said-no", response=CandidateOut)
def record_candidate_no(request: MemberRequest, public_id: str, data: CustomerNo) -> Candidate:
    """Write down that the customer said no."""
    row = candidate_for(request, public_id, "references.handle_requests")
    services.customer_decline(candidate=row, actor=request.user, **data.dict())
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/release", response=CandidateOut)
def release_candidate(request: MemberRequest, public_id: str, data: Text) -> Candidate:
    """Let the customer go."""
    row = candidate_for(request, public_id, "references.handle_requests")
    services.release(candidate=row, actor=request.user, reason=data.text)
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/schedule", response=CandidateOut)
def schedule_candidate(request: MemberRequest, public_id: str, data: Moment) -> Candidate:
    """Choose the time."""
    row = candidate_for(request, public_id, "references.arrange_candidate")
    services.schedule(candidate=row, at=data.at, actor=request.user)
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/held", response=CandidateOut)
def hold_candidate(request: MemberRequest, public_id: str, data: Held | None = None) -> Candidate:
    """Say that it took place, and when if it was before the agreed time."""
    row = candidate_for(request, public_id, "references.arrange_candidate")
    services.mark_delivered(candidate=row, actor=request.user, held_at=data.held_at if data else None)
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/no-show", response=CandidateOut)
def note_candidate_absence(request: MemberRequest, public_id: str, data: Absence) -> Candidate:
    """Say that it did not take place, and who stayed away: another time may be agreed."""
    row = candidate_for(request, public_id, "references.arrange_candidate")
    services.no_show(candidate=row, side=data.side, actor=request.user)
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/feedback", response={201: FeedbackOut})
def give_candidate_feedback(request: MemberRequest, public_id: str, data: FeedbackIn) -> Any:
    """Say how it was, as the requester."""
    row = candidate_for(request, public_id, "references.arrange_candidate")
    feedback = services.give_feedback(candidate=row, side=Side.REQUESTER, actor=request.user, **data.dict())
    return api.Status(201, feedback)


@router.get("/candidates/{public_id}/brief", response=BriefsOut)
def get_candidate_brief(request: MemberRequest, public_id: str) -> Any:
    """Return what both sides should know before they meet; for an agreed conversation."""
    rows = selectors.whole(selectors.candidates_visible_to(request.user))
    row: Candidate = api.found(rows, public_id)
    demand(request, "references.read_brief", row)
    if row.state not in (*AGREED_CANDIDATES, CandidateState.COMPLETED):
        raise DomainError(_("Nothing is agreed: there is nothing to prepare for."))
    return {"us": briefs.for_us(row), "customer": briefs.for_customer(row)}


@router.post("/candidates/{public_id}/promise", response=CandidateOut)
def keep_candidate_promise(request: MemberRequest, public_id: str, data: Text) -> Candidate:
    """Write down what the customer was promised; both briefs say it."""
    row = candidate_for(request, public_id, "references.arrange_candidate")
    services.keep_promise(candidate=row, promised=data.text, actor=request.user)
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/other-times", response=CandidateOut)
def ask_candidate_for_other_times(request: MemberRequest, public_id: str, data: Text) -> Candidate:
    """Ask an agreed customer for another time, with the reason."""
    row = candidate_for(request, public_id, "references.arrange_candidate")
    services.ask_for_other_times(candidate=row, why=data.text, actor=request.user)
    return candidate_of(request, public_id)


@router.post("/candidates/{public_id}/thanks", response=CandidateOut)
def thank_candidate(request: MemberRequest, public_id: str, data: Text) -> Candidate:
    """Thank a customer who spoke for us, once, by mail in one's own words."""
    row = candidate_for(request, public_id, "references.thank_customer")
    services.send_thanks(candidate=row, words=data.text, actor=request.user)
    return candidate_of(request, public_id)
