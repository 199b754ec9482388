"""Days away and who stands in, over the API: one's own by oneself, others' by the program's people."""

import datetime as dt

import pytest
from icalendar import Calendar

from refprogram.people import leave
from refprogram.people.models import Leave
from tests.factories.people import DelegationFactory, LeaveFactory

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": "2199-01-01", "ends_on": "2199-01-05"}
JSON = {"content_type": "application/json"}


def test_my_days_with_who_stands_in(api, rep, support):
    body = {**DAYS, "kind": "illness", "delegate": support.public_id}
    made = api["rep"].post("/api/v1/leaves", body, **JSON)

    assert (made.status_code, made.json()["user"]["id"], made.json()["kind"]) == (201, rep.public_id, "illness")
    assert leave.stand_in_for(rep, dt.date(2199, 1, 3)) == support
    (cover,) = api["support"].get("/api/v1/covers").json()["items"]
    assert (cover["principal"]["id"], cover["delegate"]["id"]) == (rep.public_id, support.public_id)
    assert api["rep"].post(f"/api/v1/leaves/{made.json()['id']}/end").status_code == 204
    assert not Leave.objects.exists()


def test_the_days_of_others_are_the_programs_business(api, rep, support):
    body = {**DAYS, "user": rep.public_id}
    assert api["support"].post("/api/v1/leaves", body, **JSON).status_code == 403
    assert api["marketer"].post("/api/v1/leaves", body, **JSON).status_code == 201


def test_why_somebody_is_away_is_theirs(api, rep):
    LeaveFactory(user=rep, kind="illness")
    kinds = {who: api[who].get("/api/v1/leaves").json()["items"][0]["kind"] for who in ("rep", "manager", "marketer")}
    assert kinds == {"rep": "illness", "manager": None, "marketer": "illness"}


def test_what_cannot_be_is_refused_by_field(api, rep):
    LeaveFactory(user=rep, starts_on=dt.date(2199, 1, 3), ends_on=dt.date(2199, 1, 9))
    taken = api["rep"].post("/api/v1/leaves", DAYS, **JSON)
    nobody = api["rep"].post("/api/v1/covers", {**DAYS, "delegate": "nobody"}, **JSON)
    oneself = api["rep"].post("/api/v1/covers", {**DAYS, "delegate": rep.public_id}, **JSON)
    assert [answer.status_code for answer in (taken, nobody, oneself)] == [422, 422, 422]
    fields = [answer.json()["errors"][0]["field"] for answer in (taken, nobody, oneself)]
    assert fields == ["starts_on", "delegate", "delegate"]


def test_filters(api, rep, marketer):
    LeaveFactory(user=rep)
    LeaveFactory(user=marketer)
    found = api["marketer"].get(f"/api/v1/leaves?user={rep.public_id}").json()["items"]
    assert [row["user"]["id"] for row in found] == [rep.public_id]


@pytest.mark.parametrize(("path", "make"), [("leaves", LeaveFactory), ("covers", DelegationFactory)])
def test_lists_cost_the_same_whatever_their_length(api, django_assert_max_num_queries, path, make):
    make.create_batch(12)
    client = api["marketer"]
    client.get(f"/api/v1/{path}")
    with django_assert_max_num_queries(5):
        assert len(client.get(f"/api/v1/{path}").json()["items"]) == 12


def test_my_calendar_has_one_address_at_a_time(api, clients, rep):
    LeaveFactory(user=rep)
    first, second = (api["rep"].post("/api/v1/users/me/calendar-feed").json()["address"] for _ in range(2))
    paths = ["/s/" + address.rsplit("/s/", 1)[1] for address in (first, second)]

    assert clients["anonymous"].get(paths[0]).status_code == 410
    answer = clients["anonymous"].get(paths[1])
    assert answer["Content-Type"].startswith("text/calendar")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1
    assert api["rep"].post("/api/v1/users/me/calendar-feed/close").status_code == 204
    assert clients["anonymous"].get(paths[1]).status_code == 410
