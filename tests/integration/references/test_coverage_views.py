"""The pages of coverage: the map and what it costs, targets in its cells, recruiting."""

import csv
import datetime as dt
import io

import pytest

from references.accounts import clock
from references.coverage import services
from references.coverage.models import CellTarget, RecruitingTarget, TargetAsk
from references.coverage.views.recruiting import RecruitingList
from tests.contracts import ListContract
from tests.factories import coverage as coverage_factory
from tests.factories.coverage import target_of
from tests.factories.people import RegionFactory
from tests.factories.references import AccountFactory, ReferenceFactory

pytestmark = pytest.mark.django_db


def page(clients, url, role="marketer"):
    answer = clients[role].get(url)
    assert answer.status_code == 200
    return answer.text


def counted():
    services.catch_up()
    services.make_forecast()


class TestRecruitingList(ListContract):
    view = RecruitingList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        coverage_factory.targets(count, cast.marketer)


def test_the_map_says_number_target_and_word(clients, marketer):
    region = RegionFactory(name="Americas")
    ReferenceFactory(industry="Healthcare", region=region)
    services.set_targets(wanted=[({"industry": "Healthcare", "region": str(region.pk)}, 8)], actor=marketer)
    counted()

    text = page(clients, "/coverage/")

    assert "1 <span>of 8, far short</span>" in text
    assert "1 of 1 cell with a target is short" in text
    # the phone's list
    assert "Healthcare, Americas" in text
    assert "1 of 8" in text


def test_a_third_dimension_narrows(clients):
    ReferenceFactory(industry="Retail", employees=20)
    ReferenceFactory(industry="Energy", employees=9000)
    counted()

    text = page(clients, "/coverage/?rows=industry&cols=region&by=size&value=1-49")

    assert '<th scope="row">Retail</th>' in text
    assert '<th scope="row">Energy</th>' not in text


def test_the_same_dimension_twice_or_nonsense(clients):
    counted()
    for query in (
        "rows=size&cols=size",
        "rows=x&by=y&value=z",
        "at=%00",
        "at=industry",
        "at=a:b~c:d",
        "by=industry&value=",
    ):
        page(clients, f"/coverage/?{query}")


def test_hostile_and_long_values(clients):
    ReferenceFactory(industry="<script>alert(1)</script>~:\\" + "x" * 40)
    counted()
    key = page(clients, "/coverage/").split("&amp;at=")[1].split("#")[0]

    text = page(clients, f"/coverage/?at={key}")

    assert "<script>alert" not in text
    assert "Make it a recruiting target" in text
    assert "1</b>" in page(clients, f"/accounts/?cell={key}&askable=yes") or "Customer" in page(
        clients, f"/accounts/?cell={key}"
    )


def test_drill_down_shows_the_accounts_of_the_cell(clients):
    inside = ReferenceFactory(industry="Retail", employees=20)
    outside = ReferenceFactory(industry="Retail", employees=50)
    frozen = ReferenceFactory(industry="Retail", employees=30)
    type(frozen).objects.filter(pk=frozen.pk).update(frozen=True)
    counted()

    text = page(clients, "/accounts/?cell=industry:Retail~size:1-49&askable=yes")

    assert inside.name in text
    assert outside.name not in text
    assert frozen.get_absolute_url() not in text
    assert "Retail, up to 49 people" in text  # the chip


def test_no_cell_is_refused(clients):
    assert "This is no cell" in clients["marketer"].get("/accounts/?cell=nonsense").text


def test_targets_are_typed_into_the_cells(clients):
    ReferenceFactory(industry="Retail")
    counted()
    assert "Save targets" in page(clients, "/coverage/?edit=1")

    clients["marketer"].post("/coverage/targets/", {"t:industry:Retail~region:": "3"})

    target = CellTarget.objects.get()
    assert (target.wanted, target.cell) == (3, {"industry": "Retail", "region": ""})
    clients["marketer"].post("/coverage/targets/", {"t:industry:Retail~region:": ""})
    assert not CellTarget.objects.exists()


@pytest.mark.parametrize("typed", ["-1", "1000", "two", "1.5", "²"])
def test_a_target_is_a_small_number(clients, typed):
    answer = clients["marketer"].post("/coverage/targets/", {"t:industry:Retail~region:": typed}, follow=True)

    assert "A target is a number from 0 to 999" in answer.text
    assert not CellTarget.objects.exists()


def test_every_cell_at_least(clients, marketer):
    ReferenceFactory(industry="Retail")
    ReferenceFactory(industry="Energy")
    counted()
    services.set_targets(wanted=[({"industry": "Retail", "region": ""}, 5)], actor=marketer)

    clients["marketer"].post("/coverage/targets/?rows=industry&cols=region", {"raise": "1", "least": "2"})

    assert dict(CellTarget.objects.values_list("cell__industry", "wanted")) == {"Retail": 5, "Energy": 2}


def test_the_map_as_csv(clients, marketer):
    ReferenceFactory(industry="=cmd()", employees=300)
    counted()

    answer = clients["marketer"].get("/coverage/?rows=industry&cols=size&format=csv")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:4] == ["Industry", "Size", "Available", "People"]
    assert rows[1][:4] == ["'=cmd()", "250 to 999 people", "1", "1"]


