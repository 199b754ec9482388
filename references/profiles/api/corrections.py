"""Corrections to the CRM over the API: whoever keeps the CRM reads them here and says what became of them."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from references.accounts import provenance
from references.profiles import selectors, services
from references.profiles.api.doors import account_of, demand, router
from references.profiles.enums import CorrectionState
from references.profiles.filters import CorrectionFilter
from references.profiles.models import Correction
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest


class CorrectionOut(api.Thing):
    """What the CRM should say instead. It is done once an import brings the value."""

    account: api.Ref
    external_ref: str | None = Field(description="The account's id in the CRM.")
    field: str
    stood: str
    proposed: str
    note: str
    state: CorrectionState
    proposed_by: api.Ref | None
    decided_by: api.Ref | None
    decided_at: dt.datetime | None

    @staticmethod
    def resolve_external_ref(obj: Correction) -> str | None:
        return obj.account.external_ref


class CorrectionIn(api.Input):
    """A field that the CRM owns, and what it should say."""

    field: str = Field(max_length=40)
    proposed: str = Field("", max_length=200)
    note: str = Field("", max_length=200)


class RefusalIn(api.Input):
    """Why the CRM stays as it is."""

    reason: str = Field(min_length=1, max_length=200)


class SourceOut(api.Schema):
    """Whose word a field is."""

    field: str
    source: str
    at: dt.datetime | None


def _correction(request: MemberRequest, public_id: str, permission: str = "references.see_corrections") -> Correction:
    row: Correction = api.found(selectors.corrections_visible_to(request.user), public_id)
    demand(request, permission)
    return row


@api.listing(router, "/corrections", CorrectionOut, filters=CorrectionFilter)
def list_corrections(request: MemberRequest) -> QuerySet[Correction]:
    """List what colleagues say is wrong in the CRM."""
    demand(request, "references.see_corrections")
    return selectors.corrections_visible_to(request.user)


@router.get("/corrections/{public_id}", response=CorrectionOut)
def get_correction(request: MemberRequest, public_id: str) -> Correction:
    """Return one correction."""
    return _correction(request, public_id)


@router.get("/accounts/{public_id}/provenance", response=list[SourceOut])
def get_provenance(request: MemberRequest, public_id: str) -> list[dict[str, Any]]:
    """Return which fields are the CRM's word, and when it last said so."""
    account = account_of(request, public_id)
    return [
        {"field": name, "source": provenance.CRM, "at": provenance.synced_at(account, name)}
        for name in provenance.owned(account)
    ]


@router.post("/accounts/{public_id}/corrections", response={201: CorrectionOut})
def propose_correction(request: MemberRequest, public_id: str, data: CorrectionIn) -> Any:
    """Say that a field the CRM owns is wrong."""
    account = account_of(request, public_id)
    demand(request, "references.propose_correction", account)
    row = services.propose_correction(account=account, by=request.user, **data.dict())
    return api.Status(201, _correction(request, row.public_id))


@router.post("/corrections/{public_id}/send", response=CorrectionOut)
def send_correction(request: MemberRequest, public_id: str) -> Correction:
    """Note that it went to whoever keeps the CRM. Twice is once."""
    row = _correction(request, public_id, "references.decide_corrections")
    services.send_corrections(corrections=[row], by=request.user)
    return _correction(request, public_id)


@router.post("/corrections/{public_id}/refuse", response=CorrectionOut)
def refuse_correction(request: MemberRequest, public_id: str, data: RefusalIn) -> Correction:
    """Say that the CRM stays as it is, and why."""
    row = _correction(request, public_id, "references.decide_corrections")
    services.refuse_correction(correction=row, by=request.user, reason=data.reason)
    return _correction(request, public_id)
