"""What who runs the catalogue does: order, note that it failed, try again, hand over with proof, give back."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from incentives.catalogue import policy
from incentives.catalogue.enums import REDEMPTION_MOVES, RedemptionState
from incentives.catalogue.models import Redemption
from incentives.catalogue.services.rows import allowed, lock, said
from incentives.catalogue.services.settling import go, settle
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.models import StoredFile
from refprogram.people.models import User

R, F = RedemptionState, FulfilmentState


@transaction.atomic
def order(*, redemption: Redemption, by: User, reference: str = "") -> Redemption:
    """Note that it is ordered: its points are spent now."""
    row = lock(redemption)
    allowed(by)
    gifts.order(fulfilment=_gift(row), by=by, reference=reference)
    return settle(row, by=by)


@transaction.atomic
def fail(*, redemption: Redemption, reason: str, by: User) -> Redemption:
    """Note that an order failed. After the last try points and money are given back by themselves."""
    row = lock(redemption)
    _for_somebody_else(row, by)
    moves.check(row, R.FAILED, moves=REDEMPTION_MOVES, noun=_("redemption"))
    words = said(reason)
    row.failures += 1
    row.save(update_fields=["failures"])
    go(row, R.FAILED, by=by, reason=words)
    if row.failures > policy.now().retries:
        return give_back(redemption=row, reason=words, by=by)
    return row


@transaction.atomic
def retry(*, redemption: Redemption, by: User) -> Redemption:
    """Order again what failed."""
    row = lock(redemption)
    allowed(by)
    if row.state != R.FAILED:
        raise DomainError(_("Only what failed is tried again."))
    go(row, R.ORDERED, by=by)
    return row


@transaction.atomic
def deliver(
    *,
    redemption: Redemption,
    by: User,
    proof: StoredFile | None = None,
    note: str = "",
    cost: Decimal | None = None,
) -> Redemption:
    """Note that the receiver has it: with a file or a word as proof, and what it cost in the end."""
    row = lock(redemption)
    _for_somebody_else(row, by)
    gifts.deliver(fulfilment=_gift(row), by=by, proof=proof, note=note, cost=cost)
    return settle(row, by=by)


@transaction.atomic
def give_back(*, redemption: Redemption, reason: str, by: User) -> Redemption:
    """Give the points back, with the reason. What is not delivered is cancelled, and its money is free again.

    What was delivered keeps its cost: the points come back, the money does not.
    """
    row = lock(redemption)
    _for_somebody_else(row, by)
    words = said(reason)
    gift = _gift(row)
    if gift.state == F.ORDERED:
        gifts.cancel_order(fulfilment=gift, by=by, reason=words, taken_back=True)
        return settle(row, by=by)
    if gift.state in (F.IN_APPROVAL, F.WAITING_MONEY, F.READY, F.SCHEDULED):
        gifts.cancel(fulfilment=gift, by=by, reason=words)
        return settle(row, by=by)
    go(row, R.REFUNDED, by=by, reason=words)
    return row


def _for_somebody_else(row: Redemption, by: User) -> None:
    """Refuse who runs the catalogue in what they asked for themselves: they would have the thing and the points."""
    allowed(by)
    if row.person_id == by.person_id:
        raise NotAllowed(_("You asked for this yourself: somebody else says how it went."))


def _gift(row: Redemption) -> Fulfilment:
    if row.gift is None:
        raise DomainError(_("It is not decided yet."))
    return row.gift
