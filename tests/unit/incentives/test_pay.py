"""Pay: what accrues, the month that two people close, what a correction moves, and the file for payroll."""

import datetime as dt
import random
from collections import Counter
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from incentives.models import Accrual, PayExport, PayLine, PayPeriod, QualityMonth
from incentives.pay import proofs, services
from incentives.pay.enums import AccrualKind, DisputeState, PeriodState
from incentives.pay.months import hold_open
from incentives.pay.selectors import earnings
from incentives.pay.selectors.escalators import terms_of
from incentives.pay.services import AccrualIn, accrue_many
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.people.services import deactivate_user
from tests.factories.incentives_pay import EscalatorFactory, accrued, scored, written
from tests.factories.incentives_quality import FaultFactory
from tests.factories.people import UserFactory
from tests.racing import at_once, results

D = Decimal
NOVEMBER, DECEMBER, JANUARY = dt.date(2026, 11, 1), dt.date(2026, 12, 1), dt.date(2027, 1, 1)
IN_NOVEMBER = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)
IN_DECEMBER = dt.datetime(2026, 12, 3, 10, tzinfo=dt.UTC)
IN_JANUARY = dt.datetime(2027, 1, 4, 10, tzinfo=dt.UTC)


def closed(month, finance, sales_head):
    period = PayPeriod.objects.get(starts_on=month)
    services.close(period=period, actor=finance)
    return services.agree(period=period, actor=sales_head)


def lines(month):
    fields = ("person", "rules", "spiffs", "escalator", "corrections", "total")
    return sorted(PayLine.objects.filter(period__starts_on=month).values_list(*fields))


def all_hold():
    return [(proof.name, list(proof.rows)) for proof in proofs.proofs() if not proof.holds] == []


