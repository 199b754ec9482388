"""Items on the shelf, and redemptions as far as a test needs them; they only move by the services."""

import datetime as dt
from decimal import Decimal

import factory
import time_machine
from django.utils import timezone
from factory.django import DjangoModelFactory

from incentives.catalogue import services
from incentives.catalogue.enums import Clientele, ItemKind, Road
from incentives.catalogue.models import Item, Redemption
from incentives.draws.models import Draw, Win
from incentives.draws.services import open_draw
from references.models import Contact
from refprogram.people.models import User
from tests.factories.gifts import gift_fund
from tests.factories.incentives import booked
from tests.factories.people import UserFactory

SAID = {"address": "rhea@house.example"}


class ItemFactory(DjangoModelFactory):
    """A voucher of 50 for 300 points, without limit, for every colleague; it needs the manager's yes."""

    class Meta:
        model = Item
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Voucher {n}")
    kind = ItemKind.VOUCHER
    points = 300
    cost = Decimal(50)

    class Params:
        for_customers = factory.Trait(audience=Clientele.CUSTOMERS, road=Road.CUSTOMER_BENEFIT, kind=ItemKind.GIFT_CARD)


class WinFactory(DjangoModelFactory):
    """Somebody who won a draw, by the first ticket."""

    class Meta:
        model = Win

    number, attempt = 0, 0


def asked(user: User, *, points: int = 300, item: Item | None = None, **fields: object) -> Redemption:
    """A colleague with so many points, for a month, who asked for an item; it waits for their manager."""
    with time_machine.travel(timezone.now() - dt.timedelta(days=31)):
        booked(points, person=user.person)
    user = User.objects.get(pk=user.pk)  # with the manager that the team has by now
    said = {**SAID, **fields.pop("said", {})}
    buyer = services.buyer_of_user(user)
    return services.ask_for(item=item or ItemFactory(**fields), buyer=buyer, by=user, said=said)


def ready(user: User, *, item: Item | None = None) -> Redemption:
    """What can be ordered: small, of a trusted colleague, with money set aside."""
    gift_fund(1000)
    return asked(user, item=item or ItemFactory(kind=ItemKind.VOUCHER, is_auto=True))


def handed_over(user: User, *, by: User | None = None) -> Redemption:
    """What was ordered and handed over."""
    by = by or UserFactory(role="marketer")
    row = services.order(redemption=ready(user), by=by)
    return services.deliver(redemption=row, by=by, note="Sent by mail")


def chosen(contact: Contact, *, points: int = 300, by: User | None = None, **fields: object) -> Redemption:
    """A customer's person with so many points who chose something."""
    by = by or UserFactory(role="marketer")
    services.give_points(to=contact, points=points, reason="For an hour of your time", by=by)
    item = ItemFactory(for_customers=True, **fields)
    return services.ask_for(item=item, buyer=services.buyer_of_contact(contact), by=by, said=SAID)


def opened_draw(owner: User | None = None, **fields: object) -> Draw:
    """A draw that takes tickets for a week."""
    closes_at = timezone.now() + dt.timedelta(days=7)
    facts = {"name": "Spring", "prize": "A bicycle", "value": Decimal(0), "closes_at": closes_at, **fields}
    return open_draw(owner=owner or UserFactory(role="marketer"), **facts)
