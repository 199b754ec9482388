"""Campaigns over the API: the same doors as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import Field

from nominations.campaigns import selectors, services
from nominations.campaigns.enums import CampaignState, MessageChannel, Uses
from nominations.campaigns.filters import CampaignFilter
from nominations.models import Campaign, CampaignMessage, KickoffItem
from references.coverage.selectors import targets_visible_to
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.files.api import uploaded
from refprogram.people.auth import MemberRequest
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.selectors import colleagues, regions, teams

router = api.Router(tags=["nominations"])
MOST = 100_000
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2200, 1, 1)
MUCH = Decimal("999999999999.99")


class CampaignOut(api.Thing):
    """One campaign."""

    name: str
    state: CampaignState
    purpose: str
    goal: int
    enrolled: int
    roles: list[Role]
    target: api.Ref | None
    sponsor: api.Ref | None
    sponsor_message: str
    owner: api.Ref
    starts_on: dt.date
    ends_on: dt.date
    budget: Decimal | None

    @staticmethod
    def resolve_target(obj: Campaign) -> Any:
        return None if obj.target is None else {"id": obj.target.public_id, "name": obj.target.title}


class CampaignPatch(api.Input):
    """What may be changed; people, teams, regions and the target by their ids."""

    name: str = Field("", max_length=120)
    purpose: str = Field("", max_length=4000)
    goal: int = Field(1, ge=1, le=MOST)
    roles: list[Role] = []
    teams: list[str] = Field([], max_length=500)
    regions: list[str] = Field([], max_length=500)
    target: str = ""
    sponsor: str = ""
    sponsor_message: str = Field("", max_length=4000)
    owner: str = ""
    starts_on: dt.date = Field(EARLIEST, ge=EARLIEST, le=LATEST)
    ends_on: dt.date = Field(EARLIEST, ge=EARLIEST, le=LATEST)
    budget: Decimal | None = Field(None, ge=0, le=MUCH, decimal_places=2)


class CampaignIn(CampaignPatch):
    """A campaign to plan; the checklist of the teams that use references comes with it."""

    name: str = Field(min_length=1, max_length=120)
    goal: int = Field(ge=1, le=MOST)
    starts_on: dt.date = Field(ge=EARLIEST, le=LATEST)
    ends_on: dt.date = Field(ge=EARLIEST, le=LATEST)


class StartIn(api.Input):
    """Why it begins although something of the checklist is open; may be left out when nothing is."""

    anyway: str = Field("", max_length=300)


class CustomersIn(api.Input):
    """To which customers a message goes: filters that narrow; none means those of the campaign's teams and regions."""

    industry: list[str] = []
    region: list[str] = Field([], description="Ids of regions.")
    tier: list[str] = []
    band: str = Field("", description="By their last NPS: promoters, passives, detractors, unasked.")


class MessageIn(api.Input):
    """A message of the calendar. With another subject, half of the readers get that one."""

    channel: MessageChannel
    send_on: dt.date = Field(ge=EARLIEST, le=LATEST)
    subject: str = Field(min_length=1, max_length=150)
    other_subject: str = Field("", max_length=150)
    body: str = Field("", max_length=4000)
    asset: str = Field("", description="Id of an upload with the purpose campaign_asset.")
    customers: CustomersIn | None = None


class MessageOut(api.Schema):
    """A message with how many copies left, were refused, and were followed, by subject."""

    id: str = Field(alias="public_id")
    channel: MessageChannel
    send_on: dt.date
    subject: str
    other_subject: str
    body: str
    customers: dict[str, Any]
    sent_at: dt.datetime | None
    copies: int
    copies_other: int
    followed: int
    followed_other: int
    refused: int


class CampaignItemIn(api.Input):
    """A line of the checklist, or what changes of one."""

    text: str = Field("", max_length=200)
    uses: Uses | None = None
    who: str = ""
    due_on: dt.date | None = Field(None, ge=EARLIEST, le=LATEST)


class CampaignItemOut(api.Schema):
    """A line of the checklist."""

    id: int
    uses: Uses
    text: str
    who: api.Ref | None
    due_on: dt.date | None
    done_at: dt.datetime | None


