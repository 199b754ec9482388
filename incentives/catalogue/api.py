"""The API of rewards. The same services and permissions as the pages; a supplier's system may order and deliver."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from pydantic import Field

from incentives.catalogue import liability, policy, selectors, services
from incentives.catalogue.enums import Clientele, ItemKind, RedemptionState, Road
from incentives.catalogue.filters import ItemFilter, RedemptionFilter
from incentives.catalogue.models import Item, Redemption
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.kernel import api
from refprogram.kernel.files.api import uploaded
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])
RUN = "incentives.run_catalogue"


class RewardOut(api.Thing):
    """Something that points can be spent on. `left` is null where there is no limit."""

    name: str
    kind: ItemKind
    description: str
    points: int
    cost: Decimal | None
    audience: Clientele
    stock: int | None
    left: int | None
    offered: bool
    needs: Road

    @staticmethod
    def resolve_cost(row: Item, context: Any) -> Decimal | None:
        return row.cost if context["request"].user.has_perm(RUN) else None

    @staticmethod
    def resolve_needs(row: Item) -> str:
        return row.road


class RewardIn(api.Input):
    """A reward as it is to be. `stock` counts those taken already; null: no limit. Regions by id; none: everywhere."""

    name: str = Field(max_length=120)
    kind: ItemKind
    points: int = Field(ge=1, le=policy.MOST_POINTS)
    cost: Decimal = Field(Decimal(0), ge=0, le=Decimal("999999999.99"))
    description: str = Field("", max_length=600)
    stock: int | None = Field(None, ge=0, le=1_000_000)
    audience: Clientele = Clientele.COLLEAGUES
    regions: list[str] = []
    roles: list[str] = []
    taxable: bool = False
    is_gift: bool = True
    is_auto: bool = False
    road: Road = Road.REWARD


class RestockIn(api.Input):
    """How many more there are; less than nothing takes some away that nobody has."""

    more: int = Field(ge=-1_000_000, le=1_000_000)


class RedemptionOut(api.Thing):
    """Points for a thing: where it stands, and the gift that carries it out."""

    reward: api.Ref
    person: api.Ref
    account: api.Ref | None
    points: int
    value: Decimal
    state: RedemptionState
    gift: str | None
    gift_state: FulfilmentState | None
    cause: str
    failures: int
    reason: str
    delivered_at: dt.datetime | None
    confirmed_at: dt.datetime | None
    worth: int | None

    @staticmethod
    def resolve_reward(row: Redemption) -> Item:
        return row.item

    @staticmethod
    def resolve_gift(row: Redemption) -> str | None:
        return row.gift.public_id if row.gift else None

    @staticmethod
    def resolve_gift_state(row: Redemption) -> str | None:
        return row.gift.state if row.gift else None


class RedeemIn(api.Input):
    """What we need to know so that it can be handed over, by the names of the kind’s questions."""

    said: dict[str, str] = {}


class ReferenceIn(api.Input):
    """The shop's number, where it has one."""

    reference: str = Field("", max_length=80)


class RewardReasonIn(api.Input):
    """Why."""

    reason: str = Field(max_length=500)


class RewardHandedIn(api.Input):
    """The proof: an uploaded file (purpose `gift_proof`), or words; and what it cost in the end."""

    proof: str = ""
    note: str = Field("", max_length=200)
    cost: Decimal | None = None


class WorthIn(api.Input):
    """Whether it was worth its points, from 1 to 5; and anything to add."""

    worth: int | None = Field(None, ge=1, le=5)
    words: str = Field("", max_length=300)


class ObjectionIn(api.Input):
    """What is wrong with it."""

    words: str = Field(max_length=1000)


class ObjectionAnswerIn(api.Input):
    """Whether the points are given back, and why or why not."""

    corrected: bool
    answer: str = Field(max_length=1000)


class LiabilityOut(api.Schema):
    """One month of what is owed in points; the present one is not closed yet."""

    month: dt.date
    given: int
    taken_back: int
    redeemed: int
    expired: int
    held: int
    unit_cost: Decimal
    breakage: int
    owed: Decimal
    closed: bool


