"""What the API promises everywhere: tokens, problems, pages, CSV, doing once. Shown on users and teams."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client

from refprogram.people.enums import Scope
from refprogram.people.models import Team
from tests.factories.people import ApiTokenFactory, TeamFactory, UserFactory
from tests.racing import at_once

NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


def post(client, path, data, key=None):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(path, data, content_type="application/json", headers=headers)


# ---------------------------------------------------------------- tokens


def test_description_and_docs_need_no_token(client, db):
    assert client.get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"
    docs = client.get("/api/v1/docs")
    assert docs.status_code == 200
    assert "//cdn" not in docs.text
    assert "<script>" not in docs.text


def test_without_a_token(client, db):
    answer = client.get("/api/v1/users")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "no-token"


@pytest.mark.parametrize(
    "fields",
    [{"revoked_at": NOW}, {"expires_at": NOW}],
    ids=["revoked", "expired"],
)
def test_a_dead_token(api, admin, fields):
    assert api.token(admin, **fields).get("/api/v1/users").status_code == 401


def test_a_token_of_somebody_who_left(api, admin):
    client = api["admin"]
    admin.is_active = False
    admin.save()
    assert client.get("/api/v1/users").status_code == 401


def test_a_reading_token_writes_nothing(api, admin):
    answer = post(api.token(admin, scope=Scope.READ), "/api/v1/teams", {"name": "East"})
    assert answer.status_code == 403
    assert answer.json()["code"] == "not-allowed"
    assert not Team.objects.exists()


def test_last_use_is_noted_once_a_minute(time_machine, admin):
    time_machine.move_to(NOW, tick=False)
    token = ApiTokenFactory(user=admin, secret="rp_abc")
    client = Client(headers={"Authorization": "Bearer rp_abc"})
    for seconds, noted in [(0, 0), (59, 0), (60, 60)]:
        time_machine.move_to(NOW + dt.timedelta(seconds=seconds), tick=False)
        client.get("/api/v1/users/me")
        token.refresh_from_db()
        assert token.last_used_at == NOW + dt.timedelta(seconds=noted)


# ---------------------------------------------------------------- problems


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/users/nobody", 404, "not-found"),
        ("get", "/api/v1/nothing/here/", 404, "not-found"),
        ("get", "/api/v1/nothing/here/?at=all", 404, "not-found"),
        ("delete", "/api/v1/teams", 405, "method"),
        ("get", "/api/v1/teams?limit=201", 422, "invalid"),
        ("get", "/api/v1/teams?cursor=abc", 422, "invalid"),
        ("get", "/api/v1/users?standing=asleep", 422, "invalid"),
    ],
)
def test_problems(api, method, path, status, code):
    answer = getattr(api["admin"], method)(path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]
    assert problem["reference"] == answer["X-Request-ID"]


def test_errors_name_their_fields(api):
    answer = post(api["admin"], "/api/v1/teams", {"name": 7, "manager": "nobody"})
    assert answer.json()["errors"] == [{"field": "name", "message": "Input should be a valid string"}]
    answer = post(api["admin"], "/api/v1/teams", {"name": " "})
    assert answer.json()["errors"] == [{"field": "name", "message": "Give it a name."}]


def test_a_field_that_is_not_there_is_refused_by_name(api):
    made = post(api["admin"], "/api/v1/teams", {"name": "East", "nmae": "Eats", "regoin": None})
    team = TeamFactory(name="West")
    changed = api["admin"].patch(f"/api/v1/teams/{team.public_id}", {"nmae": "Eats"}, content_type="application/json")
    row = {"external_ref": "1", "person": "a@b.example", "kind": "signed_in", "occurred_at": "2026-11-02", "when": 1}
    nested = post(api["marketer"], "/api/v1/work-activity", {"source": "crm", "rows": [row]})

    assert [answer.status_code for answer in (made, changed, nested)] == [422, 422, 422]
    assert {each["field"] for each in made.json()["errors"]} == {"nmae", "regoin"}
    assert [each["field"] for each in changed.json()["errors"]] == ["nmae"]
    assert [each["field"] for each in nested.json()["errors"]] == ["rows.0.when"]
    assert not Team.objects.filter(name="East").exists()


@pytest.mark.parametrize(
    "path", ["teams/{}/edits?befor=x", "teams/{}?expand=all", "users/me?fields=id", "events?topik=x"]
)
def test_a_parameter_that_is_not_read_is_refused_by_name(api, path):
    answer = api["admin"].get("/api/v1/" + path.format(TeamFactory().public_id))
    name = path.partition("?")[2].partition("=")[0]
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, [name])


def test_who_may_not_come_in_hears_that_first(api, client, db):
    assert client.get("/api/v1/users?nobody=1").status_code == 401


def test_unreadable_json(api):
    answer = api["admin"].post("/api/v1/teams", "{", content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_too_many(api, monkeypatch):
    monkeypatch.setattr("refprogram.api.api.throttle.a_minute", 2)
    codes = [api["admin"].get("/api/v1/users/me").status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_a_fault_is_a_problem_too(api, monkeypatch, caplog):
    def broken(user):
        raise ZeroDivisionError

    monkeypatch.setattr("refprogram.people.selectors.visible_to", broken)
    answer = api["admin"].get("/api/v1/users")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert "ZeroDivisionError" not in answer.text
    assert "unexpected error" in caplog.text


# ---------------------------------------------------------------- lists


def test_pages_go_on_where_the_last_one_ended(api):
    teams = TeamFactory.create_batch(5)
    client = api["marketer"]
    first = client.get("/api/v1/teams?limit=2").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    seen = [team["id"] for page in (first, second, third) for team in page["items"]]
    assert seen == [team.public_id for team in teams]
    assert third["next"] is None


def test_filters_and_search_are_those_of_the_page(api):
    mine = TeamFactory(name="Harbour", region__name="Baltic")
    TeamFactory(name="Hills")
    client = api["marketer"]
    for query in ("q=harb", f"region={mine.region.public_id}"):
        assert [team["name"] for team in client.get(f"/api/v1/teams?{query}").json()["items"]] == ["Harbour"]


def test_an_object(api, admin):
    person = api["admin"].get("/api/v1/users/me").json()
    assert person["id"] == admin.public_id
    assert person["url"].endswith(f"/people/{admin.public_id}/")
    assert person["created_at"]
    assert person["updated_at"]
    assert person["team"] is None


def test_csv_has_all_rows_and_no_formulas(api, cast):
    TeamFactory.create_batch(60)
    TeamFactory(name="=cmd|' /C calc'!A0", manager=cast.manager)
    answer = api["admin"].get("/api/v1/teams?format=csv&limit=10")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 62
    assert list(rows[0]) == [
        *("id", "url", "created_at", "updated_at", "name", "region.id", "region.name", "manager.id", "manager.name"),
        "size",
    ]
    assert rows[-1]["name"] == "'=cmd|' /C calc'!A0"
    assert rows[-1]["manager.name"] == "Mara Manager"


def test_lists_cost_the_same_whatever_their_length(budget, api):
    budget.flat(
        "api:list_users",
        make=UserFactory.create_batch,
        visit=lambda: api["admin"].get("/api/v1/users"),
    )


def test_csv_costs_the_same_whatever_its_length(budget, api):
    budget.flat(
        "api:list_teams csv",
        make=TeamFactory.create_batch,
        visit=lambda: api["admin"].get("/api/v1/teams?format=csv").getvalue(),
    )


# ---------------------------------------------------------------- once


def test_same_key_and_body_is_done_once(api):
    first = post(api["admin"], "/api/v1/teams", {"name": "East"}, key="k1")
    again = post(api["admin"], "/api/v1/teams", {"name": "East"}, key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Team.objects.count() == 1


def test_same_key_and_another_body_is_refused(api):
    post(api["admin"], "/api/v1/teams", {"name": "East"}, key="k1")
    other = post(api["admin"], "/api/v1/teams", {"name": "West"}, key="k1")
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")
    assert Team.objects.count() == 1


def test_a_refusal_is_answered_the_same_again(api):
    TeamFactory(name="East")
    first = post(api["admin"], "/api/v1/teams", {"name": "East"}, key="k1")
    Team.objects.all().delete()
    again = post(api["admin"], "/api/v1/teams", {"name": "East"}, key="k1")
    assert (first.status_code, again.status_code) == (422, 422)
    assert again["Content-Type"] == "application/problem+json"


def test_a_fault_may_be_repeated_with_its_key(api, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("refprogram.people.selectors.teams_visible_to", lambda user: 1 / 0)
        assert post(api["admin"], "/api/v1/teams", {"name": "East"}, key="k1").status_code == 500
    assert not Team.objects.exists()
    assert post(api["admin"], "/api/v1/teams", {"name": "East"}, key="k1").status_code == 201


def test_keys_are_each_users_own(api, cast):
    post(api["admin"], "/api/v1/teams", {"name": "East"}, key="k1")
    other = UserFactory(role="admin")
    assert post(api.token(other), "/api/v1/teams", {"name": "West"}, key="k1").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_time_waits(api):
    client = api["admin"]
    answers = at_once(*[lambda: post(client, "/api/v1/teams", {"name": "East"}, key="k1").json()["id"]] * 4)
    assert len(answers) == 4
    assert set(answers) == {Team.objects.get().public_id}
