"""The queue of bookings to look at, and taking one back by two people."""

import pytest

from incentives.ledger.selectors import balance_of
from incentives.models import Look
from tests.factories.incentives import RuleFactory, booked
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def looks(count, *, person=None):
    rule = RuleFactory()
    people = [person or UserFactory().person for _ in range(count)]
    return Look.objects.bulk_create(
        [
            Look(entry=booked(rule=rule, person=one), person=one, why=["burst", "sample"], facts={"burst": 6})
            for one in people
        ]
    )


def test_the_queue_is_flat(budget, clients, api):
    budget.flat("incentives:looks", make=looks, visit=lambda: clients["finance"].get("/rules/looks/"))
    budget.flat("api:list_looks", make=looks, visit=lambda: api["finance"].get("/api/v1/looks"))


def test_one_booking_costs_the_same(budget, clients):
    (look,) = looks(1)
    clients["finance"].get(look.get_absolute_url())
    with budget("incentives:look"):
        clients["finance"].get(look.get_absolute_url())


def test_one_asks_another_confirms_and_the_points_are_gone(clients, rep):
    (look,) = looks(1, person=rep.person)
    page = clients["marketer"].get(look.get_absolute_url()).text
    assert "This rule gave to them 6 times on that day." in page

    clients["marketer"].post(f"{look.get_absolute_url()}doubt/", {"reason": "Six calls before nine?"})
    assert "Somebody else has to confirm." in clients["marketer"].get(look.get_absolute_url()).text
    assert "Take points of Rhea Rep back?" in clients["finance"].get("/").text
    clients["finance"].post(f"{look.get_absolute_url()}confirm/")

    assert balance_of(rep.person) == 0
    assert "Six calls before nine?" in clients["rep"].get("/rewards/").text
