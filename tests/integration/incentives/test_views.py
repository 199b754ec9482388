"""My points, leaderboard, rules and ledger, as people use them."""

import pytest
from django.urls import reverse

from incentives.ledger import selectors
from incentives.models import Entry
from refprogram.kernel.stream import Subject, drain, emit
from tests.factories.incentives import RuleFactory, booked, booked_for_many

pytestmark = pytest.mark.django_db


def test_a_statement_is_flat(budget, clients, rep):
    budget.flat(
        "incentives:rewards",
        make=lambda n: [booked(person=rep.person) for _ in range(n)],
        visit=lambda: clients["rep"].get("/rewards/"),
    )


def test_a_cap_that_is_reached_is_said(clients, rep):
    for number in range(5):  # four at 150 are all that the quarter gives
        emit("nomination.enrolled", subject=Subject("nomination", number), payload={"nominator": rep.person_id})
    drain(handler="incentives.handlers.apply_rules")
    page = clients["rep"].get("/rewards/").text
    assert "Nomination enrolled: 0 points, the cap of 600 a quarter is reached" in page
    assert page.count("the cap of 600 a quarter is reached") == 1


@pytest.mark.parametrize("by", ["person", "team", "region"])
def test_the_leaderboard_is_flat(budget, clients, by):
    budget.flat(
        f"incentives:leaderboard by {by}",
        make=booked_for_many,
        visit=lambda: clients["rep"].get(f"/rewards/leaderboard/?by={by}"),
    )


def test_the_ledger_is_flat(budget, clients):
    budget.flat("incentives:ledger", make=booked_for_many, visit=lambda: clients["finance"].get("/ledger/"))


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
