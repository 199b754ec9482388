"""Columns write cells, the renderer writes rows, exports write what is shown."""

import csv
import datetime as dt
import io
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from refprogram.kernel import tables
from refprogram.kernel.exports import csv_lines, csv_response, safe
from refprogram.kernel.models import SavedView
from refprogram.kernel.tables import Pill, joined, ordered, portion
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.people import UserFactory


class ViewFactory(DjangoModelFactory):
    """Rows to list: saved views stand in for any noun with an owner."""

    class Meta:
        model = SavedView

    user = SubFactory(UserFactory)
    page = "rooms:list"
    name = Sequence(lambda n: f"View {n:04}")


class ViewTable(tables.Table):
    """A name, something joined, a figure, a state, a moment."""

    name = tables.NameColumn("View", "name", url=lambda row: f"/views/{row.public_id}/", small="page", order_by="name")
    owner = tables.OwnerColumn("Owner", "user.person.name", order_by="user__person__name")
    position = tables.NumberColumn("Position", "position", order_by="position", desc_first=True, phone="end")
    shared = tables.PillColumn("Seen by", "shared", words={True: Pill("Everyone", "info"), False: Pill("Me")})
    made = tables.AgoColumn("Made", "created_at", order_by="created_at")


def cell(column: tables.Column, **row: Any) -> str:
    return str(column.writer()(SimpleNamespace(**row)))


def test_text_is_escaped_by_the_renderer() -> None:
    class Plain(tables.Table):
        name = tables.TextColumn("Name", "name", phone="")

    html = Plain.render_rows([SimpleNamespace(name="<script>alert(1)</script> & sons")])

    assert html == "<tr><td>&lt;script&gt;alert(1)&lt;/script&gt; &amp; sons</td></tr>"


def test_a_name_is_linked_and_escaped_and_has_its_small_line() -> None:
    column = tables.NameColumn("Account", "name", url="url", small="city", avatar="person")

    html = cell(column, name="Maple <& Finch", url='/a/"x"/', city="Basel <1>")

    assert '<a class="rp-name" href="/a/&quot;x&quot;/">Maple &lt;&amp; Finch</a><small>Basel &lt;1&gt;</small>' in html
    assert '<span class="rp-ava ' in html
    assert ">MF</span>" in html


def test_a_row_without_a_name_can_still_be_opened() -> None:
    column = tables.NameColumn("Account", "name", url="url", avatar="")

    assert cell(column, name="", url="/a/") == '<a class="rp-name" href="/a/">Unnamed</a>'


def test_a_path_stops_at_the_first_none() -> None:
    column = tables.TextColumn("Owner", "owner.person.name", nothing="nobody")

    assert cell(column, owner=None) == '<span class="rp-muted">nobody</span>'
    assert cell(column, owner=SimpleNamespace(person=SimpleNamespace(name="Ana"))) == "Ana"


def test_a_path_may_name_a_method() -> None:
    assert cell(tables.TextColumn("Tier", "tier_in_words"), tier_in_words=lambda: "Gold") == "Gold"


def test_choices_are_told_in_the_words_of_their_model() -> None:
    write = tables.TextColumn("Role", "get_role_display").writer()
    told = [write(User(role=role)) for role in (Role.REP, Role.JUDGE, Role.REP, "gone")]
    assert told == [str(Role.REP.label), str(Role.JUDGE.label), str(Role.REP.label), "gone"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (7, "7"),
        (999, "999"),
        (1000, "1,000"),
        (1234567, "1,234,567"),
        (-12, "−12"),
        (Decimal(1200), "1,200"),
    ],
)
def test_figures_are_grouped(value: Any, written: str) -> None:
    assert cell(tables.NumberColumn("Fatigue", "n"), n=value) == written


def test_figures_follow_the_readers_language() -> None:
    with translation.override("de"):
        assert cell(tables.NumberColumn("Fatigue", "n"), n=1234567) == "1.234.567"
        assert cell(tables.MoneyColumn("Value", "n", currency="EUR"), n=1234567) == "1.234.567\u00a0€"


