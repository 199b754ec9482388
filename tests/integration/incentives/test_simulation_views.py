"""Trying a rule on the page and over the API, and what came out."""

import datetime as dt

import pytest
import time_machine

from incentives.models import Simulation
from incentives.simulation.services import simulate
from refprogram.kernel import jobs
from refprogram.kernel.stream import Subject, emit
from tests.factories.incentives import RuleFactory, saying

pytestmark = pytest.mark.django_db


@pytest.fixture
def october(rep):
    """Two nominations in October, and a rule that would give for them."""
    for number in (1, 2):
        at = dt.datetime(2026, 10, 5 * number, 9, tzinfo=dt.UTC)
        facts = {"payload": {"nominator": rep.person_id}, "occurred_at": at}
        emit("nomination.submitted", subject=Subject("nomination", number), **facts)
    definition = saying("nomination.submitted", "nominator", 1200)
    return RuleFactory(name="Handed in", state="draft", definition=definition)


@time_machine.travel("2026-11-22 12:00Z")
def test_a_rule_is_tried_on_its_page_and_what_came_out_is_read_beside_what_was(clients, october, rep):
    address = f"/rules/{october.public_id}/simulate/"
    assert 'value="2025-11-22"' in clients["marketer"].get(address).text

    sent = clients["marketer"].post(
        address, {"first": "2026-10-01", "last": "2026-10-31", "rules": [october.public_id]}
    )

    row = Simulation.objects.get()
    assert sent.url == f"/jobs/{row.job.public_id}/"
    assert "It is being folded" in clients["finance"].get(row.get_absolute_url()).text
    jobs.run(job_id=row.job_id)
    page = clients["finance"].get(row.get_absolute_url()).text
    assert "When a nomination is made, the nominator gets 1,200 points." in page
    assert "1 would get more, 0 less, 0 the same." in page
    assert "2,400 points" in page
    assert "Rhea Rep" in page
    assert row.get_absolute_url() in clients["marketer"].get(sent.url).text
    assert "2,400 points" in clients["finance"].get("/rules/simulations/").text


def test_without_rules_or_with_days_the_wrong_way_it_comes_back(clients, october):
    wrong = {"first": "2026-10-31", "last": "2026-10-01", "rules": [october.public_id]}
    page = clients["marketer"].post(f"/rules/{october.public_id}/simulate/", wrong)
    assert (page.status_code, "It would end before it begins." in page.text) == (422, True)
    page = clients["marketer"].post(f"/rules/{october.public_id}/simulate/", {**wrong, "rules": []})
    assert (page.status_code, "Choose at least one rule." in page.text) == (422, True)


def test_the_api_tries_a_rule_over_days_and_tells_what_came_out(api, october):
    asked = api["marketer"].post(
        f"/api/v1/rules/{october.public_id}/simulate?from=2026-10-01&to=2026-10-06", content_type="application/json"
    )
    assert asked.status_code == 202, asked.content
    jobs.run(job_id=Simulation.objects.get().job_id)

    told = api["finance"].get(f"/api/v1/simulations/{asked.json()['id']}").json()

    assert told["result"]["would"]["gifts"]["points"]["total"] == 1200
    assert told["rules"][0]["sentence"].startswith("When a nomination is made")


def test_lists_are_flat(budget, clients, api, marketer):
    def make(count):
        for _ in range(count):
            simulate(rules=[RuleFactory()], first=dt.date(2026, 10, 1), last=dt.date(2026, 10, 2), actor=marketer)

    budget.flat("incentives:simulations", make=make, visit=lambda: clients["finance"].get("/rules/simulations/"))
    budget.flat("api:list_simulations", make=make, visit=lambda: api["finance"].get("/api/v1/simulations"))
    rule = RuleFactory()
    budget.flat(
        "incentives:simulate-rule",
        make=RuleFactory.create_batch,
        visit=lambda: clients["marketer"].get(f"/rules/{rule.public_id}/simulate/"),
    )


def test_what_came_out_costs_the_same_whoever_is_named(budget, clients, october, marketer):
    days = {"first": dt.date(2026, 10, 1), "last": dt.date(2026, 10, 31)}
    row = simulate(rules=[october], **days, actor=marketer)
    jobs.run(job_id=row.job_id)
    clients["finance"].get(row.get_absolute_url())
    with budget("incentives:simulation"):
        clients["finance"].get(row.get_absolute_url())
