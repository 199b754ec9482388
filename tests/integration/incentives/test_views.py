"""My points, leaderboard, rules and ledger, as people use them."""

import pytest
from django.urls import reverse

from incentives import selectors
from incentives.enums import RuleState
from incentives.models import Entry, Rule
from refprogram.kernel.stream import Subject, emit
from tests.factories.incentives import RuleFactory, booked, booked_for_many

pytestmark = pytest.mark.django_db


def test_a_statement_is_flat(budget, clients, rep):
    budget.flat(
        "incentives:rewards",
        make=lambda n: [booked(person=rep.person) for _ in range(n)],
        visit=lambda: clients["rep"].get("/rewards/"),
    )


def test_a_cap_that_is_reached_is_said(clients, rep):
    booked(600, person=rep.person, rule=Rule.objects.get(name="Nomination enrolled"))
    emit("nomination.enrolled", subject=Subject("nomination", 1), payload={"nominator": rep.person_id})
    page = clients["rep"].get("/rewards/").text
    assert "Nomination enrolled: 0 points, the cap of 600 this quarter is reached" in page
    assert page.count("the cap of 600 this quarter is reached") == 1


@pytest.mark.parametrize("by", ["person", "team", "region"])
def test_the_leaderboard_is_flat(budget, clients, by):
    budget.flat(
        f"incentives:leaderboard by {by}",
        make=booked_for_many,
        visit=lambda: clients["rep"].get(f"/rewards/leaderboard/?by={by}"),
    )


def test_the_ledger_is_flat(budget, clients):
    budget.flat("incentives:ledger", make=booked_for_many, visit=lambda: clients["finance"].get("/ledger/"))


def test_the_rules_are_flat(budget, clients):
    budget.flat("incentives:rules", make=RuleFactory.create_batch, visit=lambda: clients["finance"].get("/rules/"))


def test_a_rule_is_flat(budget, clients):
    rule = RuleFactory()
    budget.flat(
        "incentives:rule",
        make=lambda n: [booked(rule=rule) for _ in range(n)],
        visit=lambda: clients["finance"].get(rule.get_absolute_url()),
    )


def test_an_entry(budget, clients, rep):
    entry = booked(rule=RuleFactory(), person=rep.person)
    clients["finance"].get(entry.get_absolute_url())
    with budget("incentives:entry"):
        clients["finance"].get(entry.get_absolute_url())


def test_the_leaderboard_shows_me_among_the_others(clients, rep, other_team_rep):
    booked(120, person=other_team_rep.person)
    booked(80, person=rep.person)

    page = clients["rep"].get("/rewards/leaderboard/?period=week").text

    assert page.rindex("Olga Outsider") < page.rindex("Rhea Rep")
    assert "40 points to the next rank" in page


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("?period=century&by=planet", "“century” is not a period"),
        ("?on=yesterday", "“yesterday” is not a day"),
        ("?on=0001-01-01", "“0001-01-01” is not a day"),
        ("?on=9999-12-31", "“9999-12-31” is not a day"),
    ],
)
def test_a_leaderboard_address_that_makes_no_sense_is_told_and_the_present_quarter_shown(clients, query, wrong):
    page = clients["rep"].get(f"/rewards/leaderboard/{query}").text
    assert ", so far" in page
    assert wrong in page


def test_a_rule_is_written_switched_on_and_off(clients, sales_head):
    form = {"name": "Asking", "pays_for": "request.submitted:requester", "points": "5", "cap_per_quarter": "20"}
    page = clients["marketer"].post("/rules/new/", form, follow=True)
    assert "When a reference is asked for, who asks gets 5 points, at most 20 a quarter." in page.text
    assert "Approve and switch on" not in page.text
    rule = Rule.objects.get(name="Asking")

    clients["sales_head"].post(reverse("incentives:start-rule", args=[rule.public_id]))
    rule.refresh_from_db()
    assert (rule.state, rule.approved_by) == (RuleState.LIVE, sales_head)

    clients["sales_head"].post(reverse("incentives:stop-rule", args=[rule.public_id]))
    rule.refresh_from_db()
    assert rule.state == RuleState.STOPPED


def test_a_rule_with_mistakes_comes_back_with_all_that_was_typed(clients):
    form = {"name": "Nomination enrolled", "pays_for": "request.submitted:requester", "points": "5"}

    page = clients["marketer"].post("/rules/new/", form)

    assert page.status_code == 422
    assert "There is a rule with this name already." in page.text
    assert 'value="5"' in page.text


def test_points_are_taken_back_with_a_reason_that_the_person_reads(clients, rep):
    entry = booked(50, person=rep.person)

    page = clients["finance"].post(
        reverse("incentives:reverse-entry", args=[entry.public_id]), {"reason": "Counted twice"}, follow=True
    )

    assert "Taken back" in page.text
    assert selectors.balance_of(rep.person) == 0
    assert "Counted twice" in clients["rep"].get("/rewards/").text


def test_taking_back_twice_says_so(clients, rep):
    address = reverse("incentives:reverse-entry", args=[booked(50, person=rep.person).public_id])
    clients["finance"].post(address, {"reason": "Wrong"})

    page = clients["finance"].post(address, {"reason": "Wrong"}, follow=True)

    assert "This was taken back already." in page.text
    assert Entry.objects.count() == 2


def test_the_ledger_can_be_narrowed_and_exported(clients, rep, support):
    booked(11, person=rep.person)
    booked(22, person=support.person)

    only_rep = clients["finance"].get(f"/ledger/?person={rep.person.public_id}&format=csv").getvalue().decode()

    assert "Rhea Rep" in only_rep
    assert "Sami Support" not in only_rep
    assert "No" not in clients["finance"].get("/ledger/?reversal=yes&format=csv").getvalue().decode().splitlines()[1:]


def test_a_name_is_never_markup(clients, rep):
    rep.person.name = "<b>Bold</b> Rep"
    rep.person.save()
    entry = booked(50, person=rep.person)

    for address in ("/rewards/leaderboard/", "/ledger/", entry.get_absolute_url()):
        assert "<b>Bold</b>" not in clients["finance"].get(address).text
