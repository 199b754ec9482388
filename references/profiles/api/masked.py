"""Masked customers over the API: what may be known, the name for a reason, and who was shown one."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from references.accounts.enums import Availability, Tier
from references.accounts.models import Account
from references.accounts.selectors import state_of
from references.profiles import masks, selectors, services
from references.profiles.api.doors import demand, router
from references.profiles.filters import UnmaskingFilter
from references.profiles.models import Unmasking
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest


class MaskedOut(api.Schema):
    """A reference whose name you do not know."""

    id: str
    mask: str
    tier: Tier
    availability: Availability


class UnmaskIn(api.Input):
    """What the name is needed for."""

    reason: str = Field(min_length=5, max_length=200)


class UnmaskedOut(api.Schema):
    """The account that was behind the mask, until when you see it."""

    account: api.Ref
    until: dt.datetime


class UnmaskingOut(api.Fact):
    """Who was shown which masked name."""

    account: api.Ref
    user: api.Ref
    reason: str
    at: dt.datetime
    until: dt.datetime

    @staticmethod
    def resolve_id(obj: Unmasking) -> str:
        return str(obj.pk)

    @staticmethod
    def resolve_created_at(obj: Unmasking) -> dt.datetime:
        return obj.at

    @staticmethod
    def resolve_url(obj: Unmasking) -> str:
        return api.absolute(obj.account.get_absolute_url())


@router.get("/masked-accounts", response=list[MaskedOut])
def list_masked_accounts(request: MemberRequest) -> list[dict[str, Any]]:
    """List references whose names you do not know, at most 200: what kind of company, and whether it may be asked."""
    demand(request, "references.see_masked")
    rows: list[Account] = list(masks.masked_references(request.user).order_by("pk")[:200])
    said = masks.masks_of(rows)
    return [
        {"id": row.public_id, "mask": said[row.pk], "tier": row.tier, "availability": state_of(row)} for row in rows
    ]


@router.post("/masked-accounts/{public_id}/unmask", response=UnmaskedOut)
def unmask_account(request: MemberRequest, public_id: str, data: UnmaskIn) -> Any:
    """Say what you need the name for, and see it for 24 hours. It is on record."""
    demand(request, "references.see_masked")
    account = api.found(masks.masked_references(request.user), public_id)
    return services.unmask(account=account, by=request.user, reason=data.reason)


@api.listing(router, "/unmaskings", UnmaskingOut, filters=UnmaskingFilter)
def list_unmaskings(request: MemberRequest) -> QuerySet[Unmasking]:
    """List who was shown which masked name."""
    demand(request, "references.see_unmaskings")
    return selectors.unmaskings_visible_to(request.user)
