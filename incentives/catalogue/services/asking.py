"""Asking for a reward: what hinders it is said; points and one of the stock are set aside; then it is decided."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.catalogue import kinds
from incentives.catalogue.eligible import Buyer, gift_kind, needs_nobody, rule_for, why_held, why_not
from incentives.catalogue.models import Item, Redemption
from incentives.catalogue.services.rows import lock_item, tell
from incentives.catalogue.services.settling import settle
from incentives.ledger import services as ledger
from incentives.ledger.models import Wallet
from references.models import Contact
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.fulfilment import services as gifts
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import new_public_id
from refprogram.people.models import Person, User


def buyer_of_user(user: User) -> Buyer:
    """Return a colleague with their own wallet."""
    return Buyer(user.person, ledger.wallet_of(user.person), user=user)


def buyer_of_contact(contact: Contact) -> Buyer:
    """Return a customer's person with their own wallet."""
    return Buyer(contact.person, ledger.wallet_of(contact.person), contact=contact)


def buyer_of_account(contact: Contact) -> Buyer:
    """Return a customer's person who chooses for their house, out of the account's wallet."""
    return Buyer(contact.person, ledger.wallet_of_account(contact.account), contact=contact)


@transaction.atomic
def ask_for(
    *,
    item: Item,
    buyer: Buyer,
    by: User,
    said: Mapping[str, Any] | None = None,
    key: str = "",
    actor: Person | None = None,
) -> Redemption:
    """Ask for an item: its points are set aside, one of the stock is kept, and it goes the way of its approval.

    `by` is the colleague in whose name it is asked for: oneself, or who looks after the customer; `actor` who pressed
    the button, where that is the customer. The same `key` again returns the first. Raises DomainError with the
    sentence that says why not; OverdrawnError where the points are gone.
    """
    public_id = new_public_id()
    key = key or public_id
    buyer = replace(buyer, wallet=ledger.hold(buyer.wallet))
    row = lock_item(item)
    if earlier := Redemption.objects.filter(key=key).first():
        return earlier
    _refuse(row, buyer)
    details = kinds.told(row.kind, said or {})
    cause = details.pop(kinds.CAUSE, "")[:200]
    holds = row.stock is not None
    if holds:
        row.taken += 1
        row.save(update_fields=["taken"])
    reserved = ledger.reserve(
        wallet=buyer.wallet, points=row.points, key=f"redemption:{public_id}", memo=row.name, actor=buyer.user
    )
    made = Redemption(
        public_id=public_id, key=key, item=row, wallet=buyer.wallet, person=buyer.person, contact=buyer.contact,
        account=buyer.account, points=row.points, value=row.cost, holds_stock=holds, details=details, cause=cause,
        reserved=reserved,
    )  # fmt: skip
    made.save(force_insert=True)
    tell("redemption.asked", made, actor_id=(actor or by.person).pk)
    _ask_gift(made, buyer, by)
    return settle(made, by=by)


def _refuse(item: Item, buyer: Buyer) -> None:
    regions = set(item.regions.values_list("pk", flat=True))
    if problem := why_held(buyer.person) or why_not(item, buyer, regions=regions):
        raise DomainError(problem)


def _ask_gift(row: Redemption, buyer: Buyer, by: User) -> None:
    """Ask for the gift: to be approved, paid, ordered, delivered like all others."""
    free = needs_nobody(row.item, buyer)
    spent = ngettext("%(n)d point", "%(n)d points", row.points) % {"n": row.points}
    row.gift = gifts.give(
        key=f"redemption:{row.public_id}",
        gift=gifts.Gift(
            kind=gift_kind(row.item), item=row.item.name, value=row.value, receiver=row.person,
            rule=rule_for(row.item, buyer), cause=row.cause, account_id=row.account_id, taxable=row.item.taxable,
        ),
        occasion=gifts.Occasion(
            row, spent, row.get_absolute_url(), _("A reward from the catalogue, for %(points)s.") % {"points": spent},
            ApprovalKind(row.item.road), needs_nobody=free,
        ),
        by=by,
    )  # fmt: skip
    row.auto = bool(free)
    row.save(update_fields=["gift", "auto"])


def may_spend(wallet: Wallet, contact: Contact) -> bool:
    """Whether a customer's person may choose out of this wallet: their own, or that of their account."""
    return wallet.person_id == contact.person_id or wallet.account_id == contact.account_id
