"""`/capacity/`: hours asked of the program; the same few queries however many things ask for them."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from refprogram.governance.capacity import services
from refprogram.governance.capacity.models import Demand
from tests.factories.capacity import asked_of_us

pytestmark = pytest.mark.django_db
JUNE = dt.date(2026, 6, 1)
MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def test_the_page_costs_the_same_with_many(budget, clients, cast):
    def make(count):
        for number in range(count):
            services.record_all(
                [
                    Demand(subject_type="thing", subject_id=Demand.objects.count() + at, kind=f"kind-{number}",
                           name=f"Kind {number}", month=JUNE, hours=at + 1)
                    for at in range(2)
                ]
            )  # fmt: skip

    budget.flat("governance:capacity", make=make, visit=lambda: clients["marketer"].get("/capacity/"))


def test_the_page_says_when_nothing_is_asked(clients, rep):
    assert "Nobody has asked for anything" in clients["executive"].get("/capacity/").text
    services.record_demand(subject=rep, kind="call", name="Reference call", hours=Decimal("1.5"), on=dt.date.today())
    page = clients["executive"].get("/capacity/").text
    assert "1.5 working hours in 4 months, from this one on" in page
    assert "Reference call" in page


@time_machine.travel(MONDAY, tick=False)
def test_the_page_opens_with_the_worst_month_and_without_those_that_are_over(clients, marketer):
    over = Demand(subject_type="thing", subject_id=9_000, kind="call", name="Call", month=dt.date(2026, 9, 1), hours=10)
    services.record_all([over])
    asked_of_us(1, hours=150)  # of the 126 hours of November
    page = clients["executive"].get("/capacity/").text
    assert "November: 19 % too few hours" in page
    assert "150 working hours in 4 months" in page


@time_machine.travel(MONDAY, tick=False)
def test_what_if_is_an_address_that_can_be_sent(clients, marketer):
    asked_of_us(2, hours=60)  # 120 of the 126 hours of November
    asked = "/capacity/?count=24&kind=other&hours=0.5&what=Names+for+the+council&month=2026-11"
    page = clients["executive"].get(asked).text
    assert "24 × Names for the council = 12 h, 1.5 working days" in page
    assert "drops this one" in page
    assert "5 % free" in page
    assert "+5 %" in page
    helped = clients["executive"].get("/capacity/?people=1&people_from=2026-12&weekly=36").text
    assert "nothing falls off by it" in helped
    assert Demand.objects.count() == 2


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("count=many", "Enter a whole number."),
        ("count=3&kind=other", "Say how long one takes"),
        ("count=3&hours=1&month=2020-01", "Select a valid choice"),
        ("people=9999", "At most 50."),
        ("weekly=%00", "Enter a number."),
    ],
)
def test_what_makes_no_sense_is_said_beside_it(clients, typed, said):
    answer = clients["marketer"].get(f"/capacity/?{typed}")
    assert answer.status_code == 422
    assert said in answer.text
