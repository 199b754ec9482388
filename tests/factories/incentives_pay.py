"""Pay: amounts come by its service; months, escalators and SPIFFs are plain rows."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from incentives.models import Accrual, Escalator, PayDispute, PayPeriod, QualityMonth, Spiff, SpiffEntry
from incentives.pay.enums import EscalatorState, Metric, SpiffState
from incentives.pay.services import AccrualIn, accrue_many
from refprogram.people.models import Person, User
from tests.factories.people import PersonFactory

_numbers = iter(range(1, 10**9))


class PayPeriodFactory(DjangoModelFactory):
    """A month that is open: November 2026."""

    class Meta:
        model = PayPeriod
        django_get_or_create = ("starts_on",)

    starts_on = dt.date(2026, 11, 1)


class EscalatorFactory(DjangoModelFactory):
    """On since January 2026: from a score of 80 on 1.10 times, from 95 on 1.25 times; 500 a month at most."""

    class Meta:
        model = Escalator

    number = factory.Sequence(lambda n: n + 1)
    tiers = factory.LazyFunction(lambda: [["80", "1.10"], ["95", "1.25"]])
    most_a_month = Decimal("500.00")
    starts_on = dt.date(2026, 1, 1)
    state = EscalatorState.LIVE


class SpiffFactory(DjangoModelFactory):
    """Most contacts in November 2026: 300, 200, 100. It runs."""

    class Meta:
        model = Spiff

    name = factory.Sequence(lambda n: f"SPIFF {n}")
    metric = Metric.CONTACTS
    starts_on = dt.date(2026, 11, 1)
    ends_on = dt.date(2026, 11, 30)
    prizes = factory.LazyFunction(lambda: ["300.00", "200.00", "100.00"])
    proof = "A list of the contacts"
    state = SpiffState.LIVE


class SpiffEntryFactory(DjangoModelFactory):
    """Somebody who takes part."""

    class Meta:
        model = SpiffEntry

    spiff = factory.SubFactory(SpiffFactory)


class PayDisputeFactory(DjangoModelFactory):
    """Somebody asks about November 2026."""

    class Meta:
        model = PayDispute

    person = factory.SubFactory(PersonFactory)
    earned_in = dt.date(2026, 11, 1)
    words = factory.Sequence(lambda n: f"Why {n}?")
    due_on = dt.date(2026, 11, 27)


def accrued(person: Person, amount: str = "100.00", *, at: dt.datetime | None = None, **fields: object) -> Accrual:
    """Book an amount as a rule does."""
    key = f"test:{next(_numbers)}"
    made = accrue_many([AccrualIn(key, person.pk, Decimal(amount), occurred_at=at or timezone.now(), **fields)])
    return Accrual.objects.get(pk=made[key])


def scored(user: User, month: dt.date, score: int) -> QualityMonth:
    """Freeze a month of data quality."""
    return QualityMonth.objects.create(
        user=user, month=month, score=score, records=10, demerits=100 - score, refunded=0, lines=[], inputs={}
    )


def written(person: Person, period: PayPeriod) -> Accrual:
    """Write an amount past its service, as somebody at the database would."""
    return Accrual.objects.create(
        key="by hand", kind="hand", person=person, period=period, earned_in=period.starts_on, amount=Decimal(1)
    )
