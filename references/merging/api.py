"""Merging over the API: the same doors as the pages."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from references.accounts.api.doors import account_of, contact_of, demand
from references.merging import selectors, services
from references.merging.models import Merge
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["accounts"])


class MergeOut(api.Thing):
    """One merge of two accounts or two people."""

    noun: str
    rows_moved: int = Field(description="How many rows went over.")
    undone_at: dt.datetime | None

    @staticmethod
    def resolve_rows_moved(obj: Merge) -> int:
        return sum(map(len, obj.moved.values()))


class MergeIn(api.Input):
    """What to merge into the one of the address, and which facts to take from it."""

    other: str
    take: list[str] = Field([], description="Names of fields whose value comes from the other one.")


@api.listing(router, "/merges", MergeOut)
def list_merges(request: MemberRequest) -> QuerySet[Merge]:
    """List what was merged."""
    demand(request, selectors.PERMISSION)
    return selectors.visible_to(request.user)


@router.post("/accounts/{public_id}/merge", response={201: MergeOut})
def merge_account(request: MemberRequest, public_id: str, data: MergeIn) -> Any:
    """Make one customer of two: this one stays. The other one's ids lead here from now on."""
    demand(request, selectors.PERMISSION)
    kept, merged = account_of(request, public_id), account_of(request, data.other)
    return api.Status(201, services.merge_accounts(kept=kept, merged=merged, take=data.take, actor=request.user))


@router.post("/contacts/{public_id}/merge", response={201: MergeOut})
def merge_contact(request: MemberRequest, public_id: str, data: MergeIn) -> Any:
    """Make one person of two of an account: this one stays."""
    demand(request, selectors.PERMISSION)
    kept, merged = contact_of(request, public_id), contact_of(request, data.other)
    return api.Status(201, services.merge_contacts(kept=kept, merged=merged, take=data.take, actor=request.user))


@router.post("/merges/{public_id}/undo", response=MergeOut)
def undo_merge(request: MemberRequest, public_id: str) -> Merge:
    """Take two apart again."""
    demand(request, selectors.PERMISSION)
    return services.undo_merge(merge=api.found(selectors.visible_to(request.user), public_id), actor=request.user)
