"""Stories, share pages and places over the API: the same doors as the pages, and the same gate."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from references.accounts.models import Account, Contact
from references.accounts.selectors import contacts_visible_to, nameable
from references.consents.enums import Channel, UseAudience
from references.consents.gate import can_use
from references.content import selectors, services
from references.content.enums import AssetKind, AssetState, PlacementState
from references.content.filters import AssetFilter, BoardFilter, PlacementFilter
from references.content.models import Asset, Board, Placement
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["references"])


class StoryOut(api.Thing):
    """Something made with a customer. Its words: `body`, the newest version."""

    title: str
    kind: AssetKind
    state: AssetState
    account: api.Ref
    summary: str
    use_cases: list[str]
    disclosure: str
    due_on: dt.date | None
    refresh_on: dt.date | None
    shares: int
    views: int


class StoryIn(api.Input):
    """A story to begin."""

    account: str = Field(description="Id of the account.")
    title: str = Field(max_length=200)
    kind: AssetKind = AssetKind.CASE_STUDY
    summary: str = Field("", max_length=5000)
    contact: str = Field("", description="Id of the contact whose consent it needs.")
    body: str = Field("", max_length=20_000, description="Markdown.")


class StoryPatch(api.Input):
    """What may be changed of a story's facts."""

    title: str = Field("", max_length=200)
    summary: str = Field("", max_length=5000)
    use_cases: list[str] = []
    disclosure: str = Field("", max_length=300)
    due_on: dt.date | None = None
    refresh_on: dt.date | None = None


class StoryStepIn(api.Input):
    """A step of the pipeline."""

    to: AssetState
    reason: str = Field("", max_length=200)


class UseIn(api.Schema):
    """A use to ask about."""

    channel: Channel
    audience: UseAudience = UseAudience.PROSPECTS
    territory: str = ""


class MissingOut(api.Schema):
    """Consent that is missing."""

    contact: str
    scope: str
    why: str


class VerdictOut(api.Schema):
    """May it be shown there, to those, today?"""

    ok: bool
    reason: str
    missing: list[MissingOut]


class PlaceIn(api.Input):
    """Where a story stands from now on."""

    channel: Channel
    place: str = Field(max_length=300)
    audience: UseAudience = UseAudience.PUBLIC
    territory: str = Field("", max_length=80)


class PlacementOut(api.Thing):
    """One place where a story stands or stood."""

    story: api.Ref
    channel: Channel
    audience: UseAudience
    territory: str
    place: str
    state: PlacementState
    placed_on: dt.date
    reason: str
    due_on: dt.date | None
    proof: str
    down_at: dt.datetime | None

    @staticmethod
    def resolve_story(obj: Placement) -> Any:
        return SimpleNamespace(public_id=obj.asset.public_id, name=obj.asset.title)

    @staticmethod
    def resolve_url(obj: Placement) -> str:
        return f"{obj.asset.get_absolute_url()}#places"


class ProofIn(api.Input):
    """What shows that a place is empty."""

    proof: str = Field(max_length=300)


class CallDownIn(api.Input):
    """Why something has to come down, and within how many days."""

    reason: str = Field(max_length=200)
    days: int = Field(5, ge=0, le=90)


class BoardOut(api.Thing):
    """A share page; `address` while it is open."""

    title: str
    views: int
    expires_at: dt.datetime
    closed_at: dt.datetime | None
    address: str

    @staticmethod
    def resolve_address(obj: Board) -> str:
        return services.address_of(obj) if selectors.is_open(obj) else ""


class BoardIn(api.Input):
    """A share page to make."""

    title: str = Field(max_length=200)
    stories: list[str] = Field(description="Ids of stories, in their order.")
    opportunity: str = Field("", description="Id of the deal.")
    greeting: str = Field("", max_length=5000)
    days: int = Field(30, ge=1, le=365)


def _demand(request: MemberRequest, permission: str, row: Any = None) -> None:
    if not request.user.has_perm(permission, row):
        raise NotAllowed(_("Stories are made by the reference managers."))


def _rows(request: MemberRequest) -> QuerySet[Asset]:
    return selectors.with_people(selectors.visible_to(request.user))


def _story(request: MemberRequest, public_id: str, permission: str = "references.see_content") -> Asset:
    row: Asset = api.found(_rows(request), public_id)
    _demand(request, permission, row)
    return row


def _named(rows: QuerySet[Any], public_id: str, field: str) -> Any:
    row = rows.filter(public_id=public_id).first()
    if row is None:
        message = _("There is none with this id.")
        raise InvalidInput(message, errors={field: message})
    return row


@api.listing(router, "/stories", StoryOut, filters=AssetFilter, search=selectors.search)
def list_stories(request: MemberRequest) -> QuerySet[Asset]:
    """List the stories that you may see being made."""
    return _rows(request)


@api.listing(router, "/library", StoryOut, filters=AssetFilter, search=selectors.search)
def list_library(request: MemberRequest) -> QuerySet[Asset]:
    """List what may be shown in your region: approved, with consent in force today."""
    territory = selectors.home_of(request.user)
    return selectors.with_people(selectors.readable_by(request.user, territory=territory))


