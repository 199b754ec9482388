"""The catalogue of the demo company: a full shelf, wishes in each state, a customer who chooses, and two draws."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from incentives.catalogue.enums import POINTS_SPENT, Clientele, ItemKind, RedemptionState, Road
from incentives.draws import drawing
from incentives.draws.enums import DrawState
from incentives.ledger import services as ledger
from incentives.ledger.booking import Booking, Side, book
from incentives.ledger.enums import Book, BookingKind
from incentives.models import Draw, Item, Redemption, Ticket, Wallet, Win
from references.models import Contact
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.budgets.enums import CostKind
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind, GiftPolicy
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.ops.demo.budgeting import Ledger, Plan
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.giving import Giver
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.models import User

R, F, K = RedemptionState, FulfilmentState, ItemKind
FUND: Final = Plan(
    "Rewards", "marketer", "What points are spent on.", 9_000, ((CostKind.INCENTIVE, "Thanks", 9_000),), ()
)
SMALL: Final = "Small rewards up to $50 need nobody’s yes"
# name, kind, points, cost, stock, small ones need nobody, what one gets
COLLEAGUES: Final = (
    ("Ten coffees across the street", K.VOUCHER, 120, 32, None, True, "A card for the bakery; cake counts as coffee."),
    ("Cinema for two", K.TICKETS, 180, 38, 40, True, "Any film, any evening."),
    ("Bookshop card", K.GIFT_CARD, 250, 50, None, True, "For the shop at the station, and online."),
    (
        "Friday afternoon off",
        K.AFTERNOON_OFF,
        400,
        0,
        None,
        False,
        "Agreed with your manager; the weekend starts at one.",
    ),
    ("Walk through the old town", K.CITY_TOUR, 450, 80, 12, False, "Two hours with a guide who knows the cellars."),
    ("A day off", K.DAY_OFF, 800, 0, None, False, "Agreed with your manager."),
    ("Course of your choice", K.TRAINING, 900, 240, 10, False, "Two days, on something you wanted to learn anyway."),
    ("Lunch with the chief executive", K.LUNCH, 1200, 90, 6, False, "The two of you, and no slides."),
    ("Headphones", K.ELECTRONICS, 1500, 280, 5, False, "Quiet on the train."),
    ("Donation to a cause of yours", K.DONATION, 500, 100, None, False, "In your name, if you like."),
    ("Conference pass and flight", K.CONFERENCE, 6000, 1900, 2, False, "One of the big three, in spring or autumn."),
)
CUSTOMERS: Final = (
    ("Half a day with our architect", K.FREE_SERVICE, 200, 0, None, False, "On what would help you most."),
    ("Seat in the training of your choice", K.TRAINING, 300, 180, 20, False, "In your city, or online."),
    ("Donation to a cause of yours", K.DONATION, 150, 60, None, False, "In the name of your house, if you like."),
    ("Regional hamper", K.VOUCHER, 180, 48, None, False, "From where you live."),
)
ROADS: Final = {K.LUNCH: Road.EXECUTIVE_TIME}
# who, what, how far, of the gift, days ago, verdict
WISHES: Final = (
    ("rep", "Ten coffees across the street", R.CONFIRMED, F.ACKNOWLEDGED, 34, 5),
    ("rep", "Cinema for two", R.DELIVERED, F.DELIVERED, 6, None),
    ("rep", "Friday afternoon off", R.ASKED, F.IN_APPROVAL, 1, None),
    ("support", "Bookshop card", R.ASKED, F.READY, 2, None),
    ("support", "Ten coffees across the street", R.CONFIRMED, F.ACKNOWLEDGED, 51, 4),
    ("manager", "Bookshop card", R.FAILED, F.ORDERED, 9, None),
    ("sales-head", "Cinema for two", R.ORDERED, F.ORDERED, 4, None),
)
SAID: Final = {K.VOUCHER: {"address": "At my desk"}, K.GIFT_CARD: {"address": "By mail"},
               K.TICKETS: {"names": "Myself and a friend", "address": "By mail"},
               K.AFTERNOON_OFF: {"wished": "The last Friday of the month"}}  # fmt: skip
WELCOME: Final = "Welcome to the catalogue"


@dataclass
class Shop:
    """Writes wishes with their points and their gifts."""

    maker: Maker
    giver: Giver
    items: dict[tuple[str, str], Item]

    def wish(self, user: User, wanted: tuple[str, str, RedemptionState, FulfilmentState, int, int | None]) -> None:
        """One wish of a colleague, as far as it is."""
        asker, name, state, gift_state, days, worth = wanted
        item = self.items[name, Clientele.COLLEAGUES]
        row = self._row(item, ledger.wallet_of(user.person), user, state, days)
        row.worth, row.failures = worth, int(state == R.FAILED)
        row.reason = "Sold out at the first shop; the second has it on Monday." if state == R.FAILED else ""
        self._keep(row, asker, gift_state, days)

    def choice(self, contact: Contact, name: str, days: int) -> None:
        """What a customer's person chose: it is on its way."""
        item = self.items[name, Clientele.CUSTOMERS]
        row = self._row(item, ledger.wallet_of(contact.person), contact, R.ORDERED, days)
        row.contact, row.account, row.details = contact, contact.account, {"address": "To the office, please"}
        self._keep(row, "marketer", F.ORDERED, days)

    def _row(self, item: Item, wallet: Wallet, who: User | Contact, state: RedemptionState, days: int) -> Redemption:
        number = Redemption.objects.count()
        reserved = ledger.reserve(wallet=wallet, points=item.points, key=f"demo:reward:{number}", memo=item.name)
        at = timezone.now() - dt.timedelta(days=days, hours=2)
        spent = ledger.redeem(entry=reserved, memo=item.name) if state in POINTS_SPENT else None
        there = at + dt.timedelta(days=4) if state in (R.DELIVERED, R.CONFIRMED) else None
        return Redemption(
            key=f"demo:{number}", item=item, wallet=wallet, person=who.person, points=item.points, value=item.cost,
            holds_stock=item.stock is not None, details=SAID.get(K(item.kind), {}), state=state, reserved=reserved,
            redeemed=spent, created_at=at, delivered_at=there, auto=item.is_auto,
            confirmed_at=at + dt.timedelta(days=5) if state == R.CONFIRMED else None,
        )  # fmt: skip

    def _keep(self, row: Redemption, asker: str, gift_state: FulfilmentState, days: int) -> None:
        bulk(self.maker, [row])
        rule = row.account
        gift = Fulfilment(
            key=f"redemption:{row.public_id}", kind=GiftKind.REWARD, item=row.item.name, value=row.value,
            receiver=row.person, account_id=row.account_id, policy=rule.gift_policy if rule else GiftPolicy.ALLOWED,
            ceiling=rule.gift_ceiling if rule else None, policy_note=rule.gift_note if rule else "",
            subject_type="redemption", subject_id=row.pk, label=f"{row.points} points", url=row.get_absolute_url(),
            requested_by=User.objects.get(email=address(asker)), fund=self.giver.fund,
            line=self.giver.fund.lines.get(), state=gift_state, needed_nobody=SMALL if row.auto else "",
            taxable=row.account is None,
        )  # fmt: skip
        if not gift.value:
            gift.fund = gift.line = None
        kind = ApprovalKind(row.item.road)
        self.giver.carry(gift, asker=asker, days=days, reason="A reward from the catalogue.", kind=kind)
        row.gift = gift
        row.save()
        if row.holds_stock:
            row.item.taken += 1
            row.item.save(update_fields=["taken"])
        facts: dict[str, Any] = {"person": row.person_id, "item": row.item_id, "points": row.points}
        self.maker.tell(
            "redemption.asked", row, row.created_at, account_id=row.account_id, actor_id=row.person_id, **facts
        )


