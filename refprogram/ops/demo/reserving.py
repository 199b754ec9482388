"""Give and take of the demo company: a ledger of all asks, what was given, plans that keep customers, one override."""

import datetime as dt
from typing import Any

from references.accounts import kept, policy
from references.accounts.enums import OPEN_ASKS, AskState, Membership
from references.accounts.recounting import recount_all
from references.goodwill import policy as worth
from references.goodwill.enums import GIVES, GoodwillKind, Team
from references.goodwill.models import AskOverride, GoodwillEntry, Reservation
from references.models import Ask, Contact
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import BATCH, Maker, bulk

NOTES = {
    GoodwillKind.EXECUTIVE_TIME: "Lunch with our chief executive",
    GoodwillKind.TRAINING: "Two seats in the spring training",
    GoodwillKind.EARLY_ACCESS: "Preview of the next release",
    GoodwillKind.AWARD: "Customer of the year, region",
    GoodwillKind.VISIBILITY: "Joint webinar and press note",
    GoodwillKind.THANKS: "Card and flowers from the team",
}
PLANS = (
    ("Q4 launch", Team.PR, 10, 12, 30, True),
    ("Analyst day", Team.PRODUCT, 24, 3, 50, False),
    ("Advisory council, winter meeting", Team.COUNCIL, 35, 2, 40, False),
    ("Trade fair, booth talks", Team.EVENTS, 5, 6, 40, True),
)
REASON = "The customer offered it themselves at the fair, and the board asked for this very name."


def build(maker: Maker, people: Company) -> None:
    """Write the ledger from the asks and gifts there are, add gives and plans, and count what is kept."""
    _name_teams()
    _ledger_of_asks(maker)
    _gives(maker, people)
    _gifts()
    _plans(maker, people)
    recount_all(policy.now(), _quietly)
    _override(maker, people)


def _quietly(done: int, total: int, message: str) -> None:
    """Nobody watches how far it is."""


def _name_teams() -> None:
    """Asks for requests are those of the team that asked; surveys are the program's own."""
    for wanting in Team.values:
        asks = Ask.objects.filter(candidate__request__wanting=wanting, team="")
        Ask.objects.filter(pk__in=asks.values("pk")).update(team=wanting)
    Ask.objects.filter(team="", activity__isnull=False).update(team=Team.PROGRAM)


def _ledger_of_asks(maker: Maker) -> None:
    no = policy.now().decline_effort
    ended = Ask.objects.filter(state__in=[AskState.SPENT, AskState.DECLINED], activity__isnull=False)
    rows: list[Any] = [
        GoodwillEntry(
            account_id=ask.account_id,
            contact_id=ask.contact_id,
            kind=GoodwillKind.ASK if ask.state == AskState.SPENT else GoodwillKind.DECLINED,
            points=-(ask.effort if ask.state == AskState.SPENT else no),
            source_type="ask",
            source_id=ask.pk,
            at=ask.ended_at,
        )
        for ask in ended.order_by("pk")
        if ask.ended_at is not None and (ask.effort or ask.state == AskState.DECLINED)
    ]
    GoodwillEntry.objects.bulk_create(rows, batch_size=BATCH)


def _gives(maker: Maker, people: Company) -> None:
    contacts = list(Contact.objects.filter(state=Membership.ACTIVE).select_related("account").order_by("pk"))
    chosen = maker.chance.sample(contacts, len(contacts) // 3)
    kinds = [kind for kind in GIVES if kind != GoodwillKind.GIFT]
    rows = []
    for number, contact in enumerate(chosen):
        kind = maker.chance.choice(kinds)
        at = maker.moment(maker.day_ago(200, 2))
        rows.append(
            GoodwillEntry(
                account=contact.account, contact=contact, kind=kind, points=worth.now().worth[kind],
                source_type="demo", source_id=number, note=NOTES[kind],
                recorded_by=contact.account.owner or people.marketer, at=at,
            )
        )  # fmt: skip
    GoodwillEntry.objects.bulk_create(rows, batch_size=BATCH)


def _gifts() -> None:
    """What was delivered to customers' people stands in the ledger as a deposit."""
    here = [FulfilmentState.DELIVERED, FulfilmentState.ACKNOWLEDGED]
    gifts = {row.receiver_id: row for row in Fulfilment.objects.filter(state__in=here).order_by("pk")}
    rows = [
        GoodwillEntry(
            account_id=contact.account_id, contact=contact, kind=GoodwillKind.GIFT,
            points=worth.now().worth[GoodwillKind.GIFT], source_type="fulfilment",
            source_id=gifts[contact.person_id].pk, note=gifts[contact.person_id].item[:200],
            at=gifts[contact.person_id].delivered_at or gifts[contact.person_id].created_at,
        )
        for contact in Contact.objects.filter(person__in=list(gifts)).order_by("pk")
    ]  # fmt: skip
    GoodwillEntry.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _plans(maker: Maker, people: Company) -> None:
    free = Contact.objects.filter(state=Membership.ACTIVE, account__open_asks=0, account__frozen=False)
    contacts = list(free.select_related("account").order_by("pk"))
    chosen = maker.chance.sample(contacts, min(len(contacts), len(PLANS)))  # a tiny company has few who are free
    rows = []
    for contact, (purpose, team, ahead, days, points, whole) in zip(chosen, PLANS, strict=False):
        first = maker.today + dt.timedelta(days=ahead)
        rows.append(
            Reservation(
                account=contact.account, contact=None if whole else contact, purpose=purpose, team=team,
                starts_on=first, ends_on=first + dt.timedelta(days=days), points=points,
                reserved_by=people.marketer,
            )
        )  # fmt: skip
    bulk(maker, rows)


def _override(maker: Maker, people: Company) -> None:
    ask = Ask.objects.filter(state__in=OPEN_ASKS, activity__isnull=False).order_by("-pk").first()
    if ask is not None:
        bulk(maker, [AskOverride(ask=ask, rules=["rest"], reason=REASON, made_by=people.marketer)])
        kept.settle(ask.account)