@pytest.mark.django_db
def test_an_amount_comes_once_is_told_and_never_changes(rep):
    wanted = [
        AccrualIn("a", rep.person_id, D("10.00"), occurred_at=IN_NOVEMBER),
        AccrualIn("b", rep.person_id, D("5.50"), occurred_at=IN_DECEMBER),
    ]
    assert set(accrue_many(wanted)) == {"a", "b"}
    assert accrue_many([*wanted, AccrualIn("c", rep.person_id, D("1.00"), occurred_at=IN_NOVEMBER)]).keys() == {"c"}
    kept = Accrual.objects.order_by("key").values_list("key", "amount", "period__starts_on", "earned_in", "escalates")
    assert list(kept) == [
        ("a", D("10.00"), NOVEMBER, NOVEMBER, True),
        ("b", D("5.50"), DECEMBER, DECEMBER, True),
        ("c", D("1.00"), NOVEMBER, NOVEMBER, True),
    ]
    told = Event.objects.filter(topic="pay.accrued").order_by("pk").values_list("payload__amount", flat=True)
    assert list(told) == ["10.00", "5.50", "1.00"]
    for change in (lambda: Accrual.objects.update(amount=1), lambda: Accrual.objects.all().delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    for amount in ("0.00", "0.005", "NaN", "1000000.01"):
        with pytest.raises(InvalidInput):
            accrue_many([AccrualIn("x", rep.person_id, D(amount))])


@pytest.mark.django_db
def test_a_month_by_hand(rep, support, finance, sales_head, drain, mailoutbox):
    EscalatorFactory()
    first = accrued(rep.person, "1000.00", at=IN_NOVEMBER)
    accrued(rep.person, "200.00", at=IN_NOVEMBER, kind=AccrualKind.SPIFF)
    accrued(support.person, "333.33", at=IN_NOVEMBER)
    november = PayPeriod.objects.get(starts_on=NOVEMBER)
    with time_machine.travel(IN_NOVEMBER, tick=False), pytest.raises(DomainError, match="not over"):
        services.close(period=november, actor=finance)
    with time_machine.travel(IN_DECEMBER, tick=False):
        with pytest.raises(NotAllowed):
            services.close(period=november, actor=rep)
        with pytest.raises(DomainError, match="not frozen"):
            services.close(period=november, actor=finance)
        scored(rep, NOVEMBER, 96)
        scored(support, NOVEMBER, 80)
        services.close(period=november, actor=finance)
        with pytest.raises(NotAllowed, match="somebody else"):
            services.agree(period=november, actor=finance)
        with pytest.raises(InvalidInput):
            services.reopen(period=november, reason=" ", actor=sales_head)
        services.reopen(period=november, reason="One is missing.", actor=sales_head)
        accrued(support.person, "6.67", at=IN_NOVEMBER)
        closed(NOVEMBER, finance, sales_head)
        # 1000 x 0.25 = 250.00; 333.33 x 0.10 = 33.33, then (333.33 + 6.67) x 0.10 = 34.00: 0.67 more.
        assert lines(NOVEMBER) == sorted(
            [
                (rep.person_id, D("1000.00"), D("200.00"), D("250.00"), D("0.00"), D("1450.00")),
                (support.person_id, D("340.00"), D("0.00"), D("34.00"), D("0.00"), D("374.00")),
            ]
        )
        with pytest.raises(IllegalMove):
            services.close(period=november, actor=finance)
        # What was wrong is put right in the open month, and what the escalator added to it follows with that one.
        services.correct(accrual=first, amount=D("600.00"), reason="Split with Sami", actor=finance)
        accrued(rep.person, "50.00", at=IN_NOVEMBER)  # late
        with pytest.raises(DomainError, match="taken back"):
            services.correct(accrual=first, amount=D("1.00"), reason="Again", actor=finance)
    with time_machine.travel(IN_JANUARY, tick=False):
        closed(DECEMBER, finance, sales_head)
        drain()
    # Base of November now 600 + 50 = 650, x 0.25 = 162.50: 87.50 less than was added.
    assert lines(DECEMBER) == [
        (rep.person_id, D("50.00"), D("0.00"), D("-87.50"), D("-400.00"), D("-437.50")),
    ]
    assert sorted(mail.subject for mail in mailoutbox if "incentives of November" in mail.subject) == [
        "Your incentives of November 2026: $1,450",
        "Your incentives of November 2026: $374",
    ]
    assert all_hold()


@pytest.mark.django_db
def test_what_is_closed_takes_nothing_more_and_goes_to_payroll_once(rep, finance, sales_head, marketer):
    accrued(rep.person, "12.50", at=IN_NOVEMBER)
    november = PayPeriod.objects.get(starts_on=NOVEMBER)
    with time_machine.travel(IN_DECEMBER, tick=False):
        with pytest.raises(DomainError, match="two people"):
            services.export(period=november, actor=finance)
        closed(NOVEMBER, finance, sales_head)
        with pytest.raises(NotAllowed):
            services.export(period=november, actor=marketer)
        made = services.export(period=november, actor=finance)
        assert services.export(period=november, actor=finance) == made
        assert services.exporting.files_of(PayPeriod.objects.get()) == (made.content, made.manifest)
        late = accrued(rep.person, "7.00", at=IN_NOVEMBER)
    assert (late.period.starts_on, late.earned_in) == (DECEMBER, NOVEMBER)
    row = made.content.splitlines()[1].split(",")
    assert row[0:1] + row[2:10] == [
        *("2026-11", rep.person.email, "USD", "12.50", "0.00", "0.00", "0.00", "12.50", ""),
    ]
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        written(rep.person, november)
    with pytest.raises(InternalError), transaction.atomic():
        PayPeriod.objects.filter(pk=november.pk).update(state=PeriodState.OPEN)
    assert all_hold()


@pytest.mark.django_db
def test_a_question_is_answered_by_somebody_else_and_corrected_by_a_reversal(
    rep, finance, sales_head, drain, mailoutbox
):
    with time_machine.travel(IN_NOVEMBER, tick=False):  # a Thursday
        amount = accrued(rep.person, "100.00")
        with pytest.raises(NotAllowed):
            services.raise_dispute(actor=finance, words="Mine?", accrual=amount)
        asked = services.raise_dispute(actor=rep, words="Two deals, not one", accrual=amount, wanted=D("200.00"))
        assert asked.due_on == dt.date(2026, 11, 19)  # five working days on
        with pytest.raises(DomainError, match="already"):
            services.raise_dispute(actor=rep, words="Again", accrual=amount)
        missing = services.raise_dispute(actor=rep, words="A call is missing")
        drain()
        assert {mail.to[0] for mail in mailoutbox if "asks about their pay" in mail.subject} == {
            "Fina Finance <finance@house.example>",
            "Hanna Head <sales-head@house.example>",
        }
    with time_machine.travel(dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC), tick=False):
        assert (services.remind_of_disputes(), services.remind_of_disputes()) == (2, 0)
        with pytest.raises(NotAllowed):
            services.answer_dispute(dispute=asked, verdict=DisputeState.UPHELD, words="So be it", actor=rep)
        with pytest.raises(InvalidInput) as refused:
            services.answer_dispute(dispute=asked, verdict=DisputeState.CORRECTED, words="Yes", actor=finance)
        assert refused.value.errors.keys() == {"amount"}
        services.answer_dispute(
            dispute=asked, verdict=DisputeState.CORRECTED, words="You are right", amount=D("200.00"), actor=finance
        )
        services.answer_dispute(
            dispute=missing, verdict=DisputeState.CORRECTED, words="It was late", amount=D("25.00"), actor=finance
        )
        with pytest.raises(IllegalMove):
            services.answer_dispute(dispute=asked, verdict=DisputeState.UPHELD, words="No", actor=sales_head)
        later = services.raise_dispute(actor=rep, words="And now?", month=NOVEMBER)
        assert services.withdraw_dispute(dispute=later, actor=rep).state == DisputeState.WITHDRAWN
    booked = Accrual.objects.order_by("pk").values_list("kind", "amount", "escalates")
    assert list(booked) == [
        ("rule", D("100.00"), True),
        ("reversal", D("-100.00"), True),
        ("hand", D("200.00"), True),
        ("hand", D("25.00"), True),
    ]
    # While its month is open an amount can be asked about; once it is closed, for ten days.
    by_hand = Accrual.objects.get(amount=D("25.00"))
    with time_machine.travel(dt.datetime(2026, 12, 11, 8, tzinfo=dt.UTC), tick=False) as clock:
        services.withdraw_dispute(dispute=services.raise_dispute(actor=rep, words="Hm", accrual=by_hand), actor=rep)
        closed(NOVEMBER, finance, sales_head)
        by_hand.refresh_from_db()
        clock.shift(dt.timedelta(days=10))
        services.withdraw_dispute(dispute=services.raise_dispute(actor=rep, words="So", accrual=by_hand), actor=rep)
        services.withdraw_dispute(dispute=services.raise_dispute(actor=rep, words="Oh", month=NOVEMBER), actor=rep)
        clock.shift(dt.timedelta(days=1))
        for about in ({"accrual": by_hand}, {"month": NOVEMBER}, {"month": dt.date(2026, 10, 1)}):
            with pytest.raises(DomainError, match="10 days"):
                services.raise_dispute(actor=rep, words="Too late", **about)


