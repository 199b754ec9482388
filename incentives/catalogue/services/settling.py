"""Keeping a redemption with its gift: where that stands, points and stock follow. Called by every verb and event."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.catalogue.enums import POINTS_BACK, POINTS_SPENT, REDEMPTION_MOVES, RedemptionState
from incentives.catalogue.models import Redemption
from incentives.catalogue.services.rows import hold_all, lock, lock_item, tell
from incentives.ledger import services as ledger
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel import moves
from refprogram.people.models import User

R, F = RedemptionState, FulfilmentState
_FOLLOWS: Final = {
    F.ORDERED: R.ORDERED,
    F.DELIVERED: R.DELIVERED,
    F.ACKNOWLEDGED: R.CONFIRMED,
    F.REJECTED: R.REJECTED,
    F.CANCELLED: R.CANCELLED,
    F.ORDER_CANCELLED: R.REFUNDED,
    F.REFUSED: R.REFUNDED,
    F.RETURNED: R.REFUNDED,
    F.REFUNDED: R.REFUNDED,
}


@transaction.atomic
def settle(redemption: Redemption, *, by: User | None = None) -> Redemption:
    """Bring a redemption to where its gift stands, with its points and its stock. Twice is once."""
    row = lock(redemption)
    _follow_replacement(row)
    to = target_of(row)
    if to is not None:
        go(row, to, by=by)
    return row


def _follow_replacement(row: Redemption) -> None:
    """A gift that was replaced (by charity, by something else) goes on as the one in its place."""
    gift = row.gift
    while gift is not None and gift.state == F.SUBSTITUTED:
        gift = Fulfilment.objects.select_related("receiver").get(replaces=gift)
    if gift is not None and gift.pk != row.gift_id:
        row.gift, row.cause = gift, gift.cause
        row.save(update_fields=["gift", "cause"])


def _moves(row: Redemption) -> bool:
    """Whether its gift has gone on without it: most often whoever moved the gift took it along."""
    return target_of(row) is not None or (row.gift is not None and row.gift.state == F.SUBSTITUTED)


def target_of(row: Redemption) -> RedemptionState | None:
    """Return where a redemption has to go because of its gift; None where it stands right."""
    gift = row.gift
    to = _FOLLOWS.get(F(gift.state)) if gift is not None else None
    if gift is None or to is None or row.state in POINTS_BACK:
        return None
    if gift.state == F.REFUSED and gift.delivered_at is not None:
        return None  # they have it still: points come back when it does
    if to in POINTS_BACK and row.redeemed is not None:
        to = R.REFUNDED
    elif to == R.REFUNDED:
        to = R.CANCELLED
    if row.state == R.FAILED and to == R.ORDERED:
        return None  # its order has failed: somebody tries again
    if row.state == R.CONFIRMED and row.confirmed_by_clock and to == R.DELIVERED:
        return None
    return None if to == row.state else to


def go(row: Redemption, to: RedemptionState, *, by: User | None, reason: str = "") -> None:
    """Take one step with all that belongs to it: stock, points, dates. The redemption is locked."""
    moves.check(row, to, moves=REDEMPTION_MOVES, noun=_("redemption"))
    if to in POINTS_BACK:
        _put_back(row)
        _give_points_back(row, by=by)
    elif to in POINTS_SPENT and row.redeemed is None:
        row.redeemed = ledger.redeem(entry=row.reserved, memo=row.item.name, actor=by)
    _date(row, to)
    gift_says = row.gift.reason if row.gift is not None and to in POINTS_BACK else ""
    row.reason = (reason or gift_says or row.reason)[:500]
    moves.move(
        row, to, moves=REDEMPTION_MOVES, noun=_("redemption"),
        also=["redeemed", "holds_stock", "delivered_at", "confirmed_at", "confirmed_by_clock", "reason"],
    )  # fmt: skip
    tell(f"redemption.{to}", row, actor_id=by.person_id if by else None)


def _date(row: Redemption, to: RedemptionState) -> None:
    if to == R.DELIVERED:
        row.delivered_at = row.delivered_at or timezone.now()
    elif to == R.CONFIRMED:
        row.delivered_at = row.delivered_at or timezone.now()
        row.confirmed_at = timezone.now()
    elif to == R.ORDERED:
        row.delivered_at = row.confirmed_at = None
        row.confirmed_by_clock = False


def _put_back(row: Redemption) -> None:
    """One more is on the shelf, unless the receiver had it and kept it."""
    came_back = row.gift is not None and row.gift.state in (F.RETURNED, F.REFUNDED)
    if row.holds_stock and (row.delivered_at is None or came_back):
        item = lock_item(row.item)
        item.taken -= 1
        item.save(update_fields=["taken"])
        row.holds_stock = False


def _give_points_back(row: Redemption, *, by: User | None) -> None:
    if row.redeemed is None:
        ledger.release(entry=row.reserved, memo=row.item.name, actor=by)
    else:
        ledger.refund(entry=row.redeemed, memo=row.item.name, actor=by)


@transaction.atomic
def follow_gifts(*, gift_ids: Iterable[int]) -> None:
    """Something happened to gifts, or they replace others: the redemptions behind them follow. Twice is once.

    Several are held at once, kind by kind and each kind by its ids: whoever holds one of them never waits for us while
    we wait for them.
    """
    behind = {row.pk: row for pk in sorted(set(gift_ids)) if (row := _behind(pk)) is not None and _moves(row)}
    hold_all(behind)
    for pk in sorted(behind):
        settle(behind[pk])


def _behind(gift_id: int) -> Redemption | None:
    """Return the redemption that a gift, or the one that it replaces, was given for."""
    gift = Fulfilment.objects.filter(pk=gift_id).first()
    seen = 0
    while gift is not None and seen < 20:
        found = Redemption.objects.filter(gift=gift).select_related("gift").first()
        if found is not None:
            return found
        gift, seen = gift.replaces, seen + 1
    return None
