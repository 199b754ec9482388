"""What the demo company knows of its customers: outcomes, whose word fields are, linked programs, readiness."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from references.accounts import kept, provenance
from references.accounts.enums import Membership
from references.models import Account, Contact, Correction, LinkedProgram, Outcome, Participation
from references.profiles import counting
from references.profiles.enums import CorrectionState
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import BATCH, Maker, bulk
from refprogram.people.enums import Role
from refprogram.people.models import User

# What was measured, its unit, which way is better, the reading before, and the shares that were left of it or gained.
MEASURES: Final = (
    ("Time to close the books", "days", "down", 12, (30, 80)),
    ("Orders shipped on the day they came", "%", "up", 61, (110, 150)),
    ("Support calls a month", "calls", "down", 840, (40, 85)),
    ("Stock that nobody needs", "€ k", "down", 2400, (55, 90)),
    ("Offers written a week", "offers", "up", 35, (120, 260)),
)
USES: Final = ("Order to cash", "Field service", "Demand planning", "Self-service", "Compliance reports")
COMPETITORS: Final = ("Brightware", "Nimbus One", "Oldstack", "")
PERSONAS: Final = ("CFO", "CIO", "Head of operations", "IT operations", "Head of sales")
PROGRAMS: Final = (
    ("Customer advisory council", "council", 2, "Two meetings a year, for eighteen months. What is said there stays."),
    ("Planning module, beta", "beta", 3, "Feedback every second week, by a form or a call."),
    ("User community", "community", None, "Meet-ups and a forum; no duties."),
)
# How far corrections have come, with what was noted.
CORRECTED: Final = (
    (CorrectionState.PROPOSED, "Their annual report"),
    (CorrectionState.PROPOSED, "They bought a competitor in spring"),
    (CorrectionState.SENT, "Said on the call of last week"),
    (CorrectionState.DONE, "Their annual report"),
    (CorrectionState.REFUSED, "That is the whole group, not this company"),
)
YEARS_AGREED: Final = dt.timedelta(days=760)  # from going live to the renewal
CRM_FIELDS: Final = ("name", "industry", "country", "city", "employees", "region")


def build(maker: Maker, people: Company) -> None:
    """Fill profiles, write outcomes, corrections and programs, and count readiness."""
    references = list(Account.objects.filter(state=Membership.ACTIVE).select_related("owner").order_by("pk"))
    _profiles(maker, references)
    _outcomes(maker, people, references)
    _corrections(maker, people, references)
    _programs(maker, people)
    counting.count_all()


def _profiles(maker: Maker, references: list[Account]) -> None:
    sponsors = list(User.objects.filter(role=Role.EXECUTIVE).order_by("pk"))
    said = provenance.written(CRM_FIELDS, maker.moment(maker.day_ago(1, 1)))
    for account in references:
        account.provenance = said if account.external_ref else {}
        account.use_cases = maker.chance.sample(USES, maker.chance.randint(1, 2))
        account.competitor = maker.chance.choice(COMPETITORS)
        account.sponsor = maker.chance.choice(sponsors) if sponsors and maker.chance.random() < 0.4 else None
        account.renews_on = maker.today + dt.timedelta(days=maker.chance.randint(30, 700))
        account.live_since = account.renews_on - YEARS_AGREED
    fields = ["provenance", "use_cases", "competitor", "sponsor", "renews_on", "live_since"]
    Account.objects.bulk_update(references, fields, batch_size=BATCH)
    contacts = list(Contact.objects.filter(account__in=references).order_by("pk"))
    for contact in contacts:
        contact.persona = maker.chance.choice(PERSONAS)
        contact.languages = ["en"]
    Contact.objects.bulk_update(contacts, ["persona", "languages"], batch_size=BATCH)


def _outcomes(maker: Maker, people: Company, references: list[Account]) -> None:
    rows: list[Any] = []
    for account in maker.chance.sample(references, len(references) // 3):
        metric, unit, direction, before, (least, most) = maker.chance.choice(MEASURES)
        after = Decimal(before) * maker.chance.randint(least, most) / 100
        verified = maker.chance.random() < 0.7
        rows.append(
            Outcome(
                account=account, metric=metric, unit=unit, direction=direction, before=Decimal(before),
                after=after.quantize(Decimal("0.1")), period="Over a year", recorded_by=account.owner,
                evidence_url="https://customer.example/report",
                verified_by=people.marketer if verified else None,
                verified_at=maker.moment(maker.day_ago(200, 3)) if verified else None,
            )
        )  # fmt: skip
    bulk(maker, rows)


def _corrections(maker: Maker, people: Company, references: list[Account]) -> None:
    known = [account for account in references if account.provenance and account.employees and account.owner]
    rows = []
    for (state, note), account in zip(
        CORRECTED, maker.chance.sample(known, min(len(CORRECTED), len(known))), strict=False
    ):
        stood = account.employees or 0
        decided = state in {CorrectionState.DONE, CorrectionState.REFUSED}
        rows.append(
            Correction(
                account=account, field="employees", stood=str(stood), proposed=str(stood + stood // 7 + 3), note=note,
                proposed_by=account.owner, state=state, created_at=maker.moment(maker.day_ago(40, 12)),
                decided_by=people.marketer if decided else None,
                decided_at=maker.moment(maker.day_ago(9, 1)) if decided else None,
            )
        )  # fmt: skip
    bulk(maker, rows)


def _programs(maker: Maker, people: Company) -> None:
    programs = bulk(maker, [
        LinkedProgram(name=name, kind=kind, cap_per_quarter=cap, terms=terms, owner=people.marketer)
        for name, kind, cap, terms in PROGRAMS
    ])  # fmt: skip
    contacts = list(Contact.objects.filter(state=Membership.ACTIVE).select_related("account").order_by("pk"))
    chosen = maker.chance.sample(contacts, min(30, len(contacts)))
    rows = [
        Participation(
            program=programs[number % len(programs)], account=contact.account, contact=contact,
            state="invited" if number % 7 == 0 else "active", since=maker.day_ago(400, 20),
            until=maker.today + dt.timedelta(days=maker.chance.randint(60, 500)),
        )
        for number, contact in enumerate(chosen)
    ]  # fmt: skip
    bulk(maker, rows)
    for contact in chosen:
        kept.settle(contact.account)
