"""Building a form page by page, answering it signed in, and what came back."""

import pytest

from refprogram.kernel.enums import AnswerState
from refprogram.kernel.form_builder import selectors, services
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.form_builder.views import DesignList
from refprogram.kernel.models import FormAnswer, FormDesign
from tests.contracts import FormContract, ListContract
from tests.factories.forms import SCORE, WHY, YES_NO, published_form, sent_answer

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


class TestForms(ListContract):
    view = DesignList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for _number in range(count):
            published_form(name=f"Form {FormDesign.objects.count()}")


class TestNewForm(FormContract):
    url, reader = "/forms/new/", "marketer"
    good = {"name": "Their words", "purpose": "survey", "copy": ""}
    typed, broken = "Their words", {"purpose": "poetry"}

    @staticmethod
    def count():
        return FormDesign.objects.count()


def draft_of(design):
    return selectors.draft_of(design)


def step(client, design, act, htmx=True, **data):
    data = {"revision": draft_of(design).revision, **data, "act": act}
    return client.post(design.get_absolute_url(), data, headers=HTMX if htmx else {})


def test_a_form_is_built_step_by_step(clients):
    client = clients["marketer"]
    client.post("/forms/new/", {"name": "Step by step", "purpose": "survey", "copy": ""})
    design = FormDesign.objects.get(name="Step by step")

    assert "Not worded yet" in step(client, design, "add", type="choice").text
    page = step(client, design, "change", key="choice", label="Happy?", options="Yes\nNo", required="on").text
    assert "Happy?" in page
    step(client, design, "add", type="long_text")
    step(client, design, "change", key="long_text", label="Why not?", if_field="happy", if_test="is", if_value="no")
    step(client, design, "move", key="why_not", to="up")
    assert "depends on a field that does not come before it" in client.get(design.get_absolute_url()).text
    step(client, design, "move", key="why_not", to="down")
    answer = step(client, design, "publish", htmx=False)

    assert answer.status_code == 302
    version = services.published(design)
    assert [spec.key for spec in selectors.specs_of(version)] == ["happy", "why_not"]
    assert "Only if “Happy?” is “No”" in client.get(design.get_absolute_url()).text


ASKED = [
    FieldSpec("happy", "choice", "Happy?", options=YES_NO),
    FieldSpec("hours", "number", "Hours saved", unit="h"),
    FieldSpec("since", "date", "Since when?"),
    SCORE,
    FieldSpec("why", "text", "Why?"),
]


@pytest.mark.parametrize(
    ("field", "test", "shown", "hidden"),
    [
        ("happy", "is", ['<option value="no">No</option>', ">is not<"], ["is at most", 'type="date"']),
        ("score", "at_most", ['<option value="10">10', ">is at most<"], ["is not<", 'type="date"']),
        ("hours", "at_least", ['inputmode="decimal"', "<span"], ["Choose an answer", ">is<"]),
        ("since", "from", ['type="date"', "is on or after"], ["is at least", '<option value="no"']),
        ("since", "answered", ["is answered"], ["e-value"]),
        ("", "is", [], ["e-test", "e-value"]),
    ],
)
def test_the_editor_offers_what_fits_the_question_chosen(clients, field, test, shown, hidden):
    design = published_form(ASKED).design

    page = step(clients["marketer"], design, "depend", key="why", if_field=field, if_test=test, if_value="").text

    assert [words for words in shown if words not in page] == []
    assert [words for words in hidden if words in page] == []
    assert draft_of(design).revision == 0


@pytest.mark.parametrize(
    ("field", "test", "value"),
    [
        ("happy", "is", "Perhaps"),
        ("happy", "is", ""),
        ("happy", "at_least", "yes"),
        ("happy", "poetry", "yes"),
        ("score", "is", "11"),
        ("hours", "at_least", "many"),
        ("since", "from", "yesterday"),
        ("why", "answered", ""),
        ("gone", "answered", ""),
    ],
)
def test_a_condition_that_can_never_be_met_is_refused(clients, field, test, value):
    design = published_form(ASKED).design

    data = {"key": "why", "label": "Why?", "if_field": field, "if_test": test, "if_value": value}
    answer = step(clients["marketer"], design, "change", **data)

    assert answer.status_code == 409
    assert draft_of(design).revision == 0


def test_preview_shows_a_field_whose_condition_is_half_made(clients):
    design = published_form(ASKED).design

    page = step(
        clients["marketer"], design, "preview", key="why", label="And why?", if_field="happy", if_test="is"
    ).text

    assert "And why?" in page


def test_stale_tab_is_told(clients):
    design = published_form().design

    answer = step(clients["marketer"], design, "add", type="text", revision=7)
    plain = clients["marketer"].post(
        design.get_absolute_url(), {"act": "add", "type": "text", "revision": 7}, follow=True
    )

    assert answer.status_code == 409
    assert "Load the page again" in answer["X-Problem"]
    assert "Load the page again" in plain.text
    assert len(draft_of(design).fields) == 2


