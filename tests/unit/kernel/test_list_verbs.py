"""Lists: verbs on the chosen rows, and the export: never more than the reader may see."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from refprogram.kernel.models import SavedView
from refprogram.people.models import User
from tests.cast import Clients
from tests.factories.people import UserFactory
from tests.unit.kernel.list_room import (
    HIDDEN,
    RowFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.kernel.list_room")]


@pytest.fixture
def client(clients: Clients) -> Client:
    return clients["rep"]


@pytest.fixture
def owner() -> User:
    return UserFactory(name="Ana Owner")


def many(owner: User, number: int, **fields: Any) -> None:
    SavedView.objects.bulk_create(RowFactory.build_batch(number, user=owner, **fields))


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


# ---------------------------------------------------------------- bulk actions


def test_a_verb_is_done_on_the_chosen_rows(client: Client, owner: User) -> None:
    chosen, left = RowFactory(user=owner), RowFactory(user=owner)

    answer = client.post("/rows/?sort=-name", {"action": "share", "ids": [chosen.public_id, "\x00", "unknown"]})

    chosen.refresh_from_db()
    left.refresh_from_db()
    assert (chosen.shared, left.shared) == (True, False)
    assert answer.headers["Location"] == "/rows/?sort=-name"
    assert said(answer) == ["1 shared"]


def test_a_verb_never_reaches_rows_that_the_reader_cannot_see(client: Client, owner: User) -> None:
    hidden = RowFactory(user=owner, page=HIDDEN)

    client.post("/rows/", {"action": "share", "ids": [hidden.public_id]})
    client.post("/rows/", {"action": "share", "all_matching": "1"})

    hidden.refresh_from_db()
    assert hidden.shared is False


def test_all_means_all_under_the_filter(client: Client, owner: User) -> None:
    many(owner, 55, position=5)
    many(owner, 3, position=1)

    answer = client.post("/rows/?place_min=5", {"action": "share", "all_matching": "1", "ids": ["x"]})

    assert said(answer) == ["55 shared"]


def test_nothing_is_done_under_a_filter_that_makes_no_sense(client: Client, owner: User) -> None:
    RowFactory(user=owner)

    answer = client.post("/rows/?place_min=abc", {"action": "share", "all_matching": "1"})

    assert answer.status_code == 400
    assert not SavedView.objects.filter(shared=True).exists()


@pytest.mark.parametrize("action", ["secret", "unknown", "", "queryset"])
def test_a_verb_must_be_offered(client: Client, action: str) -> None:
    assert client.post("/rows/", {"action": action}).status_code == 403


def test_a_refusal_is_said(client: Client) -> None:
    assert said(client.post("/rows/", {"action": "refuse"})) == ["Not on a Sunday."]


def test_a_verb_may_ask_for_more(client: Client, owner: User) -> None:
    row = RowFactory(user=owner)

    assert client.post("/rows/", {"action": "open", "ids": [row.public_id]}).text == "a form for 1"


def test_the_bar_offers_what_the_reader_may(client: Client, owner: User) -> None:
    many(owner, 60)

    page = client.get("/rows/").text

    assert 'name="action" value="share" data-confirm="Share these?"' in page
    assert 'data-all-matching="60"' in page
    assert "Secret verb" not in page


# ---------------------------------------------------------------- export


def test_the_export_is_what_is_shown_and_all_of_it(client: Client, owner: User) -> None:
    many(owner, 55, position=5)
    many(owner, 2, position=1)

    answer = client.get("/rows/?place_min=5&sort=-name&format=csv")
    lines = b"".join(answer.streaming_content).decode().removeprefix("\ufeff").splitlines()  # type: ignore[attr-defined]

    names = [line.split(",")[0] for line in lines[1:]]
    assert lines[0] == "Row,Owner,Position,Shared"
    assert len(names) == 55
    assert names == sorted(names, reverse=True)
    assert lines[1].endswith(",Ana Owner,5,No")
    assert re.search(r'filename="list-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"])


@pytest.mark.parametrize("query", ["format=csv&place_min=abc", "format=pdf"])
def test_nonsense_is_not_exported(client: Client, query: str) -> None:
    assert client.get(f"/rows/?{query}").status_code == 400


def test_who_may_not_export_is_refused(client: Client) -> None:
    assert client.get("/plain/?format=csv").status_code == 403