@pytest.mark.parametrize(
    ("value", "written"),
    [(1200, "$1,200"), (Decimal("1200.00"), "$1,200"), (Decimal("1200.50"), "$1,200.50"), (-3, "−$3"), (None, "")],
)
def test_money_has_its_sign_and_cents_only_where_there_are_any(value: Any, written: str) -> None:
    assert cell(tables.MoneyColumn("Value", "n", currency="USD"), n=value) == written


def test_money_can_have_the_rows_own_currency() -> None:
    write = tables.MoneyColumn("Value", "n", currency_source="code").writer()

    assert write(SimpleNamespace(n=5, code="EUR")) == "€5"
    assert write(SimpleNamespace(n=5, code="USD")) == "$5"


def test_no_figure_is_not_nought() -> None:
    assert cell(tables.NumberColumn("Fatigue", "n", nothing="none"), n=None) == '<span class="rp-muted">none</span>'
    assert cell(tables.NumberColumn("Fatigue", "n", nothing="none"), n=0) == "0"


@time_machine.travel("2026-11-22 12:00:00+00:00", tick=False)
def test_a_moment_is_said_as_distance() -> None:
    column = tables.AgoColumn("Asked", "at", nothing="Never")
    moment = dt.datetime(2026, 11, 13, 12, tzinfo=dt.UTC)

    assert cell(column, at=moment) == '<time datetime="2026-11-13T12:00:00+00:00" data-rel>9 days ago</time>'
    assert cell(column, at=None) == '<span class="rp-muted">Never</span>'


def test_a_day_shows_the_exact_one_on_hover() -> None:
    html = cell(tables.DateColumn("Signed", "on"), on=dt.date(2024, 3, 1))

    assert html == '<time datetime="2024-03-01" title="1 March 2024">1 March 2024</time>'


def test_a_pill_has_a_word_and_its_own_small_line() -> None:
    column = tables.PillColumn("State", "state", words={"x": Pill("Frozen", "stop", small="since 9 November")})

    assert cell(column, state="x") == '<span class="rp-pill stop">Frozen</span><small>since 9 November</small>'
    assert cell(column, state="unknown <b>") == '<span class="rp-pill">unknown &lt;b&gt;</span>'
    assert cell(column, state=None) == ""


def test_a_yes_or_no_is_a_word() -> None:
    column = tables.BooleanColumn("Reference", "is_reference", yes="Yes", no="Not yet")

    assert [cell(column, is_reference=value) for value in (True, False, None)] == ["Yes", "Not yet", ""]


def test_heads_sort_and_say_how() -> None:
    html = ViewTable.render([], sort="-position", sort_url=lambda order: f"?sort={order}")

    assert '<th scope="col" class="rp-num" aria-sort="descending"><a id="sort-position" href="?sort=position"' in html
    assert '<th scope="col"><a id="sort-name" href="?sort=name"' in html
    assert html.count("aria-sort") == 1
    assert '<th scope="col">Seen by</th>' in html


def test_the_first_click_on_a_figure_shows_the_biggest() -> None:
    html = ViewTable.render([], sort="name", sort_url=lambda order: f"?sort={order}")

    assert 'id="sort-position" href="?sort=-position"' in html
    assert 'id="sort-name" href="?sort=-name"' in html


def test_every_column_knows_its_place_on_a_phone() -> None:
    html = ViewTable.render([])

    assert tables.openings(ViewTable.declared().values(), pick=True) == [
        '<tr><td class="rp-pick hide">',
        "</td><td>",
        '</td><td class="hide rp-nowrap">',
        '</td><td class="end rp-num" data-k="Position">',
        '</td><td class="hide">',
        '</td><td class="hide rp-nowrap rp-muted">',
    ]
    assert "rp-table cards" in html


def test_rows_can_be_picked_by_name() -> None:
    row = SimpleNamespace(
        public_id="x1", name='The "A" list', page="p", user=None, position=1, shared=True, created_at=None
    )

    html = ViewTable.render([row], pick=True)

    assert 'name="ids" value="x1" aria-label="Select The &quot;A&quot; list">' in html
    assert "data-select-all" in html


