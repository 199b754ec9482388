"""The charter part by part over the API; whoever read older words is told."""

import pytest

from refprogram.governance.charter.models import CharterVersion, ScopeLine
from refprogram.governance.stakeholders.models import DirectoryEntry, Stakeholder
from tests.factories.charter import charter_of, holding
from tests.factories.stakeholders import DirectoryEntryFactory, LaunchFactory, StakeholderFactory

pytestmark = pytest.mark.django_db

JSON = {"content_type": "application/json"}


def test_a_draft_is_written_part_by_part(api, marketer, manager):
    version = charter_of()
    url = f"/api/v1/charters/{version.public_id}"
    line = {"inside": False, "name": "Film", "words": ["film", "video"], "hours": "9", "because": "Costly.",
            "redirect_to": manager.public_id, "revision": 1}  # fmt: skip
    made = api["marketer"].post(f"{url}/lines", line, **JSON).json()
    assert (made["name"], made["redirect_to"]["name"], made["revision"]) == ("Film", manager.name, 2)

    stale = api["marketer"].patch(f"{url}/lines/{made['id']}", {"hours": "7", "revision": 1}, **JSON)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    changed = api["marketer"].patch(f"{url}/lines/{made['id']}", {"hours": "7", "revision": 2}, **JSON).json()
    assert (changed["hours"], changed["because"], changed["revision"]) == ("7.00", "Costly.", 3)
    assert api["marketer"].delete(f"{url}/lines/{made['id']}?revision=2").status_code == 409
    assert api["marketer"].delete(f"{url}/lines/{made['id']}?revision=3").status_code == 204
    assert not ScopeLine.objects.filter(name="Film").exists()
    assert api["marketer"].get(url).json()["revision"] == 4


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("lines", {"inside": False, "name": "Film", "hours": "9"}, "because"),
        ("lines", {"inside": True, "name": "Film", "hours": "9", "redirect_to": "nobody"}, "redirect_to"),
        ("marks", {"horizon": "short", "name": "Goal"}, "month"),
        ("plan", {"month": "2099-01-01", "name": "Too far"}, "month"),
        ("questions", {"text": "Who?", "right": "We", "wrong": ["We"], "sentence": "We."}, "wrong"),
    ],
)
def test_a_part_that_makes_no_sense_is_refused_beside_its_field(api, path, body, field):
    answer = api["marketer"].post(f"/api/v1/charters/{charter_of().public_id}/{path}", body, **JSON)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_what_cannot_be_empty_is_not_emptied(api):
    version, stakeholder, launch = charter_of(), StakeholderFactory(), LaunchFactory()
    line = version.lines.first()
    for url, name in {
        f"charters/{version.public_id}/lines/{line.public_id}": "name",
        f"stakeholders/{stakeholder.public_id}": "group",
        f"launches/{launch.public_id}": "on",
        f"directory/{DirectoryEntryFactory().public_id}": "topics",
    }.items():
        answer = api["marketer"].patch(f"/api/v1/{url}", {name: None}, **JSON)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, name)


def test_a_part_of_another_version_or_of_settled_words_is_not_changed(api):
    version, held = charter_of(), holding()
    line = held.lines.first()
    wrong = f"/api/v1/charters/{version.public_id}/lines/{line.public_id}"
    assert api["marketer"].patch(wrong, {"hours": "7"}, **JSON).status_code == 404
    right = f"/api/v1/charters/{held.public_id}/lines/{line.public_id}"
    assert api["marketer"].patch(right, {"hours": "7"}, **JSON).status_code == 409
    assert CharterVersion.objects.get(pk=held.pk).revision == 1


def test_a_stakeholder_is_changed_and_the_rest_of_them_stays(api, marketer):
    row = StakeholderFactory(name="Partner", part="Board", keeper=marketer)
    url = f"/api/v1/stakeholders/{row.public_id}"
    changed = api["marketer"].patch(url, {"influence": 5, "keeper": ""}, **JSON).json()
    assert (changed["influence"], changed["part"], changed["keeper"]) == (5, "Board", None)
    assert api["marketer"].patch(url, {"name": "  "}, **JSON).status_code == 422
    assert Stakeholder.objects.get().name == "Partner"
    edits = api["executive"].get(f"{url}/edits").json()["items"]
    assert [change["label"] for change in edits[0]["changes"]] == ["Influence", "Kept by"]
    assert edits[0]["way"] == "over the API"


def test_the_directory_is_kept_over_the_api(api, rep):
    entry = {"user": rep.public_id, "knows": "sales", "topics": "Hospitals"}
    made = api["marketer"].post("/api/v1/directory", entry, **JSON).json()
    assert api["marketer"].post("/api/v1/directory", entry | {"topics": "Audits"}, **JSON).json()["id"] == made["id"]
    listed = api["rep"].get("/api/v1/directory?q=audits&knows=sales").json()["items"]
    assert [one["user"]["name"] for one in listed] == [rep.name]
    url = f"/api/v1/directory/{made['id']}"
    assert api["marketer"].patch(url, {"reach": "By chat"}, **JSON).json()["topics"] == "Audits"
    assert api["marketer"].delete(url).status_code == 204
    assert not DirectoryEntry.objects.exists()
