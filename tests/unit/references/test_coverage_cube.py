"""The map's table of counts: whatever happens, in whatever order, it says what a recount says."""

import datetime as dt

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from references.accounts import services as accounts
from references.accounts.enums import FreezeKind
from references.accounts.models import Account, Contact
from references.coverage import cube, proofs, services
from references.coverage.cube import Counts, Key
from references.coverage.models import CoverageCell, CoverageFact, CoverageMark
from tests.factories.people import RegionFactory
from tests.factories.references import ContactFactory, ProductFactory, ReferenceFactory, reserved, speaker

pytestmark = pytest.mark.django_db


def cell(**values):
    """Return the kept counts of a cell."""
    key = cube.key_of(values)
    row = CoverageCell.objects.filter(cut=key.cut, first=key.first, second=key.second, third=key.third).first()
    return (row.available, row.contacts) if row else (0, 0)


def broken():
    return [row for proof in proofs.proofs() for row in proof.rows]


def test_42_cuts_in_one_order():
    names = [".".join(cut) for cut in cube.cuts()]

    # 1 whole + 6 single + 15 pairs + 20 triples
    assert len(names) == 42
    assert names[:2] == ["", "industry"]
    assert cube.name_of(["size", "industry"]) == "industry.size"


def test_counts_by_hand():
    values = {
        "industry": {"Logistics": 0}, "region": {"1": 0}, "product": {"7": 0, "8": 0}, "use_case": {"": 0},
        "size": {"1-49": 0}, "persona": {"CFO": 2, "": 1},
    }  # fmt: skip

    counted = cube.count([(values, 3)])

    assert counted[Key("")] == Counts(1, 3)
    assert counted[Key("industry", "Logistics")] == Counts(1, 3)
    assert counted[Key("product", "7")] == counted[Key("product", "8")] == Counts(1, 3)
    assert counted[Key("industry.persona", "Logistics", "CFO")] == Counts(1, 2)
    assert counted[Key("product.size.persona", "8", "1-49", "")] == Counts(1, 1)
    # (1+x)^4 (1+2x)^2 = 1 + 8x + 26x^2 + 44x^3 + …: the two products and two personas count twice each
    assert len(counted) == 1 + 8 + 26 + 44


def test_a_new_reference_is_counted_where_it_stands():
    region = RegionFactory()
    account = ReferenceFactory(industry="Retail", region=region, employees=300)
    account.products.add(ProductFactory())

    services.catch_up()

    assert cell(industry="Retail", region=str(region.pk)) == (1, 1)
    assert cell(size="250-999") == (1, 1)
    assert not CoverageMark.objects.exists()
    assert broken() == []


def test_who_is_asked_rests_or_is_frozen_does_not_count(marketer):
    contact = speaker(industry="Retail")
    services.catch_up()
    reserved(contact, actor=marketer)

    services.catch_up()

    assert cell(industry="Retail") == (0, 0)
    assert CoverageFact.objects.get(account_id=contact.account_id).available is False
    accounts.freeze(account=contact.account, kind=FreezeKind.OTHER, actor=marketer)
    services.catch_up()
    assert broken() == []


def test_an_account_that_is_no_reference_leaves_no_mark():
    ContactFactory()

    assert not CoverageMark.objects.exists()


def test_what_changed_unseen_by_services_is_seen():
    account = ReferenceFactory(industry="Retail")
    services.catch_up()

    Account.objects.filter(pk=account.pk).update(industry="Energy", use_cases=["Planning", "Payroll"])
    services.catch_up()

    assert cell(industry="Retail") == (0, 0)
    assert cell(industry="Energy", use_case="Payroll") == (1, 1)
    assert broken() == []


def test_time_alone_frees_a_resting_account(time_machine):
    time_machine.move_to("2026-03-02 10:00+00:00", tick=False)
    account = ReferenceFactory(industry="Retail")
    Account.objects.filter(pk=account.pk).update(rests_until=dt.date(2026, 3, 16))
    services.catch_up()
    assert cell(industry="Retail") == (0, 0)
    assert CoverageFact.objects.get().free_on == dt.date(2026, 3, 16)

    time_machine.move_to("2026-03-16 00:30+00:00", tick=False)
    services.catch_up()

    assert cell(industry="Retail") == (1, 1)
    assert broken() == []


def test_an_account_that_is_gone_is_taken_back():
    account = ReferenceFactory(industry="Retail")
    services.catch_up()

    Contact.objects.filter(account=account).update(state="retired")
    Account.objects.filter(pk=account.pk).update(state="retired")
    services.catch_up()

    assert not CoverageCell.objects.exclude(available=0, contacts=0).exists()
    assert not CoverageFact.objects.exists()


def test_verify_finds_what_is_wrong():
    ReferenceFactory(industry="Retail")
    services.catch_up()
    assert broken() == []

    CoverageCell.objects.filter(cut="industry").update(available=5)

    assert broken() == ["cell=industry|Retail|| is off by -4 accounts, 0 people"]
    services.count_everything()
    assert broken() == []


STEPS = st.sampled_from(
    ["open", "industry", "size", "product", "use_case", "persona", "second", "rest", "freeze", "thaw", "left", "day"]
)


class AnyOrder(TestCase):
    """Kept = recount, whatever happened before and wherever the counting fell in between."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(STEPS, st.integers(0, 3), st.booleans()), max_size=14))
    def test_kept_is_recount(self, steps):
        with time_machine.travel(dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC), tick=False) as clock:
            for step, which, counts in steps:
                act(step, which, clock)
                counted = services.catch_up() if counts else 0
                assert counted >= 0
            services.catch_up()

            assert broken() == []
            assert not CoverageCell.objects.filter(available__lt=0).exists()


def act(step, which, clock):
    """Do one thing to one of the accounts that there are."""
    rows = list(Account.objects.order_by("pk"))
    if step == "open" or not rows:
        speaker(industry=("Retail", "Energy")[which % 2], employees=(None, 10, 300, 9_000)[which])
        return
    DOINGS[step](rows[which % len(rows)], which, clock)


def update(**values):
    return lambda account, which, _clock: Account.objects.filter(pk=account.pk).update(
        **{name: options[which % len(options)] for name, options in values.items()}
    )


def add_product(account, which, _clock):
    account.products.set([ProductFactory() for _ in range(which)])


def name_persona(account, which, _clock):
    Contact.objects.filter(account=account).update(persona=("CFO", "", "IT", "CFO")[which])


def second_speaker(account, _which, _clock):
    accounts.record_consent(
        contact=ContactFactory(account=account, persona="IT"), activities=["call"], wording="Yes.", actor=None
    )


def leave(account, _which, _clock):
    for contact in Contact.objects.filter(account=account, left_company_at=None)[:1]:
        accounts.contact_left(contact=contact, actor=None)


DOINGS = {
    "industry": update(industry=["Retail", "Energy", ""]),
    "size": update(employees=[None, 49, 50, 5_000]),
    "use_case": update(use_cases=[[], ["Planning"], ["Planning", "Payroll"], ["Payroll"]]),
    "rest": update(rests_until=[None, dt.date(2026, 3, 3), dt.date(2026, 4, 1), dt.date(2026, 3, 1)]),
    "freeze": update(frozen=[True]),
    "thaw": update(frozen=[False]),
    "product": add_product,
    "persona": name_persona,
    "second": second_speaker,
    "left": leave,
    "day": lambda _account, which, clock: clock.shift(dt.timedelta(days=which)),
}
