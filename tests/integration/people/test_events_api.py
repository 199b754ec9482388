"""The stream and jobs over the API."""

import pytest

from refprogram.kernel import jobs
from refprogram.people import services
from refprogram.people.enums import Privilege


@pytest.fixture
def told(cast):
    """Two things that happened to the rep, one to somebody else."""
    for user in (cast.rep, cast.other_team_rep):
        services.impose(user=user, privilege=Privilege.SELF_SERVE, reason="Twice late", actor=cast.marketer)
    restriction = cast.rep.restrictions.get()
    services.lift(restriction=restriction, actor=cast.marketer)


def topics(answer):
    return [event["topic"] for event in answer.json()["items"]]


def test_only_what_the_reader_may_see(api, told):
    assert topics(api["marketer"].get("/api/v1/events")) == [
        "restriction.imposed",
        "restriction.imposed",
        "restriction.lifted",
    ]
    assert topics(api["rep"].get("/api/v1/events")) == ["restriction.imposed", "restriction.lifted"]
    assert topics(api["legal"].get("/api/v1/events")) == []


def test_an_event_names_public_ids(api, told, cast):
    event = api["marketer"].get("/api/v1/events?limit=1").json()["items"][0]
    assert event["text"] == "Mona Marlow took a privilege from Rhea Rep for a time"
    assert event["subject"] == {"type": "user", "id": cast.rep.public_id}
    assert event["actor"] == cast.marketer.person.public_id
    assert "updated_at" not in event
    assert api["marketer"].get(event["url"]).json() == event
    assert api["legal"].get(event["url"]).status_code == 404


def test_pages_and_filters(api, told):
    first = api["marketer"].get("/api/v1/events?limit=2").json()
    assert topics(api["marketer"].get(first["next"])) == ["restriction.lifted"]
    assert topics(api["marketer"].get("/api/v1/events?topic=restriction.lifted")) == ["restriction.lifted"]
    assert topics(api["marketer"].get("/api/v1/events?account=nobody")) == []


def test_csv(api, told):
    lines = api["rep"].get("/api/v1/events?format=csv").getvalue().decode().splitlines()
    assert len(lines) == 3


def test_a_job_is_seen_by_who_started_it(api, cast):
    job = jobs.start(kind="import", params={}, user=cast.marketer)
    seen = api["marketer"].get(f"/api/v1/jobs/{job.public_id}").json()
    assert (seen["state"], seen["done"], seen["total"], seen["result"]) == ("queued", 0, 0, {})
    assert api["admin"].get(f"/api/v1/jobs/{job.public_id}").status_code == 404