def test_the_map_costs_the_same_at_any_size(clients, budget, marketer):
    def more(count):
        for _number in range(count):
            ReferenceFactory(industry="Retail", employees=300)
        counted()

    budget.flat("references:coverage", make=more, visit=lambda: page(clients, "/coverage/"))


def test_a_chosen_cell_with_its_past(clients, budget, marketer):
    ReferenceFactory(industry="Retail")
    counted()
    services.take_snapshot(on=clock.today() - dt.timedelta(days=365))
    ReferenceFactory(industry="Retail")
    counted()
    services.take_snapshot()
    page(clients, "/coverage/?at=industry:Retail~region:")

    with budget("references:coverage (cell)"):
        text = page(clients, "/coverage/?at=industry:Retail~region:")

    assert "1 on " in text
    assert "/coverage/recruiting/new/?at=industry%3ARetail~region%3A" in text


def test_who_could_nominate(clients, budget, rep, marketer):
    AccountFactory(industry="Retail", owner=rep, nps=9)
    page(clients, "/coverage/people/?at=industry:Retail")
    with budget("references:coverage-people"):
        text = page(clients, "/coverage/people/?at=industry:Retail")

    assert rep.name in text
    assert "1 customer here, 1 of them would recommend us" in text


def test_a_red_cell_becomes_a_target_at_one_click(clients, marketer, rep):
    AccountFactory(industry="Retail", owner=rep)
    services.set_targets(wanted=[({"industry": "Retail", "region": ""}, 3)], actor=marketer)
    url = "/coverage/recruiting/new/?at=industry:Retail~region:"

    text = page(clients, url)
    assert 'value="3"' in text
    assert rep.name in text
    clients["marketer"].post(
        url, {"title": "Retail", "wanted": "3", "due_on": clock.today().isoformat(), "owner": marketer.public_id}
    )

    target = RecruitingTarget.objects.get()
    assert (target.wanted, target.cell, target.owner) == (3, {"industry": "Retail", "region": ""}, marketer)


def test_colleagues_are_asked_once_with_their_customers(clients, marketer, rep, drain, mailoutbox):
    account = AccountFactory(industry="Retail", owner=rep, name="Oriel")
    target = target_of(marketer)
    url = f"/coverage/recruiting/{target.public_id}/ask/"

    clients["marketer"].post(url, {"user": [rep.public_id]})
    clients["marketer"].post(url, {"user": [rep.public_id]})
    drain()

    assert TargetAsk.objects.get().account_ids == [account.pk]
    (mail,) = [one for one in mailoutbox if rep.email in one.to[0]]
    assert "Oriel" in mail.body
    assert f"/nominations/new/?target={target.public_id}" in mail.body
    text = page(clients, f"/nominations/new/?target={target.public_id}", "rep")
    assert "Oriel" in text
    assert "2 references are missing" in text
    assert "Do you know a customer? Retail" in page(clients, "/", "rep")


def test_nobody_chosen_is_said(clients, marketer):
    target = target_of(marketer)

    answer = clients["marketer"].post(f"/coverage/recruiting/{target.public_id}/ask/", follow=True)

    assert "Choose at least one colleague" in answer.text


def test_some_are_chosen_at_first_and_nobody_once_somebody_was_asked(clients, marketer, rep, support):
    for owner in (rep, support):
        AccountFactory(industry="Retail", owner=owner)
    target = target_of(marketer)
    url = f"{target.get_absolute_url()}people/"
    assert page(clients, url).count(" checked") == 2
    services.ask_colleagues(target=target, people=[(rep, [])], actor=marketer)
    shown = page(clients, url)
    assert (support.name in shown, " checked" in shown) == (True, False)


def test_target_page(clients, budget, marketer, rep):
    target = target_of(marketer)
    services.ask_colleagues(target=target, people=[(rep, [])], actor=marketer)
    page(clients, target.get_absolute_url())

    with budget("references:recruiting-target"):
        text = page(clients, target.get_absolute_url())

    assert "not yet" in text
    assert 'hx-get="/edits/recruiting/' in text
    with budget("references:recruiting-people"):
        page(clients, f"{target.get_absolute_url()}people/")


def test_who_was_asked_sees_their_own_customers_not_the_colleagues(clients, marketer, rep, support):
    AccountFactory(industry="Retail", owner=rep, name="Oriel")
    target = target_of(marketer)
    services.ask_colleagues(target=target, people=[(rep, []), (support, [])], actor=marketer)

    text = page(clients, target.get_absolute_url(), "rep")

    assert "Oriel" in text
    assert support.name not in text


def test_changing_and_ending_a_target(clients, marketer):
    target = target_of(marketer)
    day = (clock.today() + dt.timedelta(days=9)).isoformat()

    clients["marketer"].post(f"{target.get_absolute_url()}edit/", {"title": "Shops", "wanted": "4", "due_on": day})
    clients["marketer"].post(f"{target.get_absolute_url()}end/")

    target.refresh_from_db()
    assert (target.title, target.wanted, target.state) == ("Shops", 4, "closed")
