"""`/capacity/`: hours asked of the program; the same few queries however many things ask for them."""

import datetime as dt
from decimal import Decimal

import pytest

from refprogram.governance.capacity import services
from refprogram.governance.capacity.models import Demand

pytestmark = pytest.mark.django_db
JUNE = dt.date(2026, 6, 1)


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
    assert "1.5 working hours in six months" in page
    assert "Reference call" in page