@router.post("/stories", response={201: StoryOut})
def create_story(request: MemberRequest, data: StoryIn) -> Any:
    """Begin a story: with words it is a draft, without an idea."""
    _demand(request, "references.make_content")
    account: Account = _named(nameable(request.user)["account"], data.account, "account")
    people = contacts_visible_to(request.user).filter(account=account)
    contact: Contact | None = _named(people, data.contact, "contact") if data.contact else None
    facts: dict[str, Any] = {
        "account": account,
        "contact": contact,
        "source": None,
        "actor": request.user,
        "kind": data.kind,
    }
    if data.body.strip():
        row = services.draft_story(title=data.title, summary=data.summary, body=data.body, **facts)
    else:
        row = services.open_asset(title=data.title, summary=data.summary, **facts)
    return api.Status(201, _story(request, row.public_id))


@router.get("/stories/{public_id}", response=StoryOut)
def get_story(request: MemberRequest, public_id: str) -> Asset:
    """Return one story."""
    return _story(request, public_id)


@router.patch("/stories/{public_id}", response=StoryOut)
def change_story(request: MemberRequest, public_id: str, data: api.PatchDict[StoryPatch]) -> Asset:
    """Change a story's facts."""
    row = _story(request, public_id, "references.make_content")
    services.edit_asset(asset=row, actor=request.user, **data)
    return _story(request, public_id)


@router.post("/stories/{public_id}/advance", response=StoryOut)
def advance_story(request: MemberRequest, public_id: str, data: StoryStepIn) -> Asset:
    """Take a step of the pipeline; what is missing is said in a sentence (409)."""
    row = _story(request, public_id, "references.make_content")
    services.advance(asset=row, to=data.to, by=request.user, note=data.reason)
    return _story(request, public_id)


@router.get("/stories/{public_id}/can-use", response=VerdictOut)
def can_use_story(request: MemberRequest, public_id: str, use: Query[UseIn]) -> VerdictOut:
    """Say whether a story may be shown there, to those, in that territory, today; if not, what is missing of whom."""
    row = _story(request, public_id)
    verdict = can_use(row, channel=use.channel, audience=use.audience, territory=use.territory)
    missing = [MissingOut(contact=one.contact, scope=one.scope, why=one.why) for one in verdict.missing]
    return VerdictOut(ok=verdict.ok, reason=verdict.reason, missing=missing)


@router.post("/stories/{public_id}/place", response={201: PlacementOut})
def place_story(request: MemberRequest, public_id: str, data: PlaceIn) -> Any:
    """Note where a story stands; without consent for that place it is refused (409)."""
    row = _story(request, public_id, "references.place_content")
    return api.Status(201, services.place(asset=row, by=request.user, **data.dict()))


@api.listing(router, "/placements", PlacementOut, filters=PlacementFilter)
def list_placements(request: MemberRequest) -> QuerySet[Placement]:
    """List where stories stand, and what has to come down."""
    return selectors.placements_visible_to(request.user)


def _placement(request: MemberRequest, public_id: str) -> Placement:
    row: Placement = api.found(selectors.placements_visible_to(request.user), public_id)
    if row.placed_by_id != request.user.pk:
        _demand(request, "references.take_down")
    return row


@router.post("/placements/{public_id}/call-down", response=PlacementOut)
def call_placement_down(request: MemberRequest, public_id: str, data: CallDownIn) -> Placement:
    """Say that it has to come down; whoever placed it has a task."""
    row = services.call_down(placement=_placement(request, public_id), by=request.user, **data.dict())
    return _placement(request, row.public_id)


@router.post("/placements/{public_id}/down", response=PlacementOut)
def note_placement_down(request: MemberRequest, public_id: str, data: ProofIn) -> Placement:
    """Note that it is down, with what shows it."""
    row = services.note_down(placement=_placement(request, public_id), by=request.user, proof=data.proof)
    return _placement(request, row.public_id)


@api.listing(router, "/boards", BoardOut, filters=BoardFilter)
def list_boards(request: MemberRequest) -> QuerySet[Board]:
    """List the share pages that you may see."""
    return selectors.boards_visible_to(request.user)


@router.post("/boards", response={201: BoardOut})
def create_board(request: MemberRequest, data: BoardIn) -> Any:
    """Make a share page out of what prospects may see."""
    if not request.user.has_perm("references.share_content"):
        raise NotAllowed(_("Share pages are made by sales, support and the reference managers."))
    rows = {row.public_id: row for row in selectors.shareable_ids(request.user, data.stories)}
    chosen = [_in(rows, key) for key in data.stories]
    deal = _named(selectors.deals_of(request.user), data.opportunity, "opportunity") if data.opportunity else None
    board = services.make_board(
        title=data.title, assets=chosen, opportunity=deal, greeting=data.greeting, days=data.days, by=request.user
    )
    return api.Status(201, board)


def _in(rows: dict[str, Asset], key: str) -> Asset:
    if key not in rows:
        message = _("Nothing that may be shown has the id %(key)s.") % {"key": key[:20]}
        raise InvalidInput(message, errors={"stories": message})
    return rows[key]


@router.get("/boards/{public_id}", response=BoardOut)
def get_board(request: MemberRequest, public_id: str) -> Board:
    """Return one share page."""
    row: Board = api.found(selectors.boards_visible_to(request.user), public_id)
    return row


@router.post("/boards/{public_id}/close", response=BoardOut)
def close_board(request: MemberRequest, public_id: str) -> Board:
    """End a share page: its address stops working at once."""
    row = get_board(request, public_id)
    if not request.user.has_perm("references.change_board", row):
        raise NotAllowed(_("Only %(name)s and the reference managers close it.") % {"name": row.made_by.name})
    return services.close_board(board=row, by=request.user)
