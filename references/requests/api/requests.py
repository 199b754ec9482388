"""Requests over the API: the same doors as the pages."""

from typing import Any

from django.db.models import QuerySet

from references.accounts.models import ActivityType
from references.content.selectors import shareable_ids
from references.requests import selectors, services
from references.requests.api.doors import (
    accounts_visible_to,
    candidate_of,
    contacts_visible_to,
    demand,
    named,
    request_for,
    request_of,
    requests,
    router,
    wishes,
)
from references.requests.api.shapes import (
    CandidateOut,
    InLine,
    Logged,
    MatchesOut,
    Need,
    NewRequest,
    PassOn,
    RequestOut,
    Stories,
    Text,
    Unfilled,
)
from references.requests.filters import RequestFilter
from references.requests.models import ReferenceRequest
from references.requests.selectors import MatchResult
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues


@api.listing(router, "/requests", RequestOut, filters=RequestFilter, search=selectors.search)
def list_requests(request: MemberRequest) -> QuerySet[ReferenceRequest]:
    """List the requests that you may see."""
    demand(request, "references.see_requests")
    return requests(request)


@router.post("/requests", response={201: RequestOut})
def create_request(request: MemberRequest, data: NewRequest) -> Any:
    """Ask for a reference. Refused with the reason while you may not ask."""
    demand(request, "references.ask_reference")
    fields = wishes(request, data.dict())
    fields["opportunity"] = named(selectors.deals_for(request.user), "opportunity", data.opportunity)
    fields["activity"] = _activity(data.activity)
    fields["needed_by"] = data.needed_by or selectors.usual_day(fields["activity"])
    row = services.submit(requester=request.user, **fields)
    return api.Status(201, request_of(request, row.public_id))


def _activity(slug: str) -> ActivityType:
    found = selectors.activity(slug) if slug else None
    if found is None:
        message = f"There is no activity “{slug}”."
        raise InvalidInput(message, errors={"activity": message})
    return found


@router.post("/requests/log", response={201: RequestOut})
def log_reference(request: MemberRequest, data: Logged) -> Any:
    """Write down what took place without a request: it counts like any other."""
    demand(request, "references.ask_reference")
    candidate = services.log_held(
        actor=request.user,
        contact=named(contacts_visible_to(request.user), "contact", data.contact),
        activity=_activity(data.activity),
        held_at=data.held_at,
        opportunity=named(selectors.deals_for(request.user), "opportunity", data.opportunity),
        note=data.note,
    )
    return api.Status(201, request_of(request, candidate.request.public_id))


@router.get("/requests/{public_id}", response=RequestOut)
def get_request(request: MemberRequest, public_id: str) -> ReferenceRequest:
    """Return one request."""
    return request_of(request, public_id)


@router.patch("/requests/{public_id}", response=RequestOut)
def change_request(request: MemberRequest, public_id: str, data: api.PatchDict[Need]) -> ReferenceRequest:
    """Change the need while a customer is looked for."""
    row = request_for(request, public_id, "references.change_request")
    fields = {name: value for name, value in dict(data).items() if name != "needed_by" or value is not None}
    services.change(request=row, actor=request.user, **wishes(request, fields))
    return request_of(request, public_id)


@router.get("/requests/{public_id}/matches", response=MatchesOut)
def list_matches(request: MemberRequest, public_id: str, limit: int = 25) -> MatchResult:
    """Rank who could answer: score by factor, reasons, and those left out counted by reason."""
    row = request_for(request, public_id, "references.handle_requests")
    return selectors.matches(row, limit=max(1, min(limit, 200)))


@router.post("/requests/{public_id}/ask-back", response=RequestOut)
def ask_request_back(request: MemberRequest, public_id: str, data: Text) -> ReferenceRequest:
    """Ask the requester something first; the clock stands still."""
    row = request_for(request, public_id, "references.handle_requests")
    services.ask_back(request=row, question=data.text, actor=request.user)
    return request_of(request, public_id)


