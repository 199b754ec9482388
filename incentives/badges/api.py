"""Badges over the API. The same services and permissions as the pages."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from incentives.badges import selectors, services
from incentives.badges.enums import Often, Picture, Tone
from incentives.badges.filters import BadgeFilter, GrantFilter
from incentives.badges.models import Badge, BadgeGrant
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues

router = api.Router(tags=["incentives"])


class BadgeOut(api.Thing):
    """A badge: what for, how often one person can have it, how many have it."""

    slug: str
    name: str
    words: str
    picture: Picture
    tone: Tone
    often: Often
    a_month: int | None
    by_hand: bool
    holders: int
    last_at: dt.datetime | None
    retired_at: dt.datetime | None


class BadgeIn(api.Input):
    """What is said of a badge."""

    name: str = Field(max_length=60)
    words: str = Field(max_length=200)
    picture: Picture = Picture.STAR
    tone: Tone = Tone.PLAIN
    often: Often = Often.ONCE
    a_month: int | None = Field(None, ge=1, le=10_000)
    by_hand: bool = True


class BadgeGrantOut(api.Thing):
    """A badge that somebody has, or had: from whom or by which rule, and why it was taken back."""

    badge: api.Ref
    person: api.Ref
    giver: api.Ref | None
    rule: api.Ref | None
    words: str
    occurred_at: dt.datetime
    revoked_at: dt.datetime | None
    revoke_reason: str


class BadgeGiveIn(api.Input):
    """To whom (a user's id), and what for."""

    to: str
    words: str = Field(max_length=300)


class TakeBackIn(api.Input):
    """Why it is taken back; the person reads it."""

    reason: str = Field(max_length=300)


def _badges(request: MemberRequest) -> QuerySet[Badge]:
    if not request.user.has_perm("incentives.view_rewards"):
        raise PermissionDenied
    return selectors.with_givings(selectors.visible_to(request.user))


def _shown(request: MemberRequest, badge: Badge) -> Any:
    return api.found(_badges(request), badge.public_id)


def _grants(request: MemberRequest) -> QuerySet[BadgeGrant]:
    if not request.user.has_perm("incentives.view_rewards"):
        raise PermissionDenied
    return selectors.grants_visible_to(request.user)


@api.listing(router, "/badges", BadgeOut, filters=BadgeFilter)
def list_badges(request: MemberRequest) -> QuerySet[Badge]:
    """List the badges."""
    return _badges(request)


@router.get("/badges/{public_id}", response=BadgeOut)
def get_badge(request: MemberRequest, public_id: str) -> Any:
    """Return one badge."""
    return api.found(_badges(request), public_id)


@router.post("/badges", response={201: BadgeOut})
def create_badge(request: MemberRequest, data: BadgeIn) -> Any:
    """Add a badge that can be won from now on."""
    return api.Status(201, _shown(request, services.add_badge(actor=request.user, **data.dict())))


@router.patch("/badges/{public_id}", response=BadgeOut)
def change_badge(request: MemberRequest, public_id: str, data: api.PatchDict[BadgeIn]) -> Any:
    """Change a badge. Who has it keeps it."""
    badge = api.found(_badges(request), public_id)
    return _shown(request, services.change_badge(badge=badge, actor=request.user, **data))


@router.post("/badges/{public_id}/retire", response=BadgeOut)
def retire_badge(request: MemberRequest, public_id: str) -> Any:
    """Give a badge no more."""
    badge = api.found(_badges(request), public_id)
    return _shown(request, services.set_retired(badge=badge, retired=True, actor=request.user))


@router.post("/badges/{public_id}/bring-back", response=BadgeOut)
def bring_back_badge(request: MemberRequest, public_id: str) -> Any:
    """Give a badge again."""
    badge = api.found(_badges(request), public_id)
    return _shown(request, services.set_retired(badge=badge, retired=False, actor=request.user))


@router.post("/badges/{public_id}/give", response={201: BadgeGrantOut})
def give_badge(request: MemberRequest, public_id: str, data: BadgeGiveIn) -> Any:
    """Give a badge to a colleague, saying what for."""
    badge = api.found(_badges(request), public_id)
    to = colleagues().filter(public_id=data.to).first()
    if to is None:
        sentence = _("There is no colleague of this id.")
        raise InvalidInput(sentence, errors={"to": sentence})
    given = services.grant_badge(badge=badge, to=to, words=data.words, actor=request.user)
    return api.Status(201, api.found(_grants(request), given.public_id))


@api.listing(router, "/badge-grants", BadgeGrantOut, filters=GrantFilter)
def list_badge_grants(request: MemberRequest) -> QuerySet[BadgeGrant]:
    """List who has which badge; what was taken back only for whose it was, who gave it, and who looks after badges."""
    return _grants(request)


@router.get("/badge-grants/{public_id}", response=BadgeGrantOut)
def get_badge_grant(request: MemberRequest, public_id: str) -> Any:
    """Return one badge that somebody has, or had."""
    return api.found(_grants(request), public_id)


@router.post("/badge-grants/{public_id}/revoke", response=BadgeGrantOut)
def revoke_badge_grant(request: MemberRequest, public_id: str, data: TakeBackIn) -> Any:
    """Take a badge back, with the reason that the person reads."""
    grant = api.found(_grants(request), public_id)
    return services.revoke(grant=grant, reason=data.reason, actor=request.user)