class FunnelOut(api.Schema):
    """How far the nominations of a group came; empty names: of none."""

    cohort: str
    team: str
    nominated: int
    approved: int
    enrolled: int
    first_act: int


class WarningsOut(api.Schema):
    """What it would run into, in sentences."""

    warnings: list[str]


def _demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise NotAllowed(_("Campaigns are run by the reference managers."))


def _rows(request: MemberRequest) -> QuerySet[Campaign]:
    return selectors.with_list_facts(selectors.visible_to(request.user))


def _campaign(request: MemberRequest, public_id: str, permission: str = "nominations.list") -> Campaign:
    _demand(request, permission)
    row: Campaign = api.found(_rows(request), public_id)
    return row


def _one(rows: QuerySet[Any], public_id: str, field: str) -> Any:
    if not public_id:
        return None
    row = rows.filter(public_id=public_id).first()
    if row is None:
        message = _("There is none with this id.")
        raise InvalidInput(message, errors={field: message})
    return row


def _facts(request: MemberRequest, data: dict[str, Any]) -> dict[str, Any]:
    """Return the body with rows for ids."""
    known: dict[str, QuerySet[Any]] = {
        "target": targets_visible_to(request.user), "sponsor": colleagues(), "owner": colleagues(),
    }  # fmt: skip
    found = {name: _one(rows, data[name], name) for name, rows in known.items() if name in data}
    many: dict[str, QuerySet[Any]] = {"teams": teams(), "regions": regions()}
    for name, rows in many.items():
        if name in data:
            found[name] = [_one(rows, key, name) for key in data[name]]
    return {**data, **found}


def _who(public_id: str) -> User | None:
    row: User | None = _one(colleagues(), public_id, "who")
    return row


@api.listing(router, "/campaigns", CampaignOut, filters=CampaignFilter)
def list_campaigns(request: MemberRequest) -> QuerySet[Campaign]:
    """List the campaigns you may see."""
    _demand(request, "nominations.list")
    return _rows(request)


@router.post("/campaigns", response={201: CampaignOut})
def create_campaign(request: MemberRequest, data: CampaignIn) -> Any:
    """Plan a campaign; nobody is asked before it is started."""
    _demand(request, "nominations.run_campaigns")
    campaign = services.plan_campaign(actor=request.user, **_facts(request, data.dict()))
    return api.Status(201, _campaign(request, campaign.public_id))


@router.get("/campaigns/{public_id}", response=CampaignOut)
def get_campaign(request: MemberRequest, public_id: str) -> Campaign:
    """Return one campaign."""
    return _campaign(request, public_id)


@router.patch("/campaigns/{public_id}", response=CampaignOut)
def change_campaign(request: MemberRequest, public_id: str, data: api.PatchDict[CampaignPatch]) -> Campaign:
    """Change a campaign, until it is over."""
    campaign = _campaign(request, public_id, "nominations.run_campaigns")
    services.change_campaign(campaign=campaign, actor=request.user, **_facts(request, dict(data)))
    return _campaign(request, public_id)


@router.post("/campaigns/{public_id}/start", response=CampaignOut)
def start_campaign(request: MemberRequest, public_id: str, data: StartIn) -> Campaign:
    """Start it; with an open checklist that takes a reason."""
    campaign = _campaign(request, public_id, "nominations.run_campaigns")
    services.start_campaign(campaign=campaign, actor=request.user, anyway=data.anyway)
    return _campaign(request, public_id)


@router.post("/campaigns/{public_id}/end", response=CampaignOut)
def end_campaign(request: MemberRequest, public_id: str) -> Campaign:
    """End it: nothing more is sent."""
    services.end_campaign(campaign=_campaign(request, public_id, "nominations.run_campaigns"), actor=request.user)
    return _campaign(request, public_id)


@router.post("/campaigns/{public_id}/cancel", response=CampaignOut)
def cancel_campaign(request: MemberRequest, public_id: str) -> Campaign:
    """Call it off."""
    services.cancel_campaign(campaign=_campaign(request, public_id, "nominations.run_campaigns"), actor=request.user)
    return _campaign(request, public_id)


