"""Outcomes over the API: the same doors as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from pydantic import Field

from references.profiles import selectors, services, shown
from references.profiles.api.doors import account_of, contact_ref, demand, named_contact, router
from references.profiles.enums import Direction
from references.profiles.filters import OutcomeFilter
from references.profiles.models import Outcome
from refprogram.kernel import api
from refprogram.kernel.files.api import uploaded
from refprogram.people.auth import MemberRequest

Figure = Annotated[Decimal, Field(max_digits=18, decimal_places=4)]


class OutcomeOut(api.Thing):
    """What got better at a customer. It counts once `verified_at` is set."""

    account: api.Ref
    contact: api.Ref | None
    metric: str
    unit: str
    before: Decimal
    after: Decimal
    change: Decimal | None = Field(description="In per cent of `before`; null where that is nothing.")
    better: bool | None
    direction: Direction
    period: str
    evidence_url: str
    recorded_by: api.Ref | None
    verified_at: dt.datetime | None
    verified_by: api.Ref | None

    @staticmethod
    def resolve_contact(obj: Outcome) -> Any:
        return contact_ref(obj.contact)

    @staticmethod
    def resolve_change(obj: Outcome) -> Decimal | None:
        return shown.change_of(obj).per_cent

    @staticmethod
    def resolve_better(obj: Outcome) -> bool | None:
        return shown.change_of(obj).better


class OutcomeIn(api.Input):
    """An outcome to note. `evidence`: the id of a file that was sent ahead for `outcome_evidence`."""

    metric: str = Field(min_length=1, max_length=120)
    before: Figure
    after: Figure
    unit: str = Field("", max_length=20)
    direction: Direction = Direction.UP
    period: str = Field("", max_length=60)
    contact: str | None = None
    evidence_url: str = Field("", max_length=200)
    evidence: str | None = None


def _search(outcomes: QuerySet[Outcome], words: list[str]) -> QuerySet[Outcome]:
    for word in words:
        outcomes = outcomes.filter(Q(metric__icontains=word) | Q(account__name__icontains=word))
    return outcomes


def _outcome(request: MemberRequest, public_id: str, permission: str = "references.see_outcomes") -> Outcome:
    rows = selectors.with_around(selectors.outcomes_visible_to(request.user))
    outcome: Outcome = api.found(rows, public_id)
    demand(request, permission, outcome.account)
    return outcome


def _file(request: MemberRequest, key: str | None) -> Any:
    return uploaded(key, field="evidence", purpose="outcome_evidence", user=request.user) if key else None


def _facts(request: MemberRequest, account: Any, data: dict[str, Any]) -> dict[str, Any]:
    if "contact" in data:
        data["contact"] = named_contact(request, account, data["contact"])
    if "evidence" in data:
        data["evidence"] = _file(request, data["evidence"])
    return data


@api.listing(router, "/outcomes", OutcomeOut, filters=OutcomeFilter, search=_search)
def list_outcomes(request: MemberRequest) -> QuerySet[Outcome]:
    """List what got better at customers."""
    demand(request, "references.see_outcomes")
    return selectors.with_around(selectors.outcomes_visible_to(request.user))


@router.get("/outcomes/{public_id}", response=OutcomeOut)
def get_outcome(request: MemberRequest, public_id: str) -> Outcome:
    """Return one outcome."""
    return _outcome(request, public_id)


@router.post("/accounts/{public_id}/outcomes", response={201: OutcomeOut})
def record_outcome(request: MemberRequest, public_id: str, data: OutcomeIn) -> Any:
    """Note what a customer measured before and after."""
    account = account_of(request, public_id)
    demand(request, "references.record_outcome", account)
    row = services.record_outcome(account=account, by=request.user, **_facts(request, account, data.dict()))
    return api.Status(201, _outcome(request, row.public_id))


@router.patch("/outcomes/{public_id}", response=OutcomeOut)
def change_outcome(request: MemberRequest, public_id: str, data: api.PatchDict[OutcomeIn]) -> Outcome:
    """Change an outcome; one that was verified has to be verified again."""
    row = _outcome(request, public_id, "references.record_outcome")
    services.edit_outcome(outcome=row, by=request.user, **_facts(request, row.account, dict(data)))
    return _outcome(request, public_id)


@router.post("/outcomes/{public_id}/verify", response=OutcomeOut)
def verify_outcome(request: MemberRequest, public_id: str) -> Outcome:
    """Say that it is true, having looked at its evidence; not by whoever noted it."""
    row = _outcome(request, public_id, "references.verify_outcome")
    services.verify_outcome(outcome=row, by=request.user)
    return _outcome(request, public_id)


@router.post("/outcomes/{public_id}/remove", response={204: None})
def remove_outcome(request: MemberRequest, public_id: str) -> Any:
    """Take an outcome away that was noted in error."""
    services.remove_outcome(outcome=_outcome(request, public_id, "references.record_outcome"), by=request.user)
    return api.Status(204, None)
