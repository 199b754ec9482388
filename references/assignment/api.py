"""Assignments over the API: the same doors as the pages."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404
from pydantic import Field

from references.assignment import selectors, services, words
from references.assignment.filters import AssignmentFilter
from references.requests.models import AssignmentPick, AssignmentRun
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.kernel.events_api import JobOut
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["requests"])


class PickOut(api.Schema):
    """Whom an assignment would ask for one request; `best` is its own first choice, `cost` the points that it lost."""

    id: int
    request: api.Ref
    account: api.Ref | None
    contact: api.Ref | None
    score: int
    parts: dict[str, int]
    best: api.Ref | None
    cost: int
    why: str
    refused: str
    taken_at: dt.datetime | None


class RequestAssignmentOut(api.Thing):
    """One assignment; `facts` compares it with first come, first served."""

    created_at: dt.datetime
    taken: int = Field(description="How many picks were taken up.")
    weights: dict[str, Any]
    facts: dict[str, Any]


class AssignmentInFull(RequestAssignmentOut):
    """One assignment with its picks."""

    picks: list[PickOut]

    @staticmethod
    def resolve_picks(obj: Any) -> Any:
        return obj.shown


def _rows(request: MemberRequest) -> QuerySet[AssignmentRun]:
    if not request.user.has_perm("references.handle_requests"):
        raise NotAllowed("Your role does not include this.")
    return selectors.for_list(request.user)


def _run(request: MemberRequest, public_id: str) -> AssignmentRun:
    row: AssignmentRun = api.found(_rows(request), public_id)
    return row


@api.listing(router, "/request-assignments", RequestAssignmentOut, filters=AssignmentFilter)
def list_request_assignments(request: MemberRequest) -> QuerySet[AssignmentRun]:
    """List the assignments of open requests."""
    return _rows(request)


@router.post("/request-assignments", response={202: JobOut})
def make_request_assignment(request: MemberRequest) -> Any:
    """Allocate all requests that wait; answers the job that does it. It changes nothing but itself."""
    _rows(request)
    return api.Status(202, services.start(user=request.user))


@router.get("/request-assignments/{public_id}", response=AssignmentInFull)
def get_request_assignment(request: MemberRequest, public_id: str) -> Any:
    """Return one assignment with the reason of each pick."""
    run = _run(request, public_id)
    rows = selectors.picks_of(run)
    names = selectors.others(rows)
    run.shown = [_shown(row, names) for row in rows]  # type: ignore[attr-defined]  # read by resolve_picks
    return run


class _Named(NamedTuple):
    """What `api.Ref` reads of a row."""

    public_id: str
    name: str


def _shown(pick: AssignmentPick, names: selectors.Others) -> dict[str, Any]:
    line = words.line_of(pick, names)
    contact = _Named(pick.contact.public_id, pick.contact.person.name) if pick.contact else None
    return {
        "id": pick.pk,
        "request": _Named(pick.request.public_id, pick.request.purpose),
        "account": pick.account,
        "contact": contact,
        "score": pick.score,
        "parts": pick.facts.get("parts", {}),
        "best": names.accounts.get(pick.facts.get("best", 0)),
        "cost": line.cost,
        "why": line.why,
        "refused": line.refused,
        "taken_at": pick.taken_at,
    }


@router.post("/request-assignments/{public_id}/accept", response={202: JobOut})
def accept_request_assignment(request: MemberRequest, public_id: str) -> Any:
    """Propose everybody who is left; answers the job that does it."""
    return api.Status(202, services.start_accepting(run=_run(request, public_id), actor=request.user))


@router.post("/request-assignments/{public_id}/picks/{pick}/accept", response=PickOut)
def accept_request_pick(request: MemberRequest, public_id: str, pick: int) -> dict[str, Any]:
    """Propose the customer of one pick."""
    run = _run(request, public_id)
    row = selectors.picks_visible_to(request.user).filter(run=run, pk=pick).first()
    if row is None:
        raise Http404
    services.accept(pick=row, actor=request.user)
    row = next(one for one in selectors.picks_of(run) if one.pk == pick)
    return _shown(row, selectors.others([row]))


__all__ = ["router"]
