"""The API of points: the page's rules, the page's figures."""

import pytest

from incentives.models import Rule
from tests.factories.incentives import RuleFactory, booked, booked_for_many, saying

pytestmark = pytest.mark.django_db


def test_lists_are_flat(budget, api):
    budget.flat("api:list_ledger", make=booked_for_many, visit=lambda: api["finance"].get("/api/v1/ledger"))
    budget.flat("api:list_balances", make=booked_for_many, visit=lambda: api["finance"].get("/api/v1/balances"))
    budget.flat("api:list_rules", make=RuleFactory.create_batch, visit=lambda: api["finance"].get("/api/v1/rules"))


def test_a_rule_reads_as_a_sentence_and_its_points_can_be_changed(api):
    made = (
        api["marketer"]
        .post(
            "/api/v1/rules",
            {"name": "Asking", "definition": saying("request.submitted", "requester", 5)},
            content_type="application/json",
        )
        .json()
    )
    assert made["sentence"] == "When a reference is asked for, who asks gets 5 points."

    nine = {"definition": saying("request.submitted", "requester", 9)}
    changed = api["marketer"].patch(f"/api/v1/rules/{made['id']}", nine, content_type="application/json")

    assert changed.json()["definition"]["gives"]["amount"] == 9
    assert (Rule.objects.get(name="Asking").definition, changed.json()["name"]) == (nine["definition"], "Asking")


def test_a_rule_that_pays_for_nothing_is_a_problem_by_field(api):
    answer = api["marketer"].post(
        "/api/v1/rules",
        {"name": "Asking", "definition": saying("account.frozen", "owner", 5)},
        content_type="application/json",
    )

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == ["topic"]


def test_an_entry_and_its_reversal_name_each_other(api, rep):
    entry = booked(50, person=rep.person)

    reversal = (
        api["finance"]
        .post(f"/api/v1/ledger/{entry.public_id}/reverse", {"reason": "Twice"}, content_type="application/json")
        .json()
    )

    assert (reversal["points"], reversal["memo"], reversal["reverses"]) == (-50, "Twice", entry.public_id)
    assert api["finance"].get(f"/api/v1/ledger/{entry.public_id}").json()["reversed_by"] == reversal["id"]
    assert api["rep"].get("/api/v1/balances").json()["items"][0]["points"] == 0


def test_reversing_twice_with_one_key_answers_the_same(api, rep):
    entry = booked(50, person=rep.person)
    address, body = f"/api/v1/ledger/{entry.public_id}/reverse", {"reason": "Twice"}

    answers = [
        api["finance"].post(address, body, content_type="application/json", headers={"Idempotency-Key": "k"})
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


def test_the_ledger_as_csv(api, rep):
    booked(50, person=rep.person)

    lines = api["finance"].get("/api/v1/ledger?format=csv").getvalue().decode("utf-8-sig").splitlines()

    assert lines[0].startswith("id,url,created_at,person.id,person.name,points,memo")
    assert "Rhea Rep,50,A booking" in lines[1]
