"""Batches over the API: the same doors as the pages."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from references.accounts.models import ActivityType
from references.batches import naming, selectors, services
from references.batches.filters import BatchFilter
from references.requests.api.doors import accounts_visible_to, demand, named
from references.requests.enums import BatchKind, BatchState, NameState
from references.requests.models import BatchName, RequestBatch
from references.requests.selectors import activity as activity_of
from references.requests.selectors import deals_for
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["batches"])


class BatchOut(api.Thing):
    """Several references for one purpose."""

    name: str
    kind: BatchKind
    state: BatchState
    wanted: int
    needed_by: dt.date
    exclusive_from: dt.date | None
    exclusive_until: dt.date | None
    embargo_until: dt.date | None
    note: str
    requester: api.Ref


class BatchIn(api.Input):
    """For what, how many, until when."""

    name: str = Field(min_length=1, max_length=200)
    kind: BatchKind
    wanted: int = Field(ge=1, le=50)
    needed_by: dt.date
    exclusive_from: dt.date | None = None
    exclusive_until: dt.date | None = None
    embargo_until: dt.date | None = None
    note: str = Field("", max_length=2000)
    opportunity: str | None = None
    activity: str = Field("", description="Asked of those who agreed to this activity; empty: what the kind says.")


class NameOut(api.Thing):
    """One customer in a batch. `usable`: may be named at this moment."""

    batch: str
    account: api.Ref
    state: NameState
    usable: bool

    @staticmethod
    def resolve_url(obj: BatchName) -> str:
        return api.absolute(obj.batch.get_absolute_url())

    @staticmethod
    def resolve_batch(obj: BatchName) -> str:
        return obj.batch.public_id

    @staticmethod
    def resolve_usable(obj: BatchName) -> bool:
        return bool(naming.usable(obj.batch, [obj]))


class Customer(api.Input):
    """Whom to put down."""

    account: str = Field(min_length=1)


def _activity(slug: str) -> ActivityType | None:
    found = activity_of(slug) if slug else None
    if slug and found is None:
        message = f"There is no activity “{slug}”."
        raise InvalidInput(message, errors={"activity": message})
    return found


def _batch(request: MemberRequest, public_id: str) -> RequestBatch:
    row: RequestBatch = api.found(selectors.for_page(request.user), public_id)
    return row


def _name(request: MemberRequest, public_id: str) -> BatchName:
    row: BatchName = api.found(selectors.names_visible_to(request.user), public_id)
    demand(request, "references.fill_batch")
    return row


@api.listing(router, "/batches", BatchOut, filters=BatchFilter)
def list_batches(request: MemberRequest) -> QuerySet[RequestBatch]:
    """List the batches that you may see."""
    demand(request, "references.see_batches")
    return selectors.for_page(request.user)


@router.post("/batches", response={201: BatchOut})
def make_batch(request: MemberRequest, data: BatchIn) -> Any:
    """Begin to collect names for one purpose."""
    demand(request, "references.make_batch")
    facts = data.dict(exclude={"opportunity", "activity"})
    facts["activity"] = _activity(data.activity)
    deal = named(deals_for(request.user), "opportunity", data.opportunity)
    return api.Status(201, services.make(requester=request.user, opportunity=deal, **facts))


@router.get("/batches/{public_id}", response=BatchOut)
def get_batch(request: MemberRequest, public_id: str) -> RequestBatch:
    """Return one batch."""
    return _batch(request, public_id)


@router.get("/batches/{public_id}/names", response=list[NameOut])
def list_batch_names(request: MemberRequest, public_id: str) -> list[BatchName]:
    """List who may be named, was asked, or said no. For the program: others read what is handed over."""
    row = _batch(request, public_id)
    demand(request, "references.fill_batch")
    names = selectors.names_of(row)
    for name in names:
        name.batch = row
    return names


@router.post("/batches/{public_id}/names", response={201: NameOut})
def add_batch_name(request: MemberRequest, public_id: str, data: Customer) -> Any:
    """Put a customer down; nobody is asked yet."""
    row = _batch(request, public_id)
    demand(request, "references.fill_batch")
    account = named(accounts_visible_to(request.user), "account", data.account)
    return api.Status(201, services.add_name(batch=row, account=account, actor=request.user))


@router.post("/batches/names/{public_id}/ask", response=NameOut)
def ask_batch_name(request: MemberRequest, public_id: str) -> BatchName:
    """Ask the customer for this very purpose."""
    return services.ask_name(name=_name(request, public_id), actor=request.user)


@router.post("/batches/names/{public_id}/drop", response=NameOut)
def drop_batch_name(request: MemberRequest, public_id: str) -> BatchName:
    """Leave a name out."""
    return services.drop(name=_name(request, public_id), actor=request.user)


@router.post("/batches/{public_id}/hand-over", response=BatchOut)
def hand_batch_over(request: MemberRequest, public_id: str) -> RequestBatch:
    """Hand the names over that may be used."""
    row = _batch(request, public_id)
    demand(request, "references.change_batch", row)  # type: ignore[arg-type]  # the rule reads the requester alone
    return services.hand_over(batch=row, actor=request.user)


@router.post("/batches/{public_id}/close", response=BatchOut)
def close_batch(request: MemberRequest, public_id: str) -> RequestBatch:
    """Close a batch: who has not answered is needed no more."""
    row = _batch(request, public_id)
    demand(request, "references.change_batch", row)  # type: ignore[arg-type]  # the rule reads the requester alone
    return services.close(batch=row, actor=request.user)