@pytest.mark.django_db
def test_an_escalator_that_is_switched_off_before_the_month_is_agreed_adds_nothing(finance, sales_head, admin):
    """Closed with its bonus, opened again, switched off, closed again: base alone. Who left in between is paid too."""
    at = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
    with time_machine.travel(at, tick=False) as clock:
        version, stays, leaves = EscalatorFactory(state="live"), UserFactory(), UserFactory()
        FaultFactory(user=leaves, found_at=at - dt.timedelta(days=15))
        accrued(stays.person, "1000.00")
        accrued(leaves.person, "1000.00")
        deactivate_user(user=leaves, actor=admin)
        november = PayPeriod.objects.get(starts_on=NOVEMBER)
        clock.move_to(dt.datetime(2026, 12, 7, 9, tzinfo=dt.UTC))  # nobody froze November yet: it is done first
        services.close(period=november, actor=finance)
        frozen = list(QualityMonth.objects.values_list("user", "score"))
        added = list(Accrual.objects.filter(kind=AccrualKind.ESCALATOR).values_list("score", "amount"))
        services.reopen(period=november, reason="It was not agreed with the works council.", actor=sales_head)
        services.stop_escalator(escalator=version, actor=sales_head)
        estimate = earnings.estimate(stays, NOVEMBER)
        closed(NOVEMBER, finance, sales_head)
    assert (frozen, sorted(added)) == ([(leaves.pk, 98)], [(98, D("250.00")), (100, D("250.00"))])
    assert estimate.total == D("1000.00")
    assert lines(NOVEMBER) == sorted(
        (user.person_id, D("1000.00"), D("0.00"), D("0.00"), D("0.00"), D("1000.00")) for user in (stays, leaves)
    )
    assert all_hold()


