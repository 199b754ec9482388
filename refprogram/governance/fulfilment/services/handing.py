"""From the money to the receiver's hands: ordered or scheduled, delivered with proof."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.budgets import services as funds
from refprogram.governance.budgets.enums import CommitmentState
from refprogram.governance.budgets.services.book import amount_of
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.services.rows import allowed, check, lock, move, refuse_step, said, tell
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.files import services as files
from refprogram.kernel.models import StoredFile
from refprogram.people.models import User

S = FulfilmentState


@transaction.atomic
def schedule(*, fulfilment: Fulfilment, on: dt.date, by: User) -> Fulfilment:
    """Set the day on which it is to be ordered or handed over. Raises InvalidInput for a day that is over."""
    row = lock(fulfilment)
    allowed(by, "governance.handle_gifts", row)
    check(row, S.SCHEDULED)
    if on < timezone.localdate():
        message = _("This day is over. Choose today or later.")
        raise InvalidInput(message, errors={"on": message})
    row.scheduled_on = on
    move(row, S.SCHEDULED, also=["scheduled_on"])
    tell("gift.scheduled", row, actor_id=by.person_id)
    return row


@transaction.atomic
def order(*, fulfilment: Fulfilment, by: User, reference: str = "") -> Fulfilment:
    """Note that it is ordered; `reference` is the shop's number, where it has one."""
    row = lock(fulfilment)
    allowed(by, "governance.handle_gifts", row)
    row.ordered_at, row.order_reference = timezone.now(), " ".join(reference.split())[:80]
    if row.state == S.DELIVERED:
        raise refuse_step(row)  # only the receiver says that it has not arrived
    move(row, S.ORDERED, also=["ordered_at", "order_reference"])
    tell("gift.ordered", row, actor_id=by.person_id)
    return row


@transaction.atomic
def deliver(
    *,
    fulfilment: Fulfilment,
    by: User,
    proof: StoredFile | None = None,
    note: str = "",
    cost: Decimal | None = None,
) -> Fulfilment:
    """Note that the receiver has it: with a file or a word as proof, and what it cost in the end.

    Raises InvalidInput without proof, or where it cost more than the promise and the fund's free money together.
    """
    row = lock(fulfilment)
    allowed(by, "governance.handle_gifts", row)
    check(row, S.DELIVERED)
    note = " ".join(note.split())[:200]
    if proof is None and not note:
        message = _("Add a file, or say how you know that it was delivered.")
        raise InvalidInput(message, errors={"note": message})
    if proof is not None:
        row.proof = files.attach(file=proof, subject=row)
    pay(row, cost, by=by)
    row.delivered_at, row.proof_note = timezone.now(), note
    move(row, S.DELIVERED, also=["delivered_at", "proof", "proof_note", "cost"])
    tell("gift.delivered", row, actor_id=by.person_id, amount=row.cost)
    return row


@transaction.atomic
def cancel_order(
    *, fulfilment: Fulfilment, by: User, reason: str, taken_back: bool, cost: Decimal | None = None
) -> Fulfilment:
    """Note that the order is cancelled. Only what the supplier takes back is free again.

    What it keeps is paid: `cost`, or all of it. Raises IllegalMove for what was never ordered, or is delivered.
    """
    row = lock(fulfilment)
    allowed(by, "governance.handle_gifts", row)
    check(row, S.ORDER_CANCELLED)
    row.reason = said(reason)
    if not taken_back:
        pay(row, cost, by=by)
    elif row.commitment is not None and row.commitment.state == CommitmentState.COMMITTED:
        funds.release(commitment=row.commitment, by=by, reason=row.reason[:200])
    move(row, S.ORDER_CANCELLED, also=["reason", "cost"])
    tell("gift.order_cancelled", row, actor_id=by.person_id)
    return row


def pay(row: Fulfilment, cost: Decimal | None, *, by: User | None) -> None:
    """Book the cost once: what is delivered a second time was paid the first time."""
    if row.commitment is None or row.commitment.state != CommitmentState.COMMITTED:
        row.cost = row.cost or Decimal(0)
        return
    row.cost = amount_of(row.value if cost is None else cost, field="cost")
    try:
        funds.spend(commitment=row.commitment, amount=row.cost, key=f"fulfilment:{row.pk}", by=by, memo=row.item)
    except InvalidInput as refusal:
        raise InvalidInput(refusal.message, errors={"cost": refusal.message}) from refusal


@transaction.atomic
def mark_taxable(*, fulfilment: Fulfilment, taxable: bool, by: User) -> Fulfilment:
    """Say whether the receiver's tax office wants to know of it."""
    row = lock(fulfilment)
    allowed(by, "governance.account_for_gifts", row)
    row.taxable = taxable
    row.save(update_fields=["taxable"])
    return row
