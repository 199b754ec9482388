"""What people of the demo company earn: a month that went to payroll, one that waits, this one; SPIFFs, a question."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from incentives.models import (
    Accrual,
    Escalator,
    PayDispute,
    PayExport,
    PayLine,
    PayPeriod,
    Spiff,
    SpiffEntry,
    SpiffVote,
)
from incentives.pay.enums import (
    AccrualKind,
    EntryState,
    EscalatorState,
    Metric,
    PeriodState,
    SpiffAudience,
    SpiffState,
)
from incentives.pay.exporting import sign
from incentives.pay.months import last_day
from incentives.pay.placing import places
from incentives.pay.selectors import escalators, spiffs
from incentives.pay.services.exporting import files_of
from incentives.pay.services.months import lines_for
from incentives.quality.selectors import scores_of
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.models import User

EARNERS: Final = 9
WORKED: Final = (
    ("Reference call that the customer rated 5", Decimal("120.00"), 5),
    ("Deal won with a reference", Decimal("350.00"), 2),
    ("On-site demo with a reference customer", Decimal("80.00"), 3),
)
TIERS: Final = [["70", "1.05"], ["85", "1.10"], ["95", "1.20"]]
NEXT_TIERS: Final = [["75", "1.05"], ["88", "1.12"], ["96", "1.25"]]
A_DAY: Final = dt.timedelta(days=1)
DASHBOARDS: Final = ("Renewals at a glance", "Who was asked lately", "Pipeline with a reference", "Quiet accounts")


class Office(NamedTuple):
    """Who answers for pay, and who earns."""

    finance: User
    head: User
    marketer: User
    earners: Sequence[User]


def build(maker: Maker, company: Company) -> None:
    """Write three months of pay, two versions of the escalator, four SPIFFs and a question."""
    mine = maker.apart("pay")
    by_mail = {user.email: user for user in User.objects.filter(email__endswith=address("")).select_related("person")}
    known = [user for user in (by_mail.get(address("rep")), by_mail.get(address("support"))) if user is not None]
    others = [user for user in [*company.reps, *company.supporters] if user not in known]
    office = Office(
        finance=by_mail[address("finance")],
        head=by_mail[address("sales-head")],
        marketer=by_mail[address("marketer")],
        earners=[*known, *others[: EARNERS - len(known)]],
    )
    months = _last_months(mine.today, 3)
    version = _escalators(mine, office, months)
    held = [PayPeriod(starts_on=month) for month in months]
    periods = dict(zip(months, bulk(mine, held), strict=True))
    settled = _settled_spiff(mine, office, months[0])
    for month in months:
        _accrue(mine, office, periods[month], month)
    _prizes(mine, settled, periods[months[0]])
    for month in months[:2]:
        _multiply(mine, version, periods[month])
    _close(mine, office, periods[months[0]], periods[months[1]])
    _spiffs(mine, office, months)
    _question(mine, office, periods[months[2]])
    mine.flush()


def _last_months(today: dt.date, n: int) -> list[dt.date]:
    found = [today.replace(day=1)]
    while len(found) < n:
        found.insert(0, (found[0] - A_DAY).replace(day=1))
    return found


def _escalators(maker: Maker, office: Office, months: Sequence[dt.date]) -> Escalator:
    begun = maker.moment(months[0] - 20 * A_DAY)
    rows = bulk(maker, [
        Escalator(number=1, tiers=TIERS, most_a_month=Decimal("600.00"), starts_on=months[0], state=EscalatorState.LIVE,
                  written_by=office.marketer, approved_by=office.head, approved_at=begun),
        Escalator(number=2, tiers=NEXT_TIERS, most_a_month=Decimal("800.00"),
                  starts_on=(last_day(months[2]) + A_DAY), written_by=office.marketer),
    ])  # fmt: skip
    maker.tell("escalator.started", rows[0], begun, account_id=None, actor_id=office.head.person_id)
    return rows[0]


def _accrue(maker: Maker, office: Office, period: PayPeriod, month: dt.date) -> None:
    """Give each earner a few amounts in a month, none in the future."""
    last = min(last_day(month), maker.today)
    rows: list[Accrual] = []
    for user in office.earners:
        for n in range(maker.chance.randint(1, 5)):
            words, amount = maker.weighted([((words, amount), weight) for words, amount, weight in WORKED])
            at = maker.moment(month + A_DAY * maker.chance.randint(0, (last - month).days))
            rows.append(
                Accrual(key=f"demo:{month}:{user.pk}:{n}", kind=AccrualKind.RULE, person=user.person, period=period,
                        earned_in=month, amount=amount, escalates=True, memo=words, occurred_at=at, created_at=at)
            )  # fmt: skip
    _book(maker, rows)


def _book(maker: Maker, rows: list[Accrual]) -> None:
    for row in bulk(maker, rows):
        facts = {"person": row.person_id, "amount": str(row.amount)}
        maker.tell("pay.accrued", row, row.created_at, account_id=None, actor_id=None, **facts)


def _multiply(maker: Maker, version: Escalator, period: PayPeriod) -> None:
    """Add what the escalator adds, as closing a month does."""
    month, terms = period.starts_on, escalators.terms_of(version)
    base: dict[int, Decimal] = {}
    for row in Accrual.objects.filter(period=period, escalates=True).order_by("pk"):
        base[row.person_id] = base.get(row.person_id, Decimal(0)) + row.amount
    scores = scores_of(base, month)
    at = maker.moment(last_day(month) + 2 * A_DAY)
    rows = [
        Accrual(key=f"escalator:{person}:{month}:1", kind=AccrualKind.ESCALATOR, person_id=person, period=period,
                earned_in=month, amount=more, memo=f"Escalator of {month:%B %Y}", escalator=version,
                score=scores.get(person, 100), occurred_at=at, created_at=at)
        for person, amount in base.items()
        if (more := terms.added(amount, scores.get(person, 100)))
    ]  # fmt: skip
    _book(maker, rows)


def _close(maker: Maker, office: Office, first: PayPeriod, second: PayPeriod) -> None:
    """The first month went to payroll, the second waits for the second person."""
    for period in (first, second):
        period.state, period.proposed_by = PeriodState.CLOSING, office.finance
        period.proposed_at = maker.moment(last_day(period.starts_on) + 3 * A_DAY)
        period.save()
        maker.tell("pay.closing", period, period.proposed_at, account_id=None, actor_id=office.finance.person_id)
    bulk(maker, lines_for(first))
    first.state, first.closed_by = PeriodState.CLOSED, office.head
    first.closed_at = maker.moment(last_day(first.starts_on) + 4 * A_DAY)
    first.save()
    lines = PayLine.objects.filter(period=first)
    facts = {"people": lines.count(), "amount": str(sum((line.total for line in lines), Decimal("0.00")))}
    maker.tell("pay.closed", first, first.closed_at, account_id=None, actor_id=office.head.person_id, **facts)
    content, manifest = files_of(first)
    signature, key = sign(manifest)
    at = first.closed_at + dt.timedelta(hours=2)
    PayExport.objects.create(
        period=first, content=content, manifest=manifest, signature=signature, public_key=key, made_by=office.finance,
        made_at=at,
    )  # fmt: skip
    maker.tell("pay.exported", first, at, account_id=None, actor_id=office.finance.person_id)


# ---------------------------------------------------------------- SPIFFs


def _settled_spiff(maker: Maker, office: Office, month: dt.date) -> Spiff:
    """One that is long settled: its prizes came with the first month."""
    row = Spiff(
        name="Contacts before the autumn push", metric=Metric.CONTACTS, audience=SpiffAudience.FIELD,
        starts_on=month - 30 * A_DAY, ends_on=month - A_DAY, prizes=["300.00", "200.00", "100.00"],
        proof="The list of contacts, with how each of them was met", state=SpiffState.SETTLED,
        written_by=office.marketer, approved_by=office.head, live_since=maker.moment(month - 32 * A_DAY),
        settled_at=maker.moment(month + 9 * A_DAY),
    )  # fmt: skip
    spiff = bulk(maker, [row])[0]
    figures = {user.person_id: 14 - 3 * n for n, user in enumerate(office.earners[:4])}
    bulk(maker, [
        SpiffEntry(spiff=spiff, person_id=place.person_id, figure=place.figure, place=place.place, prize=place.prize,
                   state=EntryState.PROVED if place.prize else EntryState.IN, shown="See the list in the CRM.",
                   judged_by=office.marketer if place.prize else None)
        for place in places(figures, spiffs.prizes_of(spiff), spiff.least)
    ])  # fmt: skip
    return spiff


def _prizes(maker: Maker, spiff: Spiff, period: PayPeriod) -> None:
    at = spiff.settled_at or maker.moment(maker.today)
    winners = SpiffEntry.objects.filter(spiff=spiff, prize__gt=0).order_by("pk")
    _book(maker, [
        Accrual(key=f"spiff:{spiff.pk}:{row.person_id}", kind=AccrualKind.SPIFF, person_id=row.person_id, period=period,
                earned_in=period.starts_on, amount=row.prize, spiff=spiff, memo=spiff.name, occurred_at=at,
                created_at=at)
        for row in winners
    ])  # fmt: skip
    maker.tell("spiff.settled", spiff, at, account_id=None, actor_id=None, winners=len(winners))


def _spiffs(maker: Maker, office: Office, months: Sequence[dt.date]) -> None:
    """One that runs, one that waits for proof, one that is voted on, one that is a draft."""
    before, now = months[1], months[2]
    approved = {"approved_by": office.head, "live_since": maker.moment(now - 3 * A_DAY)}
    rows = bulk(maker, [
        Spiff(name=f"Most templates used in {now:%B}", metric=Metric.TEMPLATES, starts_on=now, ends_on=last_day(now),
              prizes=["250.00", "150.00", "75.00"], least=2, proof="Two of them, with what came of it",
              state=SpiffState.LIVE, written_by=office.marketer, **approved),
        Spiff(name=f"Contacts of {before:%B}", metric=Metric.CONTACTS, starts_on=before, ends_on=last_day(before),
              prizes=["300.00", "200.00"], proof="The list of contacts, with how each of them was met",
              state=SpiffState.PROOF, written_by=office.marketer, **approved),
        Spiff(name="Best dashboard of the quarter", metric=Metric.DASHBOARD, starts_on=maker.today - 12 * A_DAY,
              ends_on=maker.today + 6 * A_DAY, votes_until=maker.today + 12 * A_DAY, prizes=["400.00"],
              proof="Who uses it, and for which decision", state=SpiffState.LIVE, written_by=office.marketer,
              **approved),
        Spiff(name="Support finds the quiet ones", metric=Metric.CONTACTS, audience=SpiffAudience.SUPPORT,
              starts_on=last_day(now) + A_DAY, ends_on=last_day(now) + 20 * A_DAY, prizes=["200.00", "100.00"],
              proof="The list of contacts", written_by=office.marketer),
    ])  # fmt: skip
    for row in rows[:3]:
        at = row.live_since
        maker.tell("spiff.started", row, at, account_id=None, actor_id=office.head.person_id)
    _to_prove(maker, office, rows[1])
    _to_vote(maker, office, rows[2])


def _to_prove(maker: Maker, office: Office, spiff: Spiff) -> None:
    figures = {user.person_id: 11 - 2 * n for n, user in enumerate(office.earners[:4])}
    state = {1: EntryState.ASKED, 2: EntryState.SHOWN}
    bulk(maker, [
        SpiffEntry(spiff=spiff, person_id=place.person_id, figure=place.figure, place=place.place, prize=place.prize,
                   state=state.get(place.place, EntryState.IN), prove_until=maker.today + 6 * A_DAY,
                   shown="The list is in the CRM, under my contacts of the month." if place.place == 2 else "")
        for place in places(figures, spiffs.prizes_of(spiff), spiff.least)
    ])  # fmt: skip
    at = maker.moment(spiff.ends_on + A_DAY)
    maker.tell("spiff.ended", spiff, at, account_id=None, actor_id=None, asked=2)


def _to_vote(maker: Maker, office: Office, spiff: Spiff) -> None:
    entries = bulk(maker, [
        SpiffEntry(spiff=spiff, person=user.person, title=title, address=f"https://crm.demo.example/dashboards/{n}")
        for n, (user, title) in enumerate(zip(office.earners[1:], DASHBOARDS, strict=False), 1)
    ])  # fmt: skip
    voters = [user for user in office.earners[5:] if user.person_id not in {entry.person_id for entry in entries}]
    SpiffVote.objects.bulk_create(
        SpiffVote(spiff=spiff, entry=maker.chance.choice(entries), voter=user, at=maker.moment(maker.today - A_DAY))
        for user in voters
    )


def _question(maker: Maker, office: Office, period: PayPeriod) -> None:
    user = office.earners[0]
    about = Accrual.objects.filter(period=period, person=user.person_id).order_by("pk").first()
    at = maker.moment(maker.today - 2 * A_DAY)
    asked = bulk(maker, [
        PayDispute(person=user.person, accrual=about, earned_in=period.starts_on, created_at=at,
                   words="Two calls were held with this customer that week, and only one of them stands here.",
                   wanted=about.amount * 2 if about else None, due_on=maker.today + 4 * A_DAY)
    ])[0]  # fmt: skip
    maker.tell("pay.disputed", asked, at, account_id=None, actor_id=user.person_id, person=user.person_id)
