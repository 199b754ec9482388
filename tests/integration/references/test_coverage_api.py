"""Coverage by the API: the map, who could nominate, a nomination for a target."""

import pytest

from references.coverage import services
from tests.factories.coverage import target_of
from tests.factories.references import AccountFactory, ReferenceFactory

pytestmark = pytest.mark.django_db


def test_api_map_targets_and_forecast(api, marketer):
    ReferenceFactory(industry="Retail", employees=20)
    services.catch_up()
    services.make_forecast()
    done = api["marketer"].post(
        "/api/v1/coverage/targets",
        {"targets": [{"cell": {"industry": "Retail", "size": "1-49"}, "wanted": 4}]},
        content_type="application/json",
    )
    assert done.json() == {"changed": 1}

    found = api["marketer"].get("/api/v1/coverage?rows=industry&cols=size").json()

    (cell,) = found["cells"]
    assert (cell["available"], cell["target"], cell["missing"], cell["share"]) == (1, 4, 3, 0.25)
    assert found["coverage"] == 0.25
    assert found["names"]["cols"] == {"1-49": "up to 49 people"}
    assert api["marketer"].get("/api/v1/coverage?rows=size&cols=size").status_code == 422
    assert api["marketer"].get("/api/v1/coverage/forecast").json()["segments"]
    assert api["marketer"].get("/api/v1/coverage/forecast?by=persona").status_code == 422


def test_api_nomination_for_a_target(api, marketer, rep):
    target = target_of(marketer)
    account = AccountFactory(industry="Retail", owner=rep)
    body = {"account": account.public_id, "why": "They closed the books in a day.", "target": target.public_id}

    made = api["rep"].post("/api/v1/nominations", body, content_type="application/json")

    assert made.status_code == 201
    wrong = {**body, "account": AccountFactory().public_id, "target": "nonsense"}
    assert api["rep"].post("/api/v1/nominations", wrong, content_type="application/json").status_code == 422


def test_api_names_who_could_nominate(api, marketer, rep):
    account = AccountFactory(industry="Retail", owner=rep, name="Oriel")

    found = api["marketer"].get(f"/api/v1/recruiting-targets/{target_of(marketer).public_id}/nominators").json()

    (one,) = found
    assert one["colleague"] == {"id": rep.public_id, "name": rep.name}
    assert one["accounts"] == [{"id": account.public_id, "name": "Oriel"}]
    assert one["reason"]
