"""Forms over the API: built whole, never over somebody's head, read as far as the reader may."""

import pytest

from refprogram.kernel.form_builder import selectors, services
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.models import FormAnswer, FormDesign
from tests.factories.forms import SCORE, published_form, sent_answer

pytestmark = pytest.mark.django_db
JSON = "application/json"
FIELDS = [
    {"type": "choice", "label": "Happy?", "options": [{"label": "Yes"}, {"label": "No", "value": "nope"}]},
    {"type": "number", "label": "Hours saved", "unit": "h", "least": "0", "places": 1},
    {
        "key": "why",
        "type": "long_text",
        "label": "Why not?",
        "condition": {"field": "happy", "test": "is", "value": "nope"},
    },
]


def started(client, fields=FIELDS):
    return client.post("/api/v1/forms", {"name": "By API", "purpose": "survey", "fields": fields}, content_type=JSON)


def test_a_form_is_started_changed_published_and_answered(api):
    client = api["marketer"]
    form = started(client).json()
    draft = client.get(f"/api/v1/forms/{form['id']}/draft").json()
    assert [field["key"] for field in draft["fields"]] == ["happy", "hours_saved", "why"]
    assert draft["problems"] == []

    draft["fields"][1]["label"] = "Hours saved a week"
    body = {"revision": draft["revision"], "fields": draft["fields"], "intro": "Two minutes."}
    changed = client.put(f"/api/v1/forms/{form['id']}/draft", body, content_type=JSON).json()
    assert (changed["revision"], changed["intro"]) == (draft["revision"] + 1, "Two minutes.")
    version = client.post(
        f"/api/v1/forms/{form['id']}/publish", {"revision": changed["revision"]}, content_type=JSON
    ).json()
    made = FormDesign.objects.get(public_id=form["id"])
    sent_answer(services.published(made), {"happy": "nope", "hours_saved": "2.5", "why": "Slow."})

    assert (version["number"], version["published_at"] is not None) == (1, True)
    assert client.get(f"/api/v1/forms/{form['id']}").json()["published"] == 1
    assert [row["number"] for row in client.get(f"/api/v1/forms/{form['id']}/versions").json()] == [1]
    (answer,) = client.get(f"/api/v1/forms/{form['id']}/answers").json()["items"]
    assert answer["values"] == {"happy": "nope", "hours_saved": "2.5", "why": "Slow."}
    assert answer["version"] == 1


