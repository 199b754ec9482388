"""List pages: what is shown, counted, narrowed, acted on, exported and kept."""

import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from refprogram.kernel.lists import BulkAction, ListPage
from refprogram.kernel.models import SavedView
from refprogram.people.models import User
from tests.cast import Clients
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


def shown(html: str) -> list[str]:
    return re.findall(r'<a class="rp-name" href="[^"]*">([^<]*)</a>', html)


# ---------------------------------------------------------------- the page


def test_the_whole_page(client: Client, owner: User) -> None:
    RowFactory(user=owner, name="Alpha")

    page = client.get("/rows/").text

    assert "<h1>Rows</h1>" in page
    assert "One line of facts" in page
    assert '<a class="btn btn-primary" href="/rows/add/">' in page
    assert "Import rows" in page
    assert "Secret" not in page
    assert shown(page) == ["Alpha"]
    assert "1 of 1 shown" in page


def test_htmx_gets_the_rows_and_what_mirrors_the_state(client: Client, owner: User) -> None:
    RowFactory(user=owner, name="Alpha", shared=True)

    answer = client.get("/rows/?shared=yes&sort=-name&place_min=", headers=HTMX)

    assert "<h1>" not in answer.text
    assert answer.text.lstrip().startswith('<form id="rows"')
    assert re.findall(r'id="([\w-]+)"[^>]* hx-swap-oob="true"', answer.text) == [
        "list-chips",
        "list-search",
        "list-export",
        "list-exports",
        "list-dialog",
    ]
    assert 'id="list-export" href="?shared=yes&amp;sort=-name&amp;format=csv"' in answer.text
    assert answer["HX-Push-Url"] == "/rows/?shared=yes&sort=-name"
    assert "HX-Request" in answer["Vary"]


def test_typing_does_not_fill_the_history_nor_touch_the_box(client: Client) -> None:
    answer = client.get("/rows/?q=x", headers={**HTMX, "HX-Trigger": "list-search"})

    assert answer["HX-Replace-Url"] == "/rows/?q=x"
    assert 'id="list-search"' not in answer.text


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_whole_page_where_htmx_needs_one(client: Client, header: str) -> None:
    assert "<h1>Rows</h1>" in client.get("/rows/", headers={**HTMX, header: "true"}).text


@pytest.mark.parametrize("url", ["/rows/", "/rows/?sort=owner&q=row&place_min=0", "/rows/?view=shared"])
def test_queries_do_not_depend_on_rows(client: Client, owner: User, url: str) -> None:
    costs = []
    for number in (2, 18):
        many(owner, number, shared=True)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_a_list_asks_for_rows_views_and_one_count(client: Client, owner: User) -> None:
    many(owner, 60)
    client.get("/rows/")

    with CaptureQueriesContext(connection) as asked:
        client.get("/rows/?sort=owner&place_min=0")

    own = [query["sql"] for query in asked if "kernel_savedview" in query["sql"]]
    assert len(own) == 3
    assert len(own) == len(set(own))


def test_who_may_not_is_refused(client: Client, anonymous: Client) -> None:
    assert client.get("/forbidden/").status_code == 403
    assert anonymous.get("/rows/").headers["Location"] == "/auth/login/?next=/rows/"


def test_the_least_a_list_can_be(client: Client, owner: User) -> None:
    RowFactory(user=owner, name="Alpha")

    page = client.get("/plain/").text

    assert shown(page) == ["Alpha"]
    assert [part for part in ("list-search", "list-export", 'name="ids"', "list-filter-open") if part in page] == []


def test_a_verb_needs_its_method() -> None:
    with pytest.raises(ImproperlyConfigured, match="sing"):
        type("Wrong", (ListPage,), {"bulk_actions": (BulkAction("sing", "Sing"),)})


# ---------------------------------------------------------------- order, portions, counts


@pytest.mark.parametrize(
    ("sort", "names"),
    [("", "abc"), ("name", "abc"), ("-name", "cba"), ("-position", "bac"), ("nonsense", "abc"), ("seen", "abc")],
)
def test_order(client: Client, owner: User, sort: str, names: str) -> None:
    for name, position in zip("abc", (2, 3, 1), strict=True):
        RowFactory(user=owner, name=name, position=position)

    assert "".join(shown(client.get(f"/rows/?sort={sort}").text)) == names


