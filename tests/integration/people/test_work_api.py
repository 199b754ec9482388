"""Work activity over the API: what was told is listed."""

import pytest

pytestmark = pytest.mark.django_db


def test_what_was_told_is_listed(api, cast):
    row = {"external_ref": "1", "person": cast.rep.email, "kind": "signed_in", "occurred_at": "2026-11-20T09:00:00Z"}
    told = api["admin"].post("/api/v1/work-activity", {"source": "crm", "rows": [row]}, content_type="application/json")
    assert told.status_code == 200
    (found,) = api["marketer"].get("/api/v1/work-activity").json()["items"]
    assert (found["external_ref"], found["person"]["name"]) == ("1", "Rhea Rep")
    assert found["url"].endswith("/work-activity/")