@router.get("/campaigns/{public_id}/funnel", response=list[FunnelOut])
def get_campaign_funnel(request: MemberRequest, public_id: str) -> list[dict[str, Any]]:
    """Return how far its nominations came, by cohort and team."""
    groups = selectors.funnel_of(_campaign(request, public_id))
    return [{"cohort": one.cohort, "team": one.team, **vars(one.funnel)} for one in groups]


@router.get("/campaigns/{public_id}/warnings", response=WarningsOut)
def list_campaign_warnings(request: MemberRequest, public_id: str) -> dict[str, Any]:
    """Return whom else asks the same people at the same time, and days on which nobody works."""
    return {"warnings": selectors.warnings(_campaign(request, public_id))}


@router.get("/campaigns/{public_id}/messages", response=list[MessageOut])
def list_campaign_messages(request: MemberRequest, public_id: str) -> list[CampaignMessage]:
    """List the calendar of messages."""
    return selectors.messages_of(_campaign(request, public_id))


@router.post("/campaigns/{public_id}/messages", response={201: MessageOut})
def create_campaign_message(request: MemberRequest, public_id: str, data: MessageIn) -> Any:
    """Put a message into the calendar."""
    campaign = _campaign(request, public_id, "nominations.run_campaigns")
    asset = uploaded(data.asset, field="asset", purpose="campaign_asset", user=request.user) if data.asset else None
    facts = data.dict(exclude={"asset"})
    made = services.add_message(campaign=campaign, actor=request.user, asset=asset, **facts)
    return api.Status(201, next(row for row in selectors.messages_of(campaign) if row.pk == made.pk))


@router.delete("/campaigns/{public_id}/messages/{message_id}", response={204: None})
def delete_campaign_message(request: MemberRequest, public_id: str, message_id: str) -> Any:
    """Take a message out of the calendar, until its first copy has left."""
    campaign = _campaign(request, public_id, "nominations.run_campaigns")
    services.remove_message(message=api.found(campaign.messages.all(), message_id), actor=request.user)
    return api.Status(204, None)


@router.get("/campaigns/{public_id}/kickoff", response=list[CampaignItemOut])
def list_kickoff(request: MemberRequest, public_id: str) -> list[KickoffItem]:
    """List the checklist."""
    return selectors.kickoff_of(_campaign(request, public_id))


@router.post("/campaigns/{public_id}/kickoff", response={201: CampaignItemOut})
def create_kickoff_item(request: MemberRequest, public_id: str, data: CampaignItemIn) -> Any:
    """Add a line to the checklist."""
    campaign = _campaign(request, public_id, "nominations.run_campaigns")
    item = services.add_item(
        campaign=campaign, actor=request.user, uses=data.uses or "", text=data.text, who=_who(data.who),
        due_on=data.due_on,
    )  # fmt: skip
    return api.Status(201, item)


@router.patch("/campaigns/{public_id}/kickoff/{pk}", response=CampaignItemOut)
def change_kickoff_item(
    request: MemberRequest, public_id: str, pk: int, data: api.PatchDict[CampaignItemIn]
) -> KickoffItem:
    """Say who settles a line, until when, in which words."""
    campaign = _campaign(request, public_id, "nominations.run_campaigns")
    item = _item(campaign, pk)
    who = _who(data["who"]) if "who" in data else item.who
    due = data.get("due_on", item.due_on)
    return services.assign_item(item=item, actor=request.user, who=who, due_on=due, text=data.get("text"))


@router.post("/campaigns/{public_id}/kickoff/{pk}/settle", response=CampaignItemOut)
def settle_kickoff_item(request: MemberRequest, public_id: str, pk: int) -> KickoffItem:
    """Mark a line as settled."""
    item = _item(_campaign(request, public_id), pk)
    if not request.user.has_perm("nominations.settle_kickoff", item):
        raise NotAllowed(_("Who was asked to settle it, and the reference managers."))
    return services.settle_item(item=item, actor=request.user)


def _item(campaign: Campaign, pk: int) -> KickoffItem:
    row = next((row for row in selectors.kickoff_of(campaign) if row.pk == pk), None)
    if row is None:
        raise Http404
    return row