def _may(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


# ---------------------------------------------------------------- the shelf


def _items(request: MemberRequest) -> QuerySet[Item]:
    _may(request, "incentives.view_rewards")
    return selectors.items_visible_to(request.user)


def _shelf(data: RewardIn) -> services.Shelf:
    given = data.model_dump()
    regions = selectors.regions_named(given.pop("regions"))
    return services.Shelf(**given, regions=regions)


@api.listing(router, "/reward-items", RewardOut, filters=ItemFilter)
def list_reward_items(request: MemberRequest) -> QuerySet[Item]:
    """List what is offered; to who runs the catalogue, everything."""
    return _items(request)


@router.get("/reward-items/{public_id}", response=RewardOut)
def get_reward_item(request: MemberRequest, public_id: str) -> Any:
    """Return one reward."""
    return api.found(_items(request), public_id)


@router.post("/reward-items", response={201: RewardOut})
def add_reward_item(request: MemberRequest, data: RewardIn) -> Any:
    """Put something into the catalogue."""
    _may(request, RUN)
    return api.Status(201, services.add_item(shelf=_shelf(data), by=request.user))


@router.put("/reward-items/{public_id}", response=RewardOut)
def change_reward_item(request: MemberRequest, public_id: str, data: RewardIn) -> Any:
    """Change a reward; all of it is set."""
    _may(request, RUN)
    item = api.found(_items(request), public_id)
    return services.change_item(item=item, shelf=_shelf(data), by=request.user)


@router.post("/reward-items/{public_id}/restock", response=RewardOut)
def restock_reward_item(request: MemberRequest, public_id: str, data: RestockIn) -> Any:
    """Put more on the shelf, or take some off that nobody has."""
    _may(request, RUN)
    return services.restock(item=api.found(_items(request), public_id), more=data.more, by=request.user)


@router.post("/reward-items/{public_id}/redeem", response={201: RedemptionOut})
def redeem_reward_item(request: MemberRequest, public_id: str, data: RedeemIn) -> Any:
    """Ask for a reward, for one's own points."""
    item = api.found(_items(request), public_id)
    buyer = services.buyer_of_user(request.user)
    row = services.ask_for(item=item, buyer=buyer, by=request.user, said=data.said)
    return api.Status(201, _row(request, row.public_id))


# ---------------------------------------------------------------- redemptions


def _rows(request: MemberRequest) -> QuerySet[Redemption]:
    _may(request, "incentives.view_rewards")
    return selectors.in_full(selectors.visible_to(request.user))


def _row(request: MemberRequest, public_id: str) -> Redemption:
    row: Redemption = api.found(_rows(request), public_id)
    return row


@api.listing(router, "/redemptions", RedemptionOut, filters=RedemptionFilter)
def list_redemptions(request: MemberRequest) -> QuerySet[Redemption]:
    """List redemptions: one's own; to who runs or pays for them, all."""
    return _rows(request)


@router.get("/redemptions/{public_id}", response=RedemptionOut)
def get_redemption(request: MemberRequest, public_id: str) -> Any:
    """Return one redemption."""
    return _row(request, public_id)


@router.post("/redemptions/{public_id}/cancel", response=RedemptionOut)
def cancel_redemption(request: MemberRequest, public_id: str) -> Any:
    """Call it off before it is ordered: the points are free again."""
    services.cancel(redemption=_row(request, public_id), by=request.user)
    return _row(request, public_id)


@router.post("/redemptions/{public_id}/order", response=RedemptionOut)
def order_redemption(request: MemberRequest, public_id: str, data: ReferenceIn) -> Any:
    """Note that it is ordered: its points are spent."""
    services.order(redemption=_row(request, public_id), by=request.user, reference=data.reference)
    return _row(request, public_id)


@router.post("/redemptions/{public_id}/fail", response=RedemptionOut)
def fail_redemption(request: MemberRequest, public_id: str, data: RewardReasonIn) -> Any:
    """Note that the order failed; after the last try points and money are given back."""
    services.fail(redemption=_row(request, public_id), by=request.user, reason=data.reason)
    return _row(request, public_id)


@router.post("/redemptions/{public_id}/retry", response=RedemptionOut)
def retry_redemption(request: MemberRequest, public_id: str) -> Any:
    """Order again what failed."""
    services.retry(redemption=_row(request, public_id), by=request.user)
    return _row(request, public_id)


@router.post("/redemptions/{public_id}/deliver", response=RedemptionOut)
def deliver_redemption(request: MemberRequest, public_id: str, data: RewardHandedIn) -> Any:
    """Note that it was handed over, with its proof."""
    row = _row(request, public_id)
    proof = uploaded(data.proof, field="proof", purpose="gift_proof", user=request.user) if data.proof else None
    services.deliver(redemption=row, by=request.user, proof=proof, note=data.note, cost=data.cost)
    return _row(request, public_id)


@router.post("/redemptions/{public_id}/give-back", response=RedemptionOut)
def give_back_redemption(request: MemberRequest, public_id: str, data: RewardReasonIn) -> Any:
    """Give the points back; what is not delivered is cancelled."""
    services.give_back(redemption=_row(request, public_id), by=request.user, reason=data.reason)
    return _row(request, public_id)


@router.post("/redemptions/{public_id}/confirm", response=RedemptionOut)
def confirm_redemption(request: MemberRequest, public_id: str, data: WorthIn) -> Any:
    """Say that it is there, and whether it was worth its points."""
    row = _row(request, public_id)
    services.confirm(redemption=row, person=request.user.person, worth=data.worth, words=data.words)
    return _row(request, public_id)


@router.post("/redemptions/{public_id}/object", response=RedemptionOut)
def object_to_redemption(request: MemberRequest, public_id: str, data: ObjectionIn) -> Any:
    """Object to what came, or did not."""
    services.dispute(redemption=_row(request, public_id), person=request.user.person, words=data.words)
    return _row(request, public_id)


@router.post("/redemptions/{public_id}/answer", response=RedemptionOut)
def answer_redemption_objection(request: MemberRequest, public_id: str, data: ObjectionAnswerIn) -> Any:
    """Answer the open objection."""
    row = _row(request, public_id)
    services.answer_dispute(redemption=row, corrected=data.corrected, answer=data.answer, by=request.user)
    return _row(request, public_id)


@router.get("/liability", response=list[LiabilityOut])
def get_liability(request: MemberRequest) -> Any:
    """What is owed in points, the present month first."""
    _may(request, "incentives.see_liability")
    return [
        {
            "month": one.starts_on, "given": one.given, "taken_back": one.taken_back, "redeemed": one.redeemed,
            "expired": one.expired, "held": one.held, "unit_cost": one.unit_cost, "breakage": one.breakage,
            "owed": one.owed, "closed": one.closed,
        }
        for one in liability.report()
    ]  # fmt: skip
