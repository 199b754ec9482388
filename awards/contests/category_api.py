"""Categories of contests over the API: the same doors as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from pydantic import Field

from awards.contests import selectors, services
from awards.contests.api import LONGEST, demand
from awards.contests.enums import CategoryKind
from awards.contests.filters import CategoryFilter
from awards.models import Category
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import regions

router = api.Router(tags=["awards"])


class CategoryOut(api.Thing):
    """One category."""

    contest: api.Ref
    name: str
    kind: CategoryKind
    description: str
    eligibility: str
    product: api.Ref | None
    industry: str
    region: api.Ref | None
    precedence: int
    max_winners: int
    min_entries: int
    min_score: Decimal
    closes_at: dt.datetime | None

    @staticmethod
    def resolve_url(obj: Category) -> str:
        return api.absolute(reverse("awards:contest-concept", args=[obj.contest.slug]))


class CategoryPatch(api.Input):
    """What may be changed of a category."""

    name: str = Field("", max_length=120)
    kind: CategoryKind = CategoryKind.OTHER
    description: str = Field("", max_length=LONGEST)
    eligibility: str = Field("", max_length=LONGEST)
    product: str | None = None
    industry: str = Field("", max_length=80)
    region: str | None = None
    precedence: int = Field(1, ge=1, le=999)
    max_winners: int = Field(1, ge=1, le=20)
    min_entries: int = Field(1, ge=1, le=1000)
    min_score: Decimal = Field(Decimal(0), ge=0, le=100, decimal_places=2)
    closes_at: api.When | None = None


class CategoryIn(CategoryPatch):
    """A category to add to a contest."""

    contest: str
    name: str = Field(min_length=1, max_length=120)
    precedence: int = Field(0, ge=0, le=999, description="0: after the others.")


def _categories(request: MemberRequest) -> QuerySet[Category]:
    return selectors.categories_visible_to(request.user)


def _category(request: MemberRequest, public_id: str, permission: str = "") -> Category:
    demand(request, "awards.see_contests")
    row: Category = api.found(_categories(request), public_id)
    if permission:
        demand(request, permission, row.contest)
    return row


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """Return the body with rows for ids."""
    known = {"product": selectors.products(), "region": regions()}
    return {**data, **{name: api.one_of(rows, data[name], name) for name, rows in known.items() if name in data}}


@api.listing(router, "/categories", CategoryOut, filters=CategoryFilter)
def list_categories(request: MemberRequest) -> QuerySet[Category]:
    """List the categories of the contests you may see."""
    demand(request, "awards.see_contests")
    return _categories(request)


@router.post("/categories", response={201: CategoryOut})
def create_category(request: MemberRequest, data: CategoryIn) -> Any:
    """Add a category to a contest."""
    demand(request, "awards.see_contests")
    contest = api.one_of(selectors.visible_to(request.user), data.contest, "contest")
    if contest is None:
        raise Http404
    demand(request, "awards.run_contest", contest)
    said = _facts(data.dict(exclude={"contest"}))
    if not said["precedence"]:
        said.pop("precedence")
    return api.Status(201, services.add_category(contest, by=request.user, **said))


@router.get("/categories/{public_id}", response=CategoryOut)
def get_category(request: MemberRequest, public_id: str) -> Category:
    """Return one category."""
    return _category(request, public_id)


@router.patch("/categories/{public_id}", response=CategoryOut)
def change_category(request: MemberRequest, public_id: str, data: api.PatchDict[CategoryPatch]) -> Category:
    """Change a category."""
    category = _category(request, public_id, "awards.run_contest")
    services.change_category(category, by=request.user, **_facts(dict(data)))
    return _category(request, public_id)


@router.delete("/categories/{public_id}", response={204: None})
def delete_category(request: MemberRequest, public_id: str) -> Any:
    """Take a category away, until somebody entered it."""
    services.remove_category(_category(request, public_id, "awards.run_contest"), by=request.user)
    return api.Status(204, None)
