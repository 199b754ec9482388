"""The API of sponsors and their promises: the same services and permissions as the pages."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from pydantic import Field

from refprogram.governance.sponsors import selectors, services
from refprogram.governance.sponsors.enums import Backs, Cause, PledgeKind, PledgeState
from refprogram.governance.sponsors.filters import PledgeFilter
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues, regions

router = api.Router(tags=["governance"])


class SponsorOut(api.Thing):
    """Who backs what. `alert`: why they may be lost; `ended_on`: their last day, null while they back it."""

    sponsor: api.Ref = Field(alias="user")
    backs: Backs
    region: api.Ref | None
    part: str
    starts_on: dt.date
    until: dt.date | None
    deputy: api.Ref | None
    ended_on: dt.date | None
    alert: Cause | None

    @staticmethod
    def resolve_alert(obj: Sponsorship) -> str | None:
        return obj.alert or None


class SponsorIn(api.Input):
    """A colleague (an id) and what they back: the program, a region (an id), or a contest (`part`, its name)."""

    sponsor: str
    backs: Backs = Backs.PROGRAM
    region: str = ""
    part: str = Field("", max_length=120)
    starts_on: dt.date
    until: dt.date | None = None
    deputy: str = ""


class SponsorHandIn(api.Input):
    """Who takes over: a colleague's id."""

    to: str


class PledgeOut(api.Thing):
    """What a sponsor promised. `follows`: the promise of the same rhythm before it; `on_time` is null until done."""

    sponsor: api.Ref
    sponsorship: str
    kind: PledgeKind
    words: str
    channel: str
    audience: str
    due_on: dt.date
    every_weeks: int
    until: dt.date | None
    state: PledgeState
    done_on: dt.date | None
    on_time: bool | None
    proof: str
    because: str
    follows: str | None
    revision: int

    @staticmethod
    def resolve_sponsor(obj: SponsorPledge) -> Any:
        return obj.holder

    @staticmethod
    def resolve_sponsorship(obj: SponsorPledge) -> str:
        return obj.sponsorship.public_id

    @staticmethod
    def resolve_on_time(obj: SponsorPledge) -> bool | None:
        return obj.on_time if obj.done_on is not None else None

    @staticmethod
    def resolve_follows(obj: SponsorPledge) -> str | None:
        return obj.follows.public_id if obj.follows else None


class PledgeFacts(api.Input):
    """What is promised, by when; `every_weeks` 0 is once."""

    kind: PledgeKind
    words: str = Field(max_length=300)
    channel: str = Field("", max_length=120)
    audience: str = Field("", max_length=120)
    due_on: dt.date
    every_weeks: int = Field(0, ge=0, le=52)
    until: dt.date | None = None


class PledgePatch(PledgeFacts):
    """What is promised; `revision` is of what was read."""

    revision: int | None = None


class SponsorPledgeIn(PledgeFacts):
    """A promise of what a sponsor backs (`sponsorship`, an id)."""

    sponsorship: str


class PledgeDoneIn(api.Input):
    """When it was done (today, if nothing is said), and what happened."""

    on: dt.date | None = None
    proof: str = Field("", max_length=2000)


class PledgeReleaseIn(api.Input):
    """Why it need not be kept; `ends`: its rhythm ends, too."""

    because: str = Field(max_length=2000)
    ends: bool = False


class PledgeDeclineIn(api.Input):
    """Why the new sponsor says no."""

    because: str = Field("", max_length=2000)


class PledgeOfferIn(api.Input):
    """Which sponsor is asked: an id of what somebody backs."""

    to: str


# ---------------------------------------------------------------- sponsors


def _sponsors(request: MemberRequest) -> QuerySet[Sponsorship]:
    return selectors.sponsors_in_full(selectors.sponsors_for(request.user))


def _sponsor(request: MemberRequest, public_id: str) -> Sponsorship:
    row: Sponsorship = api.found(_sponsors(request), public_id)
    return row


@api.listing(router, "/sponsors", SponsorOut)
def list_sponsors(request: MemberRequest) -> QuerySet[Sponsorship]:
    """List who backs what, or backed it: all, or what you back yourself."""
    return _sponsors(request)


@router.get("/sponsors/{public_id}", response=SponsorOut)
def get_sponsor(request: MemberRequest, public_id: str) -> Any:
    """Return one sponsor."""
    return _sponsor(request, public_id)


