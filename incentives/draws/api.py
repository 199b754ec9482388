"""The API of draws: read by every colleague, held by who runs the program."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from pydantic import Field

from incentives.draws import selectors, services
from incentives.draws.enums import DrawState
from incentives.draws.models import Draw
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])


class DrawOut(api.Thing):
    """A draw. `secret` and `list_hash` are told once it is drawn; `commitment` is the SHA-256 of the secret."""

    name: str
    purpose: str
    prize: str
    places: int
    closes_at: dt.datetime
    state: DrawState
    commitment: str
    secret: str | None
    list_hash: str
    drawn_at: dt.datetime | None
    reason: str

    @staticmethod
    def resolve_secret(row: Draw) -> str | None:
        return row.secret if row.state == DrawState.DRAWN else None


class DrawIn(api.Input):
    """A draw as it is to be: what happens before `closes_at` brings tickets."""

    name: str = Field(max_length=120)
    prize: str = Field(max_length=200)
    closes_at: api.When
    value: Decimal = Field(Decimal(0), ge=0, le=Decimal("999999999.99"))
    places: int = Field(1, ge=1, le=services.MOST_PLACES)
    purpose: str = Field("", max_length=300)


class DrawReasonIn(api.Input):
    """Why; everybody who holds a ticket can read it."""

    reason: str = Field(max_length=300)


def _rows(request: MemberRequest) -> QuerySet[Draw]:
    if not request.user.has_perm("incentives.view_rewards"):
        raise PermissionDenied
    return selectors.visible_to(request.user)


@api.listing(router, "/draws", DrawOut)
def list_draws(request: MemberRequest) -> QuerySet[Draw]:
    """List the draws."""
    return _rows(request)


@router.get("/draws/{public_id}", response=DrawOut)
def get_draw(request: MemberRequest, public_id: str) -> Any:
    """Return one draw."""
    return api.found(_rows(request), public_id)


@router.post("/draws", response={201: DrawOut})
def open_draw(request: MemberRequest, data: DrawIn) -> Any:
    """Open a draw: from now on rules may give tickets in it."""
    return api.Status(201, services.open_draw(**data.model_dump(), owner=request.user))


@router.post("/draws/{public_id}/call-off", response=DrawOut)
def call_off_draw(request: MemberRequest, public_id: str, data: DrawReasonIn) -> Any:
    """Call a draw off."""
    return services.call_off(draw=api.found(_rows(request), public_id), reason=data.reason, by=request.user)