def build(maker: Maker, company: Company) -> None:
    """Fill the shelf, give a first welcome in points, and write what became of the wishes."""
    mine = maker.apart("rewards")
    money = Ledger(mine, FUND, Quarter.of(mine.today))
    money.fill(is_now=True)
    rows = [_item(one, Clientele.COLLEAGUES) for one in COLLEAGUES] + [
        _item(one, Clientele.CUSTOMERS) for one in CUSTOMERS
    ]
    items = {(row.name, row.audience): row for row in bulk(mine, rows)}
    shop = Shop(mine, Giver(mine, money.fund), items)
    people = {user.email: user for user in User.objects.filter(email__endswith=address("")).select_related("person")}
    earners = [people[address(name)] for name in ("rep", "support", "manager", "sales-head")]
    _welcome([(user.person.pk, ledger.wallet_of(user.person), ledger.place_of(user.person)) for user in earners], 900)
    for wanted in sorted(WISHES, key=lambda wish: -wish[4]):
        shop.wish(people[address(wanted[0])], wanted)
    _customer(shop)
    _draws(mine, company, earners)
    mine.flush()


def _item(one: tuple[str, ItemKind, int, int, int | None, bool, str], audience: Clientele) -> Item:
    name, kind, points, cost, stock, small, words = one
    road = Road.CUSTOMER_BENEFIT if audience == Clientele.CUSTOMERS else ROADS.get(kind, Road.REWARD)
    return Item(
        name=name, kind=kind, points=points, cost=Decimal(cost), stock=stock, is_auto=small, description=words,
        audience=audience, road=road, is_gift=kind != K.FREE_SERVICE,
    )  # fmt: skip


