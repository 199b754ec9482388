"""Requests over the API: the same doors as the pages."""

from typing import Any

from django.db.models import QuerySet

from references.accounts.models import ActivityType
from references.requests import selectors, services
from references.requests.api.doors import demand, named, request_for, request_of, requests, router, wishes
from references.requests.api.shapes import MatchesOut, Need, NewRequest, RequestOut, Text
from references.requests.filters import RequestFilter
from references.requests.models import ReferenceRequest
from references.requests.selectors import MatchResult
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest


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
def give_up_request(request: MemberRequest, public_id: str, data: Text) -> ReferenceRequest:
    """Give up looking; the requester is told why."""
    row = request_for(request, public_id, "references.handle_requests")
    services.mark_unfilled(request=row, reason=data.text, actor=request.user)
    return request_of(request, public_id)


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
