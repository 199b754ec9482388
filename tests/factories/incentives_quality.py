"""Records as they are looked at, faults, closed months: valid and boring."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from incentives.quality.enums import Attribute, FaultKind, RecordType
from incentives.quality.models import Fault, QualityMonth
from references.accounts.models import Account
from refprogram.people.models import Region, User
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory


class FaultFactory(DjangoModelFactory):
    """An account without an industry, found now."""

    class Meta:
        model = Fault

    record_type = RecordType.ACCOUNT
    record_id = factory.LazyFunction(lambda: AccountFactory(industry="").pk)
    label = factory.Sequence(lambda n: f"Customer {n}")
    attribute = Attribute.INDUSTRY
    kind = FaultKind.MISSING
    user = factory.SubFactory(UserFactory)
    found_at = factory.LazyFunction(timezone.now)
    clock_from = factory.SelfAttribute("found_at")


class QualityMonthFactory(DjangoModelFactory):
    """A month of long ago with nothing wrong."""

    class Meta:
        model = QualityMonth

    user = factory.SubFactory(UserFactory)
    month = dt.date(2026, 1, 1)
    score = 100
    records = 5
    demerits = 0
    refunded = 0
    inputs = factory.LazyFunction(
        lambda: {
            "charges": [], "marks": [], "zone": "UTC", "closed": [], "demerits": {}, "daily_cap": 10,
            "mend_hours": 48, "spared_until": None, "as_of": "2026-02-06T00:00:00+00:00",
        }
    )  # fmt: skip


def whole_account(owner: User, **facts: object) -> Account:
    """Return an account that lacks nothing, with a person who can be written to."""
    region, _new = Region.objects.get_or_create(name="Everywhere")
    wanted = {"industry": "Banking", "region": region, "city": "Lyon", "employees": 900, "owner": owner, **facts}
    account = AccountFactory(**wanted)
    ContactFactory(account=account, seniority="director", person__title="CFO", person__phone="+33 1 2345 6789")
    return account
