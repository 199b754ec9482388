"""Form pages: errors in their place, and nothing done twice."""

import datetime as dt
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from refprogram.kernel import forms, retention, saved_views
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.models import SavedView, SubmittedForm
from tests.cast import Cast, Clients, signed_in
from tests.factories.people import UserFactory
from tests.racing import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

SLOW = threading.Event()


class NameForm(forms.Form):
    """A name and a choice."""

    name = django_forms.CharField(label="Name", help_text="As on their letterhead", max_length=20)
    kind = django_forms.ChoiceField(
        label="Kind", choices=[("a", "A"), ("b", "B")], widget=django_forms.RadioSelect, required=False
    )


REFUSALS = {
    "taken": InvalidInput("Somebody has this name.", errors={"name": "Somebody has this name."}),
    "gone": DomainError("The page is gone."),
    "odd": ValidationError({"name": ["Odd name."], "page": ["No such page."]}),
    "plain": ValidationError("Simply wrong."),
    "secret": NotAllowed("Ask your manager."),
}


class AddView(forms.FormPage):
    """Saves a view under the name, and a suffix that tells two savings apart."""

    form_class = NameForm
    title = "Add a view"
    verb = "Add it"
    cancel_url = "/list/"
    draft = "add-view"

    def save(self, form: Any) -> str:
        name = form.cleaned_data["name"]
        view = saved_views.save_view(user=self.request.user, page="p", name=f"{name} {uuid.uuid4()}", query="")
        if name in REFUSALS:
            raise REFUSALS[name]
        if name == "slow":
            SLOW.wait(1)
        return f"/list/?view={view.public_id}"


class Forbidden(AddView):
    """Nobody may."""

    permission = "kernel.nobody_may"


def landing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


urlpatterns = [
    path("add/", AddView.as_view()),
    path("forbidden/", Forbidden.as_view()),
    path("list/", landing),
    path("auth/login/", landing, name="account_login"),
]


@pytest.fixture
def client(clients: Clients) -> Client:
    return clients["rep"]


def names() -> list[str]:
    return [view.name.split()[0] for view in SavedView.objects.all()]


def test_a_page_has_title_verb_way_back_and_key(client: Client) -> None:
    page = client.get("/add/").text

    assert "<h1>Add a view</h1>" in page
    assert '<button class="btn btn-primary">Add it</button>' in page
    assert '<a class="btn btn-quiet" href="/list/">Cancel</a>' in page
    assert 'data-draft="add-view"' in page
    assert 'name="submit_key" value="' in page


def test_help_stands_under_its_field(client: Client) -> None:
    page = client.get("/add/").text

    assert 'aria-describedby="id_name_helptext"' in page
    assert '<div id="id_name_helptext" class="form-hint">As on their letterhead</div>' in page
    assert 'Kind <span class="rp-muted">(optional)</span>' in page


def test_a_valid_form_goes_to_its_result(client: Client) -> None:
    answer = client.post("/add/", {"name": "New"})

    assert answer.status_code == 302
    assert answer.url == f"/list/?view={SavedView.objects.get().public_id}"  # type: ignore[attr-defined]


def test_an_invalid_form_comes_back_with_what_was_typed(client: Client) -> None:
    answer = client.post("/add/", {"name": "x" * 30, "kind": "zzz"})

    assert answer.status_code == 422
    assert "2 things to put right" in answer.text
    assert '<a href="#id_name">Name</a>' in answer.text
    assert 'id="id_name_error" class="invalid-feedback d-block">' in answer.text
    assert 'aria-describedby="id_name_helptext id_name_error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{"x" * 30}"' in answer.text
    assert 'fieldset id="id_kind"' in answer.text


def test_htmx_gets_the_form_alone(client: Client) -> None:
    answer = client.post("/add/", {"name": ""}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.text.lstrip().startswith("<form")
    assert "<html" not in answer.text


def test_htmx_is_told_to_go_on(client: Client) -> None:
    answer = client.post("/add/", {"name": "New"}, headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/list/?view=")


def test_the_same_key_does_nothing_twice(client: Client) -> None:
    key = str(uuid.uuid4())

    first = client.post("/add/", {"name": "New", "submit_key": key})
    second = client.post("/add/", {"name": "Other", "submit_key": key})

    assert names() == ["New"]
    assert second.headers["Location"] == first.headers["Location"]


def test_a_refused_form_may_be_sent_again(client: Client) -> None:
    key = str(uuid.uuid4())

    refused = client.post("/add/", {"name": "taken", "submit_key": key})
    answer = client.post("/add/", {"name": "free", "submit_key": key})

    assert (refused.status_code, answer.status_code, names()) == (422, 302, ["free"])
    assert key in refused.text


@pytest.mark.parametrize("key", ["", "nonsense", "\x00", "0" * 500])
def test_a_key_that_is_none_protects_nothing_and_breaks_nothing(client: Client, key: str) -> None:
    assert client.post("/add/", {"name": "New", "submit_key": key}).status_code == 302


def test_a_key_is_its_readers_own(client: Client, cast: Cast) -> None:
    key = str(uuid.uuid4())
    signed_in(cast["marketer"]).post("/add/", {"name": "Hers", "submit_key": key})

    answer = client.post("/add/", {"name": "Mine", "submit_key": key})

    assert (answer.status_code, names()) == (403, ["Hers"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("taken", ["Somebody has this name."]),
        ("gone", ["The page is gone."]),
        ("odd", ["Odd name.", "No such page."]),
        ("plain", ["Simply wrong."]),
    ],
)
def test_a_services_refusal_is_shown_and_undone(client: Client, name: str, words: list[str]) -> None:
    answer = client.post("/add/", {"name": name})

    assert (answer.status_code, names()) == (422, [])
    assert [one for one in words if one not in answer.text] == []


def test_who_may_not_is_refused(client: Client) -> None:
    assert client.post("/add/", {"name": "secret"}).status_code == 403
    assert client.get("/forbidden/").status_code == 403
    assert names() == []


def test_nobody_is_sent_to_the_sign_in(anonymous: Client) -> None:
    answer = anonymous.get("/add/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/auth/login/?next=/add/")


@pytest.fixture
def two_at_once(transactional_db: None) -> Iterator[None]:
    SLOW.clear()
    yield
    SLOW.set()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_save_once(two_at_once: None) -> None:
    user, key = UserFactory(), str(uuid.uuid4())

    answers = at_once(*[lambda: signed_in(user).post("/add/", {"name": "slow", "submit_key": key})] * 2)

    assert names() == ["slow"]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len({answer.headers["Location"] for answer in answers}) == 1


def test_keys_are_forgotten_after_a_week(client: Client) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=8)):
        client.post("/add/", {"name": "Old", "submit_key": str(uuid.uuid4())})
    client.post("/add/", {"name": "New", "submit_key": str(uuid.uuid4())})

    assert retention.run(next(policy for policy in retention.policies() if policy.name == "sent_forms")) == 1
    assert SubmittedForm.objects.count() == 1


def test_limits_are_said_in_plain_words() -> None:
    class Limited(forms.Form):
        n = django_forms.IntegerField(min_value=1)

    assert Limited({"n": "0"}).errors["n"] == ["At least 1."]
