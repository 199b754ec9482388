"""The frame of the tests itself: cast, budgets, draining, a real worker, a real browser."""

import pytest

from refprogram.kernel.models import Delivery
from refprogram.people import services
from refprogram.people.models import Person


def test_the_cast(clients, cast):
    assert cast.north.manager == cast.manager
    assert cast.rep.team == cast.north
    assert clients["rep"].session["_auth_user_id"] == str(cast.rep.pk)
    assert clients["anonymous"].get("/settings/").status_code == 302


def test_a_budget_notices_a_growing_page(budget):
    with pytest.raises(AssertionError, match="statements at 2 rows"):
        budget.flat("growing", make=people, visit=lambda: [Person.objects.get(pk=p.pk) for p in Person.objects.all()])


def test_a_budget_notices_what_is_sent_twice(budget):
    with pytest.raises(AssertionError, match="sent twice"):
        budget.flat("twice", make=people, visit=lambda: [list(Person.objects.all()) for _ in range(2)])


def people(count):
    Person.objects.bulk_create([Person(name=f"Person {n}") for n in range(count)])


def test_nothing_is_carried_before_it_is_drained(cast, drain, mailoutbox):
    services.invite_user(actor=cast.admin, email="nadia@house.example", name="Nadia New")
    assert Delivery.objects.filter(done_at__isnull=True).count() == 1
    assert drain() == 1
    assert not Delivery.objects.filter(done_at__isnull=True).exists()


@pytest.mark.worker
def test_a_real_worker_carries(cast, worker, eventually):
    services.invite_user(actor=cast.admin, email="nadia@house.example", name="Nadia New")
    eventually(lambda: not Delivery.objects.filter(done_at__isnull=True).exists())


@pytest.mark.browser
def test_a_real_browser_is_signed_in(page, site, sign_in, axe, faults):
    sign_in(page, "rep")
    page.goto(f"{site}/settings/")
    assert page.get_by_label("Full name").input_value() == "Rhea Rep"
    axe(page)