@pytest.mark.django_db
def test_what_columns_show_is_joined_in_one_query() -> None:
    ViewFactory.create_batch(3)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        html = ViewTable.render(joined(SavedView.objects.all(), ViewTable.declared()))

    assert len(asked) == 1
    assert html.count("<tr>") == 4
    assert "Colleague Number" in html


@pytest.mark.django_db
def test_equal_rows_keep_their_order() -> None:
    rows = ViewFactory.create_batch(4, position=5)
    columns = ViewTable.declared()

    up = list(ordered(SavedView.objects.all(), columns, "position"))
    down = list(ordered(SavedView.objects.all(), columns, "-position"))

    assert up == rows
    assert down == rows[::-1]


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["name", "-position", "owner", "-made", ""])
def test_a_portion_is_what_the_order_says(sort: str) -> None:
    for number in range(7):
        ViewFactory(position=number % 3, user__name=f"Person {number % 2}")
    columns = ViewTable.declared()
    everything = ordered(SavedView.objects.all(), columns, sort)

    with CaptureQueriesContext(connection) as asked:
        found = list(portion(everything, columns, sort, 2, 5))

    assert found == list(everything)[2:5]
    assert len(asked) == 1


def exported(queryset: Any, columns: tables.Columns) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(csv_lines(queryset, columns)).removeprefix("\ufeff"))))


@pytest.mark.django_db
@time_machine.travel("2026-11-22 12:00:00+00:00", tick=False)
def test_an_export_has_the_shown_columns_and_words() -> None:
    ViewFactory(name="=cmd|'/c calc'", position=1200, shared=True, user__name="Ana Sousa")

    rows = exported(SavedView.objects.all(), ViewTable.declared())

    assert rows == [
        ["View", "Owner", "Position", "Seen by", "Made"],
        ["'=cmd|'/c calc'", "Ana Sousa", "1200", "Everyone", "2026-11-22T12:00:00+00:00"],
    ]


@pytest.mark.django_db
def test_an_export_by_instances_is_the_same() -> None:
    ViewFactory.create_batch(3)
    slow = {
        **ViewTable.declared(),
        "owner": tables.OwnerColumn("Owner", lambda row: row.user.name, related=("user__person",)),
    }

    assert exported(SavedView.objects.all(), slow) == exported(SavedView.objects.all(), ViewTable.declared())


@pytest.mark.django_db
def test_an_export_by_instances_takes_database_paths_too() -> None:
    ViewFactory.create_batch(2, user__name="Ana Sousa")
    columns = {
        "name": tables.TextColumn("View", lambda row: row.name),
        "owner": tables.TextColumn("Owner", lambda row: "", csv="user__person__name"),
        "mail": tables.TextColumn("Mail", lambda row: "", csv="user__get_email_field_name"),
    }

    with CaptureQueriesContext(connection) as asked:
        rows = exported(SavedView.objects.all(), columns)

    assert [row[1:] for row in rows[1:]] == [["Ana Sousa", "email"], ["Ana Sousa", "email"]]
    assert len([query for query in asked if "SELECT" in query["sql"]]) <= 1


@pytest.mark.django_db
def test_a_streamed_export_keeps_the_readers_zone() -> None:
    ViewFactory(created_at=dt.datetime(2026, 7, 1, 23, tzinfo=dt.UTC))

    with timezone.override("Europe/Berlin"):
        response = csv_response(SavedView.objects.all(), {"made": ViewTable.declared()["made"]}, "views.csv")
    text = b"".join(response).decode()

    assert text == "\ufeffMade\r\n2026-07-02T01:00:00+02:00\r\n"
    assert response["Content-Disposition"] == 'attachment; filename="views.csv"'


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2", "@x", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(("value", "written"), [(-2, -2), (Decimal("-2.5"), Decimal("-2.5")), (None, None)])
def test_figures_stay_figures_in_an_export(value: Any, written: Any) -> None:
    assert safe(value) == written
