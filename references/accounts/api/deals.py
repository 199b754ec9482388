"""Opportunities over the API: the same doors as the pages."""

from typing import Any

from django.db.models import Q, QuerySet

from references.accounts import selectors, services
from references.accounts.api.doors import demand, resolved, router
from references.accounts.api.shapes import OpportunityIn, OpportunityOut
from references.accounts.filters import OpportunityFilter
from references.accounts.models import Opportunity
from refprogram.kernel import api
from refprogram.kernel.custom_fields.api import with_custom
from refprogram.people.auth import MemberRequest


def search_opportunities(deals: QuerySet[Opportunity], words: list[str]) -> QuerySet[Opportunity]:
    """Narrow to deals that have every word in their name, their id in the CRM or their account's name."""
    for word in words:
        deals = deals.filter(
            Q(name__icontains=word) | Q(external_ref__icontains=word) | Q(account__name__icontains=word)
        )
    return deals


def _opportunities(request: MemberRequest) -> QuerySet[Opportunity]:
    deals = selectors.opportunities_visible_to(request.user).select_related("account", "product", "owner__person")
    return with_custom(deals, "opportunity")


@api.listing(router, "/opportunities", OpportunityOut, filters=OpportunityFilter, search=search_opportunities)
def list_opportunities(request: MemberRequest) -> QuerySet[Opportunity]:
    """List the deals that you may see."""
    demand(request, "references.see_opportunities")
    return _opportunities(request)


@router.post("/opportunities", response={201: OpportunityOut})
def create_opportunity(request: MemberRequest, data: OpportunityIn) -> Any:
    """Add a deal."""
    demand(request, "references.change_opportunities")
    deal = services.open_opportunity(actor=request.user, **resolved(request, data.dict()))
    return api.Status(201, deal)


@router.get("/opportunities/{public_id}", response=OpportunityOut)
def get_opportunity(request: MemberRequest, public_id: str) -> Any:
    """Return one deal."""
    return api.found(_opportunities(request), public_id)


@router.patch("/opportunities/{public_id}", response=OpportunityOut)
def change_opportunity(request: MemberRequest, public_id: str, data: api.PatchDict[OpportunityIn]) -> Any:
    """Change what the CRM says about a deal."""
    deal = api.found(_opportunities(request), public_id)
    demand(request, "references.change_opportunities")
    services.edit_opportunity(opportunity=deal, actor=request.user, **resolved(request, dict(data)))
    return api.found(_opportunities(request), public_id)