@router.post("/sponsors", response={201: SponsorOut})
def create_sponsor(request: MemberRequest, data: SponsorIn) -> Any:
    """Name a sponsor."""
    if not request.user.has_perm("governance.keep_sponsors"):
        raise PermissionDenied
    named = {
        "deputy": api.one_of(colleagues(), data.deputy, "deputy"),
        "region": api.one_of(regions(), data.region, "region"),
    }
    user = get_object_or_404(colleagues(), public_id=data.sponsor)
    made = services.name_sponsor(user=user, facts=data.dict() | named, by=request.user)
    return api.Status(201, _sponsor(request, made.public_id))


@router.post("/sponsors/{public_id}/hand-over", response=SponsorOut)
def hand_sponsor_over(request: MemberRequest, public_id: str, data: SponsorHandIn) -> Any:
    """Let somebody else back it from today; returns what they back."""
    to = get_object_or_404(colleagues(), public_id=data.to)
    made = services.hand_over(row=_sponsor(request, public_id), to=to, by=request.user)
    return _sponsor(request, made.public_id)


@router.post("/sponsors/{public_id}/end", response=SponsorOut)
def end_sponsor(request: MemberRequest, public_id: str) -> Any:
    """Note that somebody does not back it any more: what they promised needs a new sponsor."""
    services.end_sponsor(row=_sponsor(request, public_id), by=request.user)
    return _sponsor(request, public_id)


# ---------------------------------------------------------------- promises


def _pledges(request: MemberRequest) -> QuerySet[SponsorPledge]:
    return selectors.with_people(selectors.visible_to(request.user)).select_related("follows")


def _pledge(request: MemberRequest, public_id: str) -> SponsorPledge:
    row: SponsorPledge = api.found(_pledges(request), public_id)
    return row


@api.listing(router, "/pledges", PledgeOut, filters=PledgeFilter, search=selectors.search)
def list_pledges(request: MemberRequest) -> QuerySet[SponsorPledge]:
    """List what sponsors promised: all, or your own."""
    return _pledges(request)


@router.get("/pledges/{public_id}", response=PledgeOut)
def get_pledge(request: MemberRequest, public_id: str) -> Any:
    """Return one promise."""
    return _pledge(request, public_id)


@router.post("/pledges", response={201: PledgeOut})
def create_pledge(request: MemberRequest, data: SponsorPledgeIn) -> Any:
    """Promise something, or note what a sponsor promised."""
    said = data.dict(exclude={"sponsorship"})
    made = services.promise(sponsorship=_sponsor(request, data.sponsorship), facts=said, by=request.user)
    return api.Status(201, _pledge(request, made.public_id))


@router.patch("/pledges/{public_id}", response=PledgeOut)
def change_pledge(request: MemberRequest, public_id: str, data: api.PatchDict[PledgePatch]) -> Any:
    """Change what is promised, while it is open."""
    said: dict[str, Any] = dict(data)
    services.change(
        row=_pledge(request, public_id), revision=said.pop("revision", None), facts=said, by=request.user
    )  # fmt: skip
    return _pledge(request, public_id)


@router.post("/pledges/{public_id}/done", response=PledgeOut)
def finish_pledge(request: MemberRequest, public_id: str, data: PledgeDoneIn | None = None) -> Any:
    """Say that it was done."""
    said = data.dict() if data else {}
    services.finish(row=_pledge(request, public_id), by=request.user, **said)
    return _pledge(request, public_id)


@router.post("/pledges/{public_id}/release", response=PledgeOut)
def release_pledge(request: MemberRequest, public_id: str, data: PledgeReleaseIn) -> Any:
    """Take it off the sponsor: it does not count against them."""
    services.release(row=_pledge(request, public_id), by=request.user, **data.dict())
    return _pledge(request, public_id)


@router.post("/pledges/{public_id}/accept", response=PledgeOut)
def accept_pledge(request: MemberRequest, public_id: str) -> Any:
    """Say yes to what was promised before you."""
    services.accept(row=_pledge(request, public_id), by=request.user)
    return _pledge(request, public_id)


@router.post("/pledges/{public_id}/decline", response=PledgeOut)
def decline_pledge(request: MemberRequest, public_id: str, data: PledgeDeclineIn | None = None) -> Any:
    """Say no to what was promised before you."""
    row = _pledge(request, public_id)
    services.decline(row=row, because=data.because if data else "", by=request.user)
    return _pledge(request, public_id)


@router.post("/pledges/{public_id}/offer", response=PledgeOut)
def offer_pledge(request: MemberRequest, public_id: str, data: PledgeOfferIn) -> Any:
    """Ask another sponsor to take it over."""
    services.offer(row=_pledge(request, public_id), to=_sponsor(request, data.to), by=request.user)
    return _pledge(request, public_id)
