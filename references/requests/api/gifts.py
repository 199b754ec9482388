"""Thanking a customer's person with a gift over the API. How it goes on from there: `/fulfilments/{id}`."""

import uuid
from decimal import Decimal
from typing import Any

from django.utils import timezone
from pydantic import Field

from references.requests import services
from references.requests.api.doors import contacts_visible_to, demand, named, requests, router
from refprogram.governance.budgets.selectors import open_funds
from refprogram.governance.fulfilment import selectors as gifts
from refprogram.governance.fulfilment.api import FulfilmentOut
from refprogram.governance.fulfilment.enums import GiftKind
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest


class GiftIn(api.Input):
    """What is given, and why: whoever approves it reads that."""

    kind: GiftKind = GiftKind.APPRECIATION
    item: str = Field(max_length=200)
    value: Decimal
    reason: str = Field(max_length=2000)
    cause: str = Field("", max_length=200, description="Whom a gift to charity goes to.")
    request: str = Field("", max_length=12, description="The request that they gave a reference for.")
    fund: str = Field("", max_length=12, description="Empty: the open fund with most room.")


@router.post("/contacts/{public_id}/gifts", response={201: FulfilmentOut})
def give_gift(request: MemberRequest, public_id: str, data: GiftIn) -> Any:
    """Ask for a gift to a contact; it needs an approval. Refused where their employer forbids it, with the rule."""
    contact = api.found(contacts_visible_to(request.user).select_related("account", "person"), public_id)
    demand(request, "governance.give")
    made = services.thank_with_gift(
        key=f"thanks:{uuid.uuid4()}",
        contact=contact,
        request=named(requests(request), "request", data.request),
        fund=named(open_funds(timezone.localdate()), "fund", data.fund),
        by=request.user,
        **data.dict(exclude={"request", "fund"}),
    )
    return api.Status(201, gifts.with_people(gifts.visible_to(request.user)).get(pk=made.pk))
