"""What every verb of this room shares: its rows, held; who may; what is told.

Whoever holds several rows holds them in this order: redemption, wallet, item, gift with its money.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from incentives.catalogue.models import Item, Redemption
from incentives.ledger.services import hold, hold_many
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

RUN = "incentives.run_catalogue"
JOINED = (
    "item", "wallet", "person", "account", "contact__person", "contact__account", "reserved", "redeemed",
    "gift__receiver", "gift__approval", "gift__commitment", "gift__requested_by__person", "gift__proof",
)  # fmt: skip


def lock(redemption: Redemption) -> Redemption:
    """Return the redemption, fresh and locked, with what it is about; its wallet is held too, and one of the stock."""
    row = Redemption.objects.select_for_update(of=("self",)).select_related(*JOINED).get(pk=redemption.pk)
    row.wallet = hold(row.wallet)
    if row.holds_stock:
        row.item = lock_item(row.item)
    return row


def hold_all(keys: Iterable[int]) -> None:
    """Hold many redemptions, then their wallets, then what they took off the shelf: before the first is worked on."""
    rows = list(Redemption.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk"))
    hold_many(row.wallet_id for row in rows)
    list(
        Item.objects.select_for_update().filter(pk__in={row.item_id for row in rows if row.holds_stock}).order_by("pk")
    )


def lock_item(item: Item) -> Item:
    """Return the item, locked until the end of this transaction."""
    return Item.objects.select_for_update().get(pk=item.pk)


def allowed(by: User) -> None:
    """Raise NotAllowed for who does not run the catalogue."""
    if not by.has_perm(RUN):
        raise NotAllowed(_("That is for who runs the catalogue."))


def said(text: str, *, most: int = 500) -> str:
    """Return the reason as one line. Raises InvalidInput for nothing."""
    line = " ".join(text.split())[:most]
    if not line:
        message = _("Say why: it stays in the record, and the receiver reads it.")
        raise InvalidInput(message, errors={"reason": message})
    return line


def tell(topic: str, row: Redemption, *, actor_id: int | None, **facts: Any) -> None:
    """Emit what happened; `actor_id` is a person's."""
    payload = {"person": row.person_id, "item": row.item_id, "points": row.points, **facts}
    emit(topic, subject=row, account_id=row.account_id, actor_id=actor_id, payload=payload)
