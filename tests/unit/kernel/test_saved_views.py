"""Saved views: a filter kept under a name becomes a tab, one's own or everybody's."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from refprogram.kernel import saved_views
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.models import SavedView
from refprogram.people.models import User
from tests.cast import Cast, Clients
from tests.factories.people import UserFactory
from tests.unit.kernel.list_room import (
    HTMX,
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


# ---------------------------------------------------------------- saved views


def save(client: Client, **fields: str) -> Any:
    sent = {"page": "rooms:list", "name": "Mine", "query": "shared=yes&from=50&view=x", "next": "/rows/", **fields}
    return client.post("/views/", sent)


def test_a_view_becomes_a_tab(client: Client, owner: User) -> None:
    RowFactory(user=owner, shared=True)

    answer = save(client)
    view = SavedView.objects.get(page="rooms:list")
    page = client.get(answer.headers["Location"]).text

    assert answer.headers["Location"] == f"/rows/?shared=yes&view={view.public_id}"
    assert re.search(rf'id="view-{view.public_id}"[^>]* aria-current="page">Mine', page)
    assert re.search(r'id="view-shared" href="\?shared=yes&amp;sort=-position&amp;view=shared"', page)


def test_the_same_name_replaces_the_view(client: Client) -> None:
    save(client)
    save(client, query="q=x")

    assert [view.query for view in SavedView.objects.all()] == ["q=x"]


def test_ones_own_view_is_changed_and_deleted(client: Client) -> None:
    save(client)
    view = SavedView.objects.get()

    form = client.get(f"/rows/?part=save&view={view.public_id}", headers=HTMX).text
    save(client, change=view.public_id, name="Renamed", query="q=y")
    view.refresh_from_db()
    client.post(f"/views/{view.public_id}/delete/", {"next": "/rows/"})

    assert f'name="change" value="{view.public_id}"' in form
    assert (view.name, view.query) == ("Renamed", "q=y")
    assert not SavedView.objects.exists()


def test_a_view_of_somebody_else_is_neither_shown_nor_touched(client: Client, clients: Clients) -> None:
    save(clients["marketer"], name="Hers")
    view = SavedView.objects.get()

    assert "Hers" not in client.get("/rows/?q=x").text
    assert save(client, change=view.public_id).status_code == 404
    assert client.post(f"/views/{view.public_id}/delete/").status_code == 404


def test_a_shared_view_is_everybodys_tab(client: Client, cast: Cast) -> None:
    RowFactory(user=cast["marketer"], page="rooms:list", name="For all", shared=True)

    assert "For all" in client.get("/rows/?q=x").text


def test_sharing_needs_permission(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        saved_views.save_view(user=cast["rep"], page="rooms:list", name="For all", query="", shared=True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "Give the view a name of up to 60 letters."),
        ({"name": "x" * 61}, "Give the view a name of up to 60 letters."),
        ({"query": "q=" + "x" * 3000}, "These are more filters than a view can hold."),
        ({"page": "no page"}, "This view could not be saved."),
    ],
)
def test_what_cannot_be_saved_is_said(client: Client, fields: dict[str, str], words: str) -> None:
    assert said(save(client, **fields)) == [words]
    assert not SavedView.objects.exists()


def test_there_is_an_end_to_views(cast: Cast) -> None:
    RowFactory.create_batch(saved_views.MOST_PER_PAGE, user=cast["rep"], page="rooms:list")

    with pytest.raises(InvalidInput, match="Delete one first"):
        saved_views.save_view(user=cast["rep"], page="rooms:list", name="One more", query="")


def test_a_name_is_used_once(cast: Cast) -> None:
    saved_views.save_view(user=cast["rep"], page="p", name="One", query="")
    other = saved_views.save_view(user=cast["rep"], page="p", name="Other", query="")

    with pytest.raises(InvalidInput, match="another view with this name"):
        saved_views.change_view(user=cast["rep"], public_id=other.public_id, name="One", query="", shared=False)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "evil", ""])
def test_nobody_is_sent_elsewhere(client: Client, target: str) -> None:
    assert save(client, next=target).headers["Location"].startswith("/?")


def test_tabs_get_their_counts_after_the_page(client: Client, owner: User) -> None:
    many(owner, 3, shared=True)
    many(owner, 2)

    first = client.get("/counted/").text
    counted = client.get("/counted/?part=views", headers=HTMX).text
    later = client.get("/counted/").text

    assert 'hx-trigger="load"' in first
    assert re.findall(r'<span class="n">(\d+)</span>', counted) == ["5", "3"]
    assert re.findall(r'<span class="n">(\d+)</span></a>', later) == ["5", "3"]
    assert 'hx-get="?part=views"' not in later