def test_a_stale_draft_is_not_written(api):
    client = api["marketer"]
    form = started(client).json()["id"]
    body = {"revision": 0, "fields": []}
    assert client.put(f"/api/v1/forms/{form}/draft", {**body, "intro": "Mine"}, content_type=JSON).status_code == 200

    late = client.put(f"/api/v1/forms/{form}/draft", {**body, "intro": "Theirs"}, content_type=JSON)
    publishing = client.post(f"/api/v1/forms/{form}/publish", {"revision": 0}, content_type=JSON)

    assert (late.status_code, late.json()["code"]) == (409, "stale")
    assert publishing.status_code == 409
    assert client.get(f"/api/v1/forms/{form}/draft").json()["intro"] == "Mine"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ({"type": "poem", "label": "A"}, "type"),
        ({"type": "text", "label": "A", "key": "Not A Key"}, "fields.1.key"),
        ({"type": "number", "label": "A", "least": "many"}, "fields.1.least"),
        ({"type": "date", "label": "A", "most": "soon"}, "fields.1.least"),
        ({"type": "text", "label": "A", "options": [{"label": "x"}]}, "fields.1.options"),
        ({"type": "choice", "label": "A", "options": [{"label": "x"}, {"label": "x"}]}, "fields.1.options"),
        ({"type": "text", "label": "A", "condition": {"field": "b", "test": "is"}}, "fields.1.condition.field"),
        ({"type": "text", "label": "A", "condition": {"field": "score", "test": "has"}}, "fields.1.condition.test"),
        (
            {"type": "text", "label": "A", "condition": {"field": "score", "test": "is", "value": "11"}},
            "fields.1.condition.value",
        ),
        ({"type": "text", "label": "A", "colour": "red"}, "colour"),
        ({"type": "rating", "label": "A", "places": 9}, "places"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(api, field, wrong):
    score = {"key": "score", "type": "nps", "label": "How likely?"}

    answer = started(api["marketer"], [score, field])

    assert answer.status_code == 422
    assert any(error["field"].endswith(wrong) for error in answer.json()["errors"])
    assert not FormDesign.objects.filter(name="By API").exists()


def test_two_fields_of_one_key_are_refused(api):
    twice = [{"key": "a", "type": "text", "label": "A"}, {"key": "a", "type": "text", "label": "B"}]
    client = api["marketer"]

    assert started(client, twice).status_code == 422
    form = started(client).json()["id"]
    answer = client.put(f"/api/v1/forms/{form}/draft", {"revision": 0, "fields": twice}, content_type=JSON)
    assert answer.status_code == 422


def test_unsound_draft_is_kept_and_not_published(api):
    client = api["marketer"]
    form = started(client, [{"type": "text"}]).json()["id"]

    assert client.get(f"/api/v1/forms/{form}/draft").json()["problems"] == ["Short text: write what is asked."]
    assert client.post(f"/api/v1/forms/{form}/publish", {"revision": 0}, content_type=JSON).status_code == 422


def test_blind_fields_are_left_out_for_who_may_not_see_them(api):
    version = published_form([SCORE, FieldSpec("who", "text", "Who are you?", blind=True)])
    sent_answer(version, {"score": "10", "who": "Anna Secret"})
    address = f"/api/v1/forms/{version.design.public_id}/answers"

    assert api["marketer"].get(address).json()["items"][0]["values"]["who"] == "Anna Secret"
    for form in ("json", "csv"):
        assert b"Anna Secret" not in b"".join(api["executive"].get(address, {"format": form}))


def test_forms_of_other_purposes_are_not_there(api, cast):
    inside = services.create_design(name="Inside", purpose="colleagues", by=cast.marketer, specs=[SCORE])

    assert api["executive"].get(f"/api/v1/forms/{inside.public_id}").status_code == 404
    assert "Inside" not in api["executive"].get("/api/v1/forms").text
    assert "Inside" in api["marketer"].get("/api/v1/forms").text


def test_published_version_stays_as_it_was(api):
    version = published_form()
    body = {"revision": 0, "fields": [{"key": "score", "type": "nps", "label": "Another question"}]}

    api["marketer"].put(f"/api/v1/forms/{version.design.public_id}/draft", body, content_type=JSON)

    version.refresh_from_db()
    assert selectors.specs_of(version)[0].label == SCORE.label


def test_cost_of_lists(budget, api):
    client = api["marketer"]
    budget.flat(
        "api:list_forms",
        make=lambda n: [published_form(name=f"Form {FormDesign.objects.count()}") for _ in range(n)],
        visit=lambda: client.get("/api/v1/forms"),
    )
    version = published_form(name="Answered")
    budget.flat(
        "api:list_form_answers",
        make=lambda n: [sent_answer(version, {"score": "8"}, FormAnswer.objects.count() + 1) for _ in range(n)],
        visit=lambda: client.get(f"/api/v1/forms/{version.design.public_id}/answers"),
    )


def test_a_form_is_renamed_put_away_and_brought_back(api):
    client = api["marketer"]
    form = f"/api/v1/forms/{started(client).json()['id']}"
    published_form(name="Taken")

    assert client.patch(form, {"name": "Another name"}, content_type=JSON).json()["name"] == "Another name"
    refused = client.patch(form, {"name": "Taken"}, content_type=JSON)
    assert (refused.status_code, [error["field"] for error in refused.json()["errors"]]) == (422, ["name"])

    assert client.post(f"{form}/archive", {}, content_type=JSON).json()["archived_at"] is not None
    late = client.put(f"{form}/draft", {"revision": 0, "fields": []}, content_type=JSON)
    assert late.status_code == 409
    assert client.post(f"{form}/restore", {}, content_type=JSON).json()["archived_at"] is None
    assert client.get(form).json()["name"] == "Another name"
