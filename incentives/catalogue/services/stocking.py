"""Keeping the shelf: what is offered, to whom, for how many points, and how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from incentives.catalogue import policy
from incentives.catalogue.enums import Clientele, ItemKind, Road
from incentives.catalogue.models import Item
from incentives.catalogue.services.rows import allowed, lock_item
from refprogram.governance.budgets.services.book import amount_of
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import Region, User


@dataclass(frozen=True)
class Shelf:
    """An item as it is to be. `stock`: how many there ever were (those taken count); None: no limit."""

    name: str
    kind: ItemKind
    points: int
    cost: Decimal = Decimal(0)
    description: str = ""
    stock: int | None = None
    audience: Clientele = Clientele.COLLEAGUES
    regions: Iterable[Region] = ()
    roles: Iterable[str] = ()
    taxable: bool = False
    is_gift: bool = True
    is_auto: bool = False
    road: Road = field(default=Road.REWARD)


@transaction.atomic
def add_item(*, shelf: Shelf, by: User) -> Item:
    """Put something into the catalogue."""
    allowed(by)
    row = Item(**_sound(shelf, None))
    row.save(force_insert=True)
    row.regions.set(shelf.regions)
    emit("item.added", subject=row, actor_id=by.person_id, payload={"points": row.points})
    return row


@transaction.atomic
def change_item(*, item: Item, shelf: Shelf, by: User) -> Item:
    """Change an item. Who asked for it already keeps the points and the value that it had."""
    row = lock_item(item)
    allowed(by)
    for name, value in _sound(shelf, row).items():
        setattr(row, name, value)
    row.save()
    row.regions.set(shelf.regions)
    emit("item.changed", subject=row, actor_id=by.person_id, payload={"points": row.points})
    return row


@transaction.atomic
def restock(*, item: Item, more: int, by: User) -> Item:
    """Put more on the shelf, or take some off that nobody has (a negative number)."""
    row = lock_item(item)
    allowed(by)
    stock = (row.taken if row.stock is None else row.stock) + more
    if stock < row.taken:
        message = _("Only %(left)d are left.") % {"left": row.left or 0}
        raise InvalidInput(message, errors={"more": message})
    row.stock = stock
    row.save(update_fields=["stock"])
    emit("item.changed", subject=row, actor_id=by.person_id, payload={"points": row.points})
    return row


@transaction.atomic
def offer(*, item: Item, by: User) -> Item:
    """Offer it (again)."""
    return _offered(item, by, yes=True)


@transaction.atomic
def take_out(*, item: Item, by: User) -> Item:
    """Offer it no longer; what was asked for goes on."""
    return _offered(item, by, yes=False)


def _offered(item: Item, by: User, *, yes: bool) -> Item:
    row = lock_item(item)
    allowed(by)
    if row.offered != yes:
        row.offered = yes
        row.save(update_fields=["offered"])
        emit(
            "item.added" if yes else "item.removed", subject=row, actor_id=by.person_id, payload={"points": row.points}
        )
    return row


def _sound(shelf: Shelf, row: Item | None) -> dict[str, Any]:
    """Return the item's values, tidied. Raises InvalidInput, by field, for what cannot be."""
    name = " ".join(shelf.name.split())[:120]
    taken = row.taken if row is not None else 0
    same = Item.objects.filter(name=name, audience=shelf.audience).exclude(pk=row.pk if row else 0)
    errors = {}
    if not name:
        errors["name"] = _("Give it a name.")
    elif same.exists():
        errors["name"] = _("There is one of this name already.")
    if not 1 <= shelf.points <= policy.MOST_POINTS:
        errors["points"] = _("From 1 to %(most)s points.") % {"most": policy.MOST_POINTS}
    if shelf.stock is not None and shelf.stock < taken:
        errors["stock"] = _("%(taken)d are taken already: at least as many.") % {"taken": taken}
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)
    for_customers = shelf.audience == Clientele.CUSTOMERS
    return {
        "name": name, "kind": shelf.kind, "points": shelf.points, "description": shelf.description.strip()[:600],
        "cost": amount_of(shelf.cost, field="cost") if shelf.cost else Decimal(0), "stock": shelf.stock,
        "audience": shelf.audience, "roles": [] if for_customers else sorted(shelf.roles),
        "taxable": shelf.taxable, "is_gift": shelf.is_gift, "is_auto": shelf.is_auto and not for_customers,
        "road": Road.CUSTOMER_BENEFIT if for_customers else shelf.road,
    }  # fmt: skip
