"""The roof's pages: each role's desk, the counters, search, figures, and what is shown when things go wrong."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from references.accounts.services import record_consent
from refprogram.dashboards import desk
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.incentives import booked
from tests.factories.nominations import NominationFactory, screened
from tests.factories.references import AccountFactory, ContactFactory
from tests.factories.requests import in_review, request_of

pytestmark = pytest.mark.django_db


def agreed(name="Connie Consent", **days):
    contact = ContactFactory(person__name=name)
    return record_consent(contact=contact, activities=("call",), wording="I agree.", actor=None, **days)


# ---------------------------------------------------------------- my desk


@pytest.mark.parametrize("role", ["rep", "support", "manager"])
def test_the_field_nominates_and_sees_its_standing(role, clients):
    page = clients[role].get("/")
    assert "data-nominate" in page.text
    assert (page.context["desk"].queues, page.context["desk"].program) == ([], None)


@pytest.mark.parametrize("role", ["marketer", "admin"])
def test_program_people_see_the_queues(role, clients, cast):
    screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep)))
    request_of(cast.rep)
    shown = clients[role].get("/").context["desk"]
    assert [queue.count for queue in shown.queues] == [0, 1, 1, 0]
    assert "data-nominate" not in clients[role].get("/").text


def test_a_line_on_the_desk_is_one_thing_everywhere(clients, cast):
    for _ in range(3):
        screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep)))  # three wait, in one line
    page, counters = clients["marketer"].get("/"), clients["marketer"].get("/nav/counts/")
    assert len(page.context["desk"].items) == 1
    assert "1 thing needs you" in page.context["desk"].facts
    assert 'id="nav-n-desk" hx-swap-oob="true">1<' in counters.text


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("executive", ["Influenced pipeline", "Influenced revenue", "References", "Enrolled this quarter"]),
        ("sales_head", ["Influenced pipeline", "Influenced revenue", "Requests answered", "Enrolled this quarter"]),
        ("marketer", []),
    ],
)
def test_who_answers_for_the_program_has_its_figures_on_the_desk(role, names, clients):
    shown = clients[role].get("/").context["desk"]
    assert [stat.name for stat in shown.headlines] == names


def test_finance_sees_what_is_owed(clients, cast):
    booked(person=cast.rep.person, points=150)
    booked(person=cast.support.person, points=50)
    page = clients["finance"].get("/")
    shown = {stat.name: stat.value for stat in page.context["desk"].liability}
    assert (shown["Points owed"], shown["Colleagues who hold points"], shown["Given this quarter"]) == (
        "200",
        "2",
        "200",
    )
    assert [line.amount for line in page.context["desk"].booked] == [50, 150]
    assert {clients["finance"].get(stat.url).status_code for stat in page.context["desk"].liability} == {200}
    assert clients["legal"].get("/").context["desk"].liability == []


def test_legal_sees_what_ends_soon_and_what_came_lately(clients):
    today = timezone.localdate()
    ending = agreed(name="Ending Ela", expires_on=today + dt.timedelta(days=9))
    late = agreed(expires_on=today + dt.timedelta(days=200), given_on=today - dt.timedelta(days=90))
    page = clients["legal"].get("/")
    shown = page.context["desk"].agreements
    assert [consent.pk for consent in shown.ending] == [ending.pk]
    assert late.pk not in [consent.pk for consent in shown.recorded]
    assert "Ending Ela" in page.text
    assert clients["finance"].get("/").context["desk"].agreements is None


def test_a_judge_is_told_what_comes(clients):
    page = clients["judge"].get("/").text
    assert "No contest is open for judging" in page
    assert "Needs you" not in page


@pytest.mark.parametrize("role", ["sales_head", "executive", "finance", "legal"])
def test_the_overview_sees_figures(role, clients):
    shown = clients[role].get("/").context["desk"]
    assert shown.program is not None
    assert (shown.queues, shown.nominate) == ([], False)


def test_a_judge_sees_nothing_of_the_program(clients):
    shown = clients["judge"].get("/").context["desk"]
    assert (shown.items, shown.program, shown.figures, shown.balance) == ([], None, None, None)


def test_what_waits_for_an_owner_is_on_their_desk_and_nobody_elses(clients, cast, drain):
    NominationFactory(account=AccountFactory(name="Kestrel Freight", owner=cast.rep))
    drain()
    assert "Kestrel Freight" in clients["rep"].get("/").text
    assert "Kestrel Freight" not in clients["other_team_rep"].get("/").text


def test_every_queue_leads_to_as_many_rows_as_it_says(clients, cast):
    screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep)))
    request_of(cast.rep)
    in_review(request_of(cast.rep))
    client = clients["marketer"]
    for queue in client.get("/").context["desk"].queues:
        listed = client.get(queue.url)
        rows = listed.context["page"].count.number if "page" in listed.context else listed.context["place"].of
        assert (queue.name, rows) == (queue.name, queue.count)


def test_my_open_requests_say_how_far_they_are(cast, rep):
    waiting = request_of(rep)
    assert [step["state"] for step in desk.steps_of(waiting)] == ["now", "", "", ""]
    assert [mine.row for mine in desk.desk_of(rep).my_requests] == [waiting]


def test_nobody_leads_before_anybody_enrolled(clients):
    assert "<b>– <small>of 1</small></b>" in clients["rep"].get("/").text


def test_counters_come_out_of_band(clients, cast):
    screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep)))
    request_of(cast.rep)
    found = dict(
        re.findall(r'id="nav-n-(\w+)" hx-swap-oob="true">(\d*)<', clients["marketer"].get("/nav/counts/").text)
    )
    assert (found["requests"], found["nominations"]) == ("1", "1")
    assert 'id="nav-n-requests"' not in clients["rep"].get("/nav/counts/").text


def counted(client):
    return dict(re.findall(r'id="nav-n-(\w+)" hx-swap-oob="true">(\d*)<', client.get("/nav/counts/").text))


def test_counters_are_kept_for_a_moment_and_forgotten_with_a_write_of_ones_own(
    clients, cast, django_assert_num_queries
):
    assert counted(clients["marketer"])["requests"] == ""
    request_of(cast.rep)
    with django_assert_num_queries(1):  # who asks, and nothing else
        assert counted(clients["marketer"])["requests"] == ""
    clients["rep"].post("/settings/", {"name": "Somebody Else"})
    assert counted(clients["marketer"])["requests"] == ""
    clients["marketer"].post("/settings/", {"name": "Marketer"})
    assert counted(clients["marketer"])["requests"] == "1"
    request_of(cast.rep)  # what the worker makes of the write comes a little later
    assert counted(clients["marketer"])["requests"] == "2"


def test_kept_counters_are_not_those_of_another_role_nor_of_who_may_no_longer_sign_in(clients, cast, marketer):
    client = clients["marketer"]
    assert set(counted(client)) == {"desk", "requests", "nominations"}
    User.objects.filter(pk=marketer.pk).update(role=Role.REP)
    assert set(counted(client)) == {"desk"}
    User.objects.filter(pk=marketer.pk).update(is_active=False)
    assert client.get("/nav/counts/").status_code == 302