def test_show_more_brings_the_next_rows_alone(client: Client, owner: User) -> None:
    many(owner, 60)
    first = client.get("/rows/").text
    address = re.findall(r'hx-get="([^"]*from=[^"]*)"', first)

    answer = client.get(f"/rows/{address[0]}", headers=HTMX)

    assert address == ["?from=50"]
    assert len(shown(first)) == 50
    assert len(shown(answer.text)) == 10
    assert "<table" not in answer.text
    assert "60 of 60 shown" in answer.text
    assert "list-more" not in answer.text
    assert set(shown(first)).isdisjoint(shown(answer.text))


@pytest.mark.parametrize("start", ["-1", "x", "99999999999999999999", "5000000", ""])
def test_a_start_that_makes_no_sense_breaks_nothing(client: Client, owner: User, start: str) -> None:
    RowFactory(user=owner)

    assert client.get(f"/rows/?from={start}").status_code == 200


def test_the_count_is_exact_to_a_thousand_and_then_on_request(client: Client, owner: User) -> None:
    many(owner, 1000)
    exact = client.get("/rows/").text
    many(owner, 5)
    capped = client.get("/rows/").text

    assert "50 of 1,000 shown" in exact
    assert "50 of 1,000+ shown" in capped
    assert 'hx-get="?part=count"' in capped
    assert client.get("/rows/?part=count", headers=HTMX).text == "1,005"


def test_the_count_stops_early(client: Client, owner: User) -> None:
    many(owner, 60)

    with CaptureQueriesContext(connection) as asked:
        client.get("/rows/")

    counts = [query["sql"] for query in asked if "COUNT(" in query["sql"]]
    assert len(counts) == 1
    assert "LIMIT 1001" in counts[0]


# ---------------------------------------------------------------- filters


def test_filters_narrow_and_are_shown_as_chips(client: Client, owner: User) -> None:
    RowFactory(user=owner, name="in", position=7)
    RowFactory(user=owner, name="out", position=1)

    page = client.get("/rows/?place_min=5&sort=name").text

    assert shown(page) == ["in"]
    assert '<span class="k">Place</span> 5 and more<a class="x" id="chip-place" href="?sort=name"' in page


def test_search_wants_every_word(client: Client, owner: User) -> None:
    RowFactory(user=owner, name="Watch list, spring")
    RowFactory(user=owner, name="Watch list, autumn")

    assert shown(client.get("/rows/?q=SPRING+watch").text) == ["Watch list, spring"]


def test_nonsense_is_said_beside_the_field_and_shows_no_row(client: Client, owner: User) -> None:
    RowFactory(user=owner)

    for headers in ({}, HTMX):
        answer = client.get("/rows/?place_min=abc&sort=-name&view=shared", headers=headers)

        assert answer.status_code == 200
        assert shown(answer.text) == []
        assert '<a href="#filter_place">Place</a>: Enter a number.' in answer.text
        assert 'id="filter_place_error"' in answer.text
        assert 'value="abc"' in answer.text
        assert '<input type="hidden" name="sort" value="-name">' in answer.text


@pytest.mark.parametrize(
    "query", ["q=%00", f"q={'x' * 300}", "shared=%00", "place_max=1e99999", "view=%00", "sort=%00"]
)
def test_no_address_breaks_the_page(client: Client, query: str) -> None:
    assert client.get(f"/rows/?{query}").status_code == 200


def test_nothing_at_all_offers_the_first_step(client: Client) -> None:
    page = client.get("/rows/").text

    assert "Rows will be here." in page
    assert page.count('href="/rows/add/"') == 2
    assert "list-search" not in page


def test_nothing_found_offers_to_leave_a_filter_out(client: Client, owner: User) -> None:
    RowFactory(user=owner)

    page = client.get("/rows/?q=zzz&shared=yes").text

    assert "Nothing found" in page
    assert 'href="?shared=yes"' in page
    assert 'href="?q=zzz"' in page
    assert "Rows will be here." not in page


def test_the_form_of_filters_has_the_present_state(client: Client) -> None:
    form = client.get("/rows/?part=filters&place_min=5&shared=no&q=x&sort=name", headers=HTMX).text

    assert 'name="place_min" id="filter_place_0" value="5"' in form
    assert '<option value="no" selected>' in form
    assert '<input type="hidden" name="q" value="x">' in form
    assert '<input type="hidden" name="sort" value="name">' in form