@router.post("/requests/{public_id}/answer", response=RequestOut)
def answer_request(request: MemberRequest, public_id: str, data: Text) -> ReferenceRequest:
    """Answer the question."""
    row = request_for(request, public_id, "references.change_request")
    services.answer_question(request=row, answer=data.text, actor=request.user)
    return request_of(request, public_id)


@router.post("/requests/{public_id}/refuse", response=RequestOut)
def refuse_request(request: MemberRequest, public_id: str, data: Text) -> ReferenceRequest:
    """Refuse a new request; the requester is told why."""
    row = request_for(request, public_id, "references.handle_requests")
    services.refuse(request=row, reason=data.text, actor=request.user)
    return request_of(request, public_id)


@router.post("/requests/{public_id}/not-filled", response=RequestOut)
def give_up_request(request: MemberRequest, public_id: str, data: Unfilled) -> ReferenceRequest:
    """Give up looking, with a reason of the list; the requester is told why."""
    row = request_for(request, public_id, "references.handle_requests")
    services.mark_unfilled(request=row, reason=data.text, reason_code=data.reason_code, actor=request.user)
    return request_of(request, public_id)


@router.post("/requests/{public_id}/by-content", response=RequestOut)
def answer_request_by_content(request: MemberRequest, public_id: str, data: Stories) -> ReferenceRequest:
    """Close a request with stories that answer it: they stand on a share page, and nobody is asked."""
    row = request_for(request, public_id, "references.change_request")
    demand(request, "references.share_content")
    services.answer_by_content(request=row, assets=list(shareable_ids(request.user, data.stories)), actor=request.user)
    return request_of(request, public_id)


@router.post("/requests/{public_id}/pass-on", response=RequestOut)
def pass_request_on(request: MemberRequest, public_id: str, data: PassOn) -> ReferenceRequest:
    """Pass a new request on to a colleague who can help better; both are told."""
    row = request_for(request, public_id, "references.handle_requests")
    colleague = named(colleagues(), "colleague", data.colleague)
    services.pass_on(request=row, colleague=colleague, reason=data.reason, due_on=data.due_on, actor=request.user)
    return request_of(request, public_id)


@router.post("/requests/{public_id}/settle", response=RequestOut)
def settle_request(request: MemberRequest, public_id: str, data: Text) -> ReferenceRequest:
    """Say what became of a request that was passed on to you."""
    row = request_for(request, public_id, "references.settle_request")
    services.settle(request=row, answer=data.text, actor=request.user)
    return request_of(request, public_id)


@router.post("/requests/{public_id}/line-up", response={201: CandidateOut})
def line_customer_up(request: MemberRequest, public_id: str, data: InLine) -> Any:
    """Put a customer next in line: asked if the one before says no or nothing."""
    row = request_for(request, public_id, "references.handle_requests")
    account = named(accounts_visible_to(request.user), "account", data.account)
    contact = named(contacts_visible_to(request.user).filter(account=account), "contact", data.contact)
    candidate = services.line_up(request=row, account=account, contact=contact, actor=request.user)
    return api.Status(201, candidate_of(request, candidate.public_id))


@router.post("/requests/{public_id}/withdraw", response=RequestOut)
def withdraw_request(request: MemberRequest, public_id: str, data: Text) -> ReferenceRequest:
    """Take a request back."""
    row = request_for(request, public_id, "references.change_request")
    services.withdraw(request=row, reason=data.text, actor=request.user)
    return request_of(request, public_id)


@router.post("/requests/{public_id}/close", response=RequestOut)
def close_request(request: MemberRequest, public_id: str) -> ReferenceRequest:
    """Close a request that was held, without waiting for feedback."""
    row = request_for(request, public_id, "references.handle_requests")
    services.close(request=row, actor=request.user)
    return request_of(request, public_id)
