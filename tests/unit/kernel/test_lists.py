"""List pages: what is shown, counted, narrowed, acted on, exported and kept."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from factory import Sequence
from factory.django import DjangoModelFactory

from refprogram.kernel import filters, list_views, saved_views, tables
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.lists import Action, BulkAction, Empty, ListPage, View
from refprogram.kernel.models import SavedView
from refprogram.people.models import User
from tests.cast import Cast, Clients
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

HTMX = {"HX-Request": "true"}
ROWS = "rooms:rows"  # the page of the views that serve as rows
HIDDEN = "rooms:hidden"  # rows that the reader must not see


class RowFactory(DjangoModelFactory):
    """A row of the list: a saved view of somebody, on a page of its own."""

    class Meta:
        model = SavedView

    page = ROWS
    name = Sequence(lambda n: f"Row {n:04}")


class RowTable(tables.Table):
    """Columns of the list."""

    name = tables.NameColumn("Row", "name", url=lambda row: f"/rows/{row.public_id}/", order_by="name")
    owner = tables.OwnerColumn("Owner", "user.person.name", order_by="user__person__name")
    position = tables.NumberColumn("Position", "position", order_by="position", desc_first=True)
    seen = tables.BooleanColumn("Shared", "shared")


class RowFilter(filters.FilterSet):
    """Filters of the list."""

    place = filters.RangeFilter(label="Place", field_name="position")
    shared = filters.YesNoFilter(label="Shared")


class RowList(ListPage):
    """The list under test."""

    page = "rooms:list"
    title = "Rows"
    table_class = RowTable
    filterset_class = RowFilter
    search_fields = ("name",)
    default_sort = "name"
    views = (View("shared", "Shared ones", "shared=yes&sort=-position"), View("secret", "Secret", "", "kernel.nobody"))
    bulk_actions = (
        BulkAction("share", "Share", icon="users", confirm="Share these?", short="Go"),
        BulkAction("refuse", "Refuse"),
        BulkAction("open", "Open"),
        BulkAction("secret", "Secret verb", permission="kernel.nobody_may"),
    )
    primary_action = Action("Add a row", "/rows/add/", icon="plus")
    actions = (
        Action("Import rows", "/rows/import/"),
        Action("Secret page", "/secret/", permission="kernel.nobody_may"),
    )
    empty = Empty("Rows will be here.", primary_action)

    def get_queryset(self) -> QuerySet[SavedView]:
        return SavedView.objects.filter(page=ROWS)

    def get_facts(self) -> str:
        return "One line of facts"

    def bulk_share(self, chosen: QuerySet[SavedView]) -> str:
        return f"{chosen.update(shared=True)} shared"

    def bulk_refuse(self, chosen: QuerySet[SavedView]) -> str:
        raise DomainError("Not on a Sunday.")

    def bulk_open(self, chosen: QuerySet[SavedView]) -> HttpResponse:
        return HttpResponse(f"a form for {chosen.count()}")

    def bulk_secret(self, chosen: QuerySet[SavedView]) -> str:
        raise AssertionError("not for this reader")


class Counted(RowList):
    """Its tabs have counts."""

    page = "rooms:counted"
    views_with_counts = True


class Plain(ListPage):
    """The least a list can be; nothing is exported."""

    title = "Plain rows"
    table_class = RowTable
    can_export = False

    def get_queryset(self) -> QuerySet[SavedView]:
        return SavedView.objects.filter(page=ROWS)


class Forbidden(Plain):
    """Nobody may open it."""

    permission = "kernel.nobody_may"


def landing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


verbs = (
    [
        path("views/", list_views.SaveView.as_view(), name="save-view"),
        path("views/<str:public_id>/delete/", list_views.DeleteView.as_view(), name="delete-view"),
    ],
    "kernel",
)
urlpatterns = [
    path("rows/", RowList.as_view()),
    path("counted/", Counted.as_view()),
    path("plain/", Plain.as_view()),
    path("forbidden/", Forbidden.as_view()),
    path("auth/login/", landing, name="account_login"),
    path("", include(verbs)),
]


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


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


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
        saved_views.rename_view(user=cast["rep"], public_id=other.public_id, name="One")


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
