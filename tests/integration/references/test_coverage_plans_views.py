"""The pages of coverage: plans for certain customers, the planner, the trend."""

import datetime as dt

import pytest
from django.template.loader import render_to_string

from references.accounts import clock
from references.coverage import services
from references.coverage.enums import PlanState
from references.coverage.models import CoverageSnapshot, RecruitingTarget, TargetPlan
from tests.factories.coverage import plan_of, step_of
from tests.factories.references import AccountFactory, OpportunityFactory, ReferenceFactory

pytestmark = pytest.mark.django_db


def page(clients, url, role="marketer"):
    answer = clients[role].get(url)
    assert answer.status_code == 200
    return answer.text


def counted():
    services.catch_up()
    services.make_forecast()


# ---------------------------------------------------------------- plans


def test_board_and_plan(clients, budget, marketer, rep):
    def more(count):
        for _number in range(count):
            step_of(plan_of(marketer), rep)

    budget.flat("references:plans", make=more, visit=lambda: page(clients, "/coverage/plans/"))


def test_plan_page(clients, budget, marketer, rep):
    plan = plan_of(marketer, sponsor=marketer)
    services.add_connector(plan=plan, user=rep, knows="From school", actor=marketer)
    step = step_of(plan, rep, due_on=clock.today() - dt.timedelta(days=1))
    page(clients, plan.get_absolute_url())

    with budget("references:plan"):
        text = page(clients, plan.get_absolute_url())

    assert "From school" in text
    assert "was due" in text
    assert "Call them" in page(clients, "/", "rep")
    clients["rep"].post(f"{plan.get_absolute_url()}steps/{step.pk}/done/", {"next": "/"})
    assert "Call them" not in page(clients, "/", "rep")


def test_a_plan_goes_from_column_to_column(clients, marketer):
    plan = plan_of(marketer)

    clients["marketer"].post(f"{plan.get_absolute_url()}move/", {"to": "connecting"})
    refused = clients["marketer"].post(f"{plan.get_absolute_url()}move/", {"to": "active"}, follow=True)

    plan.refresh_from_db()
    assert plan.state == PlanState.CONNECTING
    assert "ends as a reference by itself" in refused.text


def test_the_next_step_is_preset_and_dropping_comes_last(clients, marketer):
    plan = plan_of(marketer)
    services.move_plan(plan=plan, to=PlanState.CONNECTING, actor=marketer)
    moves = clients["marketer"].get(plan.get_absolute_url()).context["moves"]
    assert [to for to, _words in moves] == ["offered", "agreed", "planned", "dropped"]


def test_an_empty_history_says_so():
    empty = render_to_string("components/timeline.html", {"entries": []})
    later = render_to_string("components/timeline.html", {"entries": [], "only_items": True})
    assert ("Nothing has happened here yet." in empty, "<ol" in empty, "Nothing" in later) == (True, False, False)


def test_a_new_plan(clients, marketer):
    account = AccountFactory(name="Oriel")

    clients["marketer"].post(
        "/coverage/plans/new/", {"account": account.public_id, "asks": ["call"], "offer": "A film"}
    )

    plan = TargetPlan.objects.get()
    assert (plan.account, plan.asks, plan.owner) == (account, ["call"], marketer)
    again = clients["marketer"].post("/coverage/plans/new/", {"account": account.public_id})
    assert again.status_code == 422
    assert "There is a plan for Oriel already" in again.text


# ---------------------------------------------------------------- planner, trend


def test_planner_shows_demand_bench_and_its_formula(clients, budget):
    today = clock.today()
    account = AccountFactory(industry="Retail")
    OpportunityFactory(
        account=account,
        opened_on=today - dt.timedelta(days=90),
        closes_on=today + dt.timedelta(days=90),
        stage="proposal",
    )
    counted()
    page(clients, "/coverage/planner/")

    with budget("references:planner"):
        text = page(clients, "/coverage/planner/")

    assert "Retail" in text
    assert "negative binomial" in text
    assert "Clayton and Kaldor" in text
    assert page(clients, "/coverage/planner/?by=size")


def test_planner_before_the_first_forecast(clients):
    assert "No forecast yet" in page(clients, "/coverage/planner/")


def test_targets_for_what_is_missing(clients, marketer):
    shortage(industry="Retail")
    text = page(clients, "/coverage/planner/targets/")
    assert "Retail" in text

    clients["marketer"].post("/coverage/planner/targets/?by=industry", {"cell": ["industry:Retail"]})

    target = RecruitingTarget.objects.get()
    assert target.cell == {"industry": "Retail"}
    assert target.wanted >= 1
    assert "has a target" in page(clients, "/coverage/planner/targets/")
    clients["marketer"].post("/coverage/planner/targets/?by=industry", {"cell": ["industry:Retail"]})
    assert RecruitingTarget.objects.count() == 1


def shortage(**account):
    """Make a pipeline that asks for more than the bench has."""
    today = clock.today()
    customer = AccountFactory(**account)
    OpportunityFactory.create_batch(
        3, account=customer, opened_on=today - dt.timedelta(days=90), closes_on=today + dt.timedelta(days=90)
    )
    forecast = services.make_forecast()
    rows = forecast.figures["segments"]["industry"]
    rows[0][1:4] = [4.2, 2, 7]
    rows[0][6] = [[1.4, 0], [2.8, 0], [4.2, 1]]
    forecast.save()


def test_trend_and_keeping_today(clients, budget):
    ReferenceFactory(industry="Retail")
    counted()
    assert "No course yet" in page(clients, "/coverage/trend/")
    services.take_snapshot(on=clock.today() - dt.timedelta(days=31))
    clients["marketer"].post("/coverage/keep/")
    assert CoverageSnapshot.objects.count() == 30
    page(clients, "/coverage/trend/?at=industry:Retail~region:")

    with budget("references:coverage-trend"):
        text = page(clients, "/coverage/trend/?at=industry:Retail~region:")

    assert "Retail, Region not stated" in text


def test_count_and_forecast_now(clients):
    ReferenceFactory(industry="Retail")

    answer = clients["marketer"].post("/coverage/recount/", follow=True)

    assert "The map is up to date" in answer.text
    assert "Retail" in answer.text


def test_type_ahead_of_colleagues(clients, rep):
    found = clients["support"].get("/coverage/colleagues/?q=" + rep.name.split()[0]).json()

    assert rep.public_id in {one["id"] for one in found}
