"""Nominations and standings over the API."""

import datetime as dt
from typing import Any

import pytest

from nominations import services
from nominations.models import Nomination
from nominations.standings.ranking import ENROLLED
from refprogram.kernel import rollups
from refprogram.people.models import User
from tests.cast import ApiClients
from tests.factories.nominations import NominationFactory, invited, screened
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/nominations"


def post(client: Any, url: str, data: dict[str, Any], **headers: str) -> Any:
    return client.post(url, data, content_type="application/json", headers=headers)


def test_a_customer_is_named_by_the_crms_id(api: ApiClients) -> None:
    AccountFactory(name="Kan-code", external_ref="CRM-7")
    answer = post(api["rep"], URL, {"account": "CRM-7", "why": "They love us", "activities": ["call"]})
    assert answer.status_code == 201
    body = answer.json()
    assert (body["account"]["name"], body["state"], body["activities"]) == ("Kan-code", "screening", ["call"])
    assert api["rep"].get(f"{URL}/{body['id']}").json() == body


def test_a_taken_customer_is_a_problem_with_its_field(api: ApiClients, marketer: User) -> None:
    taken = invited(NominationFactory(), actor=marketer)
    answer = post(api["rep"], URL, {"account": taken.account.public_id, "why": "They love us"})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["account"]


def test_a_repeated_key_nominates_once(api: ApiClients) -> None:
    said = {"account_name": "Tamsin Foods", "why": "They love us"}
    answers = [post(api["rep"], URL, said, **{"Idempotency-Key": "one"}) for _twice in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Nomination.objects.count() == 1


def test_screening_over_the_api(api: ApiClients) -> None:
    contact = ContactFactory()
    nomination = screened(NominationFactory(account=contact.account))
    said = {"relationship": 4, "results": 3, "fit": 5, "contact": {"id": contact.public_id}}
    answer = post(api["marketer"], f"{URL}/{nomination.public_id}/approve", said)
    assert (answer.status_code, answer.json()["state"]) == (200, "outreach")
    again = post(api["admin"], f"{URL}/{nomination.public_id}/refuse", {"reason": "No need"})
    assert (again.status_code, again.json()["code"]) == (409, "illegal-move")


def test_only_what_is_sent_changes(api: ApiClients, rep: User) -> None:
    nomination = NominationFactory(nominator=rep, why="First words", contact=services.Speaker("Ana"))
    answer = api["rep"].patch(
        f"{URL}/{nomination.public_id}", {"activities": ["call"]}, content_type="application/json"
    )
    body = answer.json()
    assert (body["why"], body["activities"], body["contact"]["name"]) == ("First words", ["call"], "Ana")


def test_lists_take_the_pages_filters(api: ApiClients, rep: User) -> None:
    waiting = NominationFactory()
    NominationFactory(account=AccountFactory(owner=rep))
    rows = api["marketer"].get(f"{URL}?state=screening").json()
    assert [row["id"] for row in rows["items"]] == [waiting.public_id]


def test_standings(api: ApiClients, rep: User) -> None:
    at = dt.datetime(2026, 11, 10, tzinfo=dt.UTC)
    rollups.add(metric=ENROLLED, at=at, keys={"rep": rep.person_id}, value=3)
    body = api["rep"].get("/api/v1/standings?period=2026-Q4&by=rep").json()
    assert (body["period"], body["starts_on"], body["of"]) == ("2026-Q4", "2026-10-01", 1)
    assert body["lines"] == [
        {
            "id": rep.person.public_id,
            "name": rep.name,
            "rank": 1,
            "rank_change": None,
            "enrolled": 3,
            "approved": 0,
            "submitted": 0,
            "first_act": 0,
            "points": 9,
            "late": 0,
            "per_head": None,
            "to_pass": 0,
        }
    ]


@pytest.mark.parametrize("query", ["period=2026-Q9", "by=planet"])
def test_nonsense_is_refused(api: ApiClients, query: str) -> None:
    assert api["rep"].get(f"/api/v1/standings?{query}").status_code == 422