def _welcome(whom: list[tuple[int, Wallet, dict[str, int | None]]], points: int, memo: str = WELCOME) -> None:
    at = timezone.now() - dt.timedelta(days=75)
    book(
        [
            Booking(
                key=f"demo:welcome:{person}",
                kind=BookingKind.ADJUSTED,
                memo=memo,
                occurred_at=at,
                place=place,
                sides=(Side(Book.ISSUED, -points), Side(Book.AVAILABLE, points, wallet)),
            )
            for person, wallet, place in whom
        ]
    )


def _customer(shop: Shop) -> None:
    """Somebody who speaks for us has points for their time, and chose something."""
    free = Contact.objects.filter(
        left_company_at__isnull=True, account__gift_policy=GiftPolicy.ALLOWED, account__state="active"
    )
    contact = free.select_related("person", "account").order_by("pk").first()
    if contact is None:
        return
    wallet = ledger.wallet_of(contact.person)
    _welcome([(contact.person_id, wallet, ledger.place_of(contact.person))], 480, "For three calls this year")
    shop.choice(contact, "Regional hamper", 5)


def _draws(maker: Maker, company: Company, earners: list[User]) -> None:
    """One draw that takes tickets, and one that was drawn."""
    now = timezone.now()
    open_, over = (
        Draw(
            name=name, prize=prize, value=Decimal(0), purpose=purpose, owner=company.marketer, closes_at=closes_at,
            secret=secret, commitment=drawing.commitment_of(secret),
        )
        for name, prize, purpose, closes_at, secret in (
            ("Seats in the stadium", "Two seats at the derby", "For each reference that is delivered.",
             now + dt.timedelta(days=24), drawing.commitment_of(f"open {maker.seed}")),
            ("Summer bicycle", "A folding bicycle", "For each nomination in a gap.", now - dt.timedelta(days=60),
             drawing.commitment_of(f"over {maker.seed}")),
        )
    )  # fmt: skip
    bulk(maker, [open_, over])
    at = over.closes_at - dt.timedelta(days=9)
    tickets = [
        Ticket(key=f"demo:{draw.pk}:{user.pk}", draw=draw, person=user.person, count=1 + number % 3, occurred_at=when)
        for draw, when in ((open_, now - dt.timedelta(days=2)), (over, at))
        for number, user in enumerate([*earners, *company.reps[:6]])
    ]
    known = {(row.draw_id, row.person_id): row for row in tickets}
    Ticket.objects.bulk_create(known.values())
    _drawn(maker, over)


def _drawn(maker: Maker, over: Draw) -> None:
    tickets = Ticket.objects.filter(draw=over).select_related("person").order_by("pk")
    held = [drawing.Held(row.person.public_id, row.count) for row in tickets]
    people = {row.person.public_id: row.person for row in tickets}
    over.drawn_from, over.list_hash = drawing.as_text(held), drawing.hash_of(held)
    over.state, over.drawn_at = DrawState.DRAWN, over.closes_at + dt.timedelta(days=1)
    over.save()
    for one in drawing.draw(secret=over.secret, held=held, places=1):
        win = Win(draw=over, place=1, person=people[one.person], number=one.number, attempt=one.attempt)
        bulk(maker, [win])
    maker.tell("draw.drawn", over, over.drawn_at, account_id=None, actor_id=None, owner=over.owner.person_id)