def test_preview_follows_what_is_typed_and_keeps_nothing(clients):
    design = published_form().design

    page = step(clients["marketer"], design, "preview", key="score", label="Another question").text

    assert "Another question" in page
    assert draft_of(design).revision == 0


def test_a_copy_starts_with_the_fields_of_its_model(clients):
    model = published_form(name="Model").design
    clients["marketer"].post("/forms/new/", {"name": "Copy", "purpose": "survey", "copy": model.public_id})

    assert draft_of(FormDesign.objects.get(name="Copy")).fields == draft_of(model).fields


def test_versions_say_what_changed(clients):
    version = published_form()
    step(clients["marketer"], version.design, "remove", key="why")

    page = clients["executive"].get(f"/forms/{version.design.public_id}/versions/").text

    assert "Gone" in page
    assert "What is the main reason?" in page


# ---------------------------------------------------------------- results


def test_results_and_exports_hide_blind_fields(clients):
    version = published_form([SCORE, FieldSpec("who", "text", "Who are you?", blind=True)])
    sent_answer(version, {"score": "10", "who": "Anna Secret"})
    address = f"/forms/{version.design.public_id}/results/"

    for form in ("", "csv", "json"):
        assert "Anna Secret" in clients["marketer"].get(address, {"format": form}).text
        assert "Anna Secret" not in clients["executive"].get(address, {"format": form}).text
    assert "1 field is hidden from you." in clients["executive"].get(address).text
    assert "1 of 1 gave 9 or 10, 0 gave 0 to 6: (1 − 0) ÷ 1 × 100" in clients["executive"].get(address).text


def test_results_cost_the_same_whatever_the_number(budget, clients):
    version = published_form([SCORE, WHY])
    address = f"/forms/{version.design.public_id}/results/"

    def make(count):
        for _number in range(count):
            sent_answer(version, {"score": "8", "why": "Because."}, FormAnswer.objects.count() + 1)

    budget.flat("kernel:form-results", make=make, visit=lambda: clients["marketer"].get(address))


def test_cost_of_the_builder(budget, clients):
    design = published_form().design
    clients["marketer"].get(design.get_absolute_url())
    with budget("kernel:form"):
        clients["marketer"].get(design.get_absolute_url())


# ---------------------------------------------------------------- answering, signed in


@pytest.fixture
def address(marketer):
    version = published_form([SCORE, FieldSpec("hours", "number", "Hours", places=1)], name="Us", purpose="colleagues")
    return f"/forms/{version.design.public_id}/answer/"


def test_opening_the_page_changes_nothing(clients, address):
    assert clients["rep"].get(address).status_code == 200
    assert not FormAnswer.objects.exists()


def test_typed_words_come_back_and_are_sent_once(clients, address):
    client = clients["rep"]
    saved = client.post(address, {"act": "save", "f-hours": "1,5", "revision": 0, "tab": "a"}, headers=HTMX)
    assert "1 of 2 answered" in saved.text
    assert 'value="1,5"' in client.get(address).text

    wrong = client.post(address, {"act": "send", "f-hours": "many", "revision": 1, "tab": "a"})
    assert wrong.status_code == 422
    assert "2 answers need another look" in wrong.text
    assert 'value="many"' in wrong.text

    good = {"act": "send", "f-hours": "1,5", "f-score": "9", "revision": 1, "tab": "a"}
    assert client.post(address, good).status_code == 302
    assert client.post(address, {**good, "f-score": "1"}).status_code == 302
    answer = FormAnswer.objects.get()
    assert (answer.state, answer.values) == (AnswerState.SUBMITTED, {"hours": "1.5", "score": "9"})
    assert "Your answer has arrived" in client.get(address).text


def test_other_tab_is_told_and_may_keep_its_own(clients, address):
    client = clients["rep"]
    client.post(address, {"act": "save", "f-hours": "1", "revision": 0, "tab": "a"})

    told = client.post(address, {"act": "save", "f-hours": "2", "revision": 0, "tab": "b"})
    assert "Your other tab or device saved something newer" in told.text
    refused = client.post(address, {"act": "send", "f-score": "9", "f-hours": "2", "revision": 0, "tab": "b"})
    assert refused.status_code == 409
    assert FormAnswer.objects.get().values == {"hours": "1"}

    client.post(address, {"act": "save", "keep": "1", "f-hours": "2", "revision": 0, "tab": "b"})
    assert FormAnswer.objects.get().values == {"hours": "2"}


def test_who_began_on_a_version_finishes_on_it(clients, address):
    client = clients["rep"]
    design = FormDesign.objects.get(name="Us")
    old = services.published(design)
    step(clients["marketer"], design, "remove", key="hours")
    services.publish(design=design, revision=draft_of(design).revision, by=None)

    client.post(address, {"act": "send", "version": old.public_id, "f-score": "9", "f-hours": "3", "revision": 0})

    answer = FormAnswer.objects.get()
    assert (answer.version, answer.values) == (old, {"score": "9", "hours": "3"})