@pytest.mark.django_db(transaction=True)
def test_two_close_at_once_and_an_amount_comes_between(rep, finance, sales_head, admin):
    accrued(rep.person, "10.00", at=IN_NOVEMBER)
    november = PayPeriod.objects.get()
    with time_machine.travel(IN_DECEMBER, tick=False):
        assert results(*[lambda who=who: services.close(period=november, actor=who) for who in (finance, admin)]) == [
            "done", "illegal-move",
        ]  # fmt: skip
        first = PayPeriod.objects.get().proposed_by
        second = admin if first == finance else finance
        both = at_once(
            lambda: services.agree(period=november, actor=sales_head),
            lambda: services.agree(period=november, actor=second),
            lambda: accrued(rep.person, "3.00", at=IN_NOVEMBER),
        )
    assert sorted(type(one).__name__ for one in both) == ["Accrual", "IllegalMove", "PayPeriod"]
    assert [row[-1] for row in lines(NOVEMBER)] == [D("10.00")]
    assert Accrual.objects.get(amount=D("3.00")).period.starts_on == DECEMBER
    files = at_once(*[lambda who=who: services.export(period=november, actor=who) for who in (finance, admin)])
    assert files[0] == files[1]
    assert PayExport.objects.count() == Event.objects.filter(topic="pay.exported").count() == 1
    assert all_hold()


@pytest.mark.django_db
def test_months_that_are_missing_are_made(db):
    assert hold_open([NOVEMBER, JANUARY, NOVEMBER]).keys() == {NOVEMBER, JANUARY}
    assert list(PayPeriod.objects.values_list("starts_on", flat=True)) == [NOVEMBER, JANUARY]


def earn(chance, user, months, right):
    """Give somebody up to three amounts, some of them for earlier months."""
    for _n in range(chance.randrange(4)):
        earned, amount = chance.choice(months), D(chance.randrange(1, 90_000)) / 100
        accrued(user.person, str(amount), earned_in=earned)
        right[user.person_id, earned] += amount


def put_right(chance, finance, right):
    """Correct up to three amounts that stand."""
    standing = list(Accrual.objects.filter(reversed_by__isnull=True, kind__in=["rule", "hand"]).order_by("pk"))
    for row in chance.sample(standing, k=min(3, len(standing))):
        amount = D(chance.randrange(0, 90_000)) / 100
        if amount != row.amount:
            services.correct(accrual=row, amount=amount, reason="It was so", actor=finance)
            right[row.person_id, row.earned_in] += amount - row.amount


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_after_all_corrections_each_person_got_what_their_months_come_to(seed, finance, sales_head):
    """Whatever is corrected when: the lines of all months sum to each month's right base, multiplied once."""
    chance, right, due, got = random.Random(seed), Counter(), Counter(), Counter()
    version, users = EscalatorFactory(most_a_month=D("90.00")), UserFactory.create_batch(3)
    months = [dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1), dt.date(2026, 4, 1)]
    scores = {(user, month): chance.choice([60, 80, 90, 97]) for user in users for month in months}
    for n, month in enumerate(months, 1):
        with time_machine.travel(dt.datetime.combine(month, dt.time(12), dt.UTC), tick=False):
            for user in users:
                scored(user, month, scores[user, month])
                earn(chance, user, months[:n], right)
            put_right(chance, finance, right)
        with time_machine.travel(dt.datetime.combine(month + dt.timedelta(days=35), dt.time(), dt.UTC), tick=False):
            closed(month, finance, sales_head)
    for (user, month), score in scores.items():
        base = right[user.person_id, month]
        due[user.person_id] += base + terms_of(version).added(base, score)
    for line in PayLine.objects.all():
        got[line.person_id] += line.total
    assert {person: got[person] for person in due} == dict(due)
    assert sum(got.values()) == sum(Accrual.objects.values_list("amount", flat=True))
    assert all_hold()
