"""Added fields in lists: filters, chips, columns, order, exports."""

import csv
import datetime as dt
import io
import json
import re

import openpyxl
import pytest

from references.accounts.models import Account
from refprogram.kernel import list_walk
from refprogram.kernel.custom_fields import lists, services, values
from refprogram.kernel.models import CustomField, CustomValue
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields():
    """One field of each type on accounts, one on each other noun."""
    add = services.add_field
    add(noun="account", key="plants", label="Plants", type="number", unit="sites")
    add(noun="account", key="since", label="Customer since", type="date")
    add(noun="account", key="grade", label="Grade", type="choice", choices=["Gold", "Silver"])
    add(noun="account", key="critical", label="Critical", type="yes_no")
    add(noun="account", key="erp", label="ERP", type="text", searchable=True)
    for noun in ("contact", "opportunity", "nomination", "request"):
        add(noun=noun, key="code", label="House code", type="text", searchable=True)


def account(name, **said):
    row = AccountFactory(name=name)
    values.save_values(noun="account", object_id=row.pk, values=said)
    return row


def page(client, query):
    return client.get(f"/accounts/?{query}").text


# ---------------------------------------------------------------- lists


@pytest.mark.usefixtures("fields")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("custom.plants_min=10", {"Kestrel"}),
        ("custom.plants_max=5&custom.plants_min=2", {"Oriel"}),
        ("custom.since_after=2021-01-01", {"Oriel"}),
        ("custom.grade=Gold&custom.grade=Silver", {"Kestrel", "Oriel"}),
        ("custom.critical=yes", {"Kestrel"}),
        ("custom.critical=no", {"Oriel"}),
        ("custom.erp=sap s/4", {"Kestrel"}),
        ("custom.erp=100%25", {"Oriel"}),
        ("custom.erp=_", set()),
        ("q=sap", {"Kestrel"}),
        ("q=oriel", {"Oriel"}),
        ("q=nothing", set()),
    ],
)
def test_a_list_is_narrowed_by_them(clients, query, found):
    account("Kestrel", plants=12, since="2020-05-05", grade="Gold", critical=True, erp="SAP S/4")
    account("Oriel", plants=3, since="2022-05-05", grade="Silver", critical=False, erp="100% own")
    account("Blank")

    shown = page(clients["marketer"], query)

    assert {name for name in ("Kestrel", "Oriel", "Blank") if name in shown} == found


@pytest.mark.usefixtures("fields")
def test_chips_and_columns_are_part_of_the_state(clients):
    account("Kestrel", plants=12, critical=True)

    shown = page(clients["marketer"], "custom.plants_min=10&columns=plants&columns=critical")

    assert "Plants (sites)" in shown
    assert "10 sites and more" in shown
    assert "Plants, Critical" in shown
    assert '<td class="hide rp-num">12</td>' in shown
    assert "Plants (sites)</th>" not in page(clients["marketer"], "")
    assert "custom.grade" in clients["marketer"].get("/accounts/?part=filters", headers={"HX-Request": "true"}).text


@pytest.mark.usefixtures("fields")
def test_a_value_that_makes_no_sense_shows_no_rows(clients):
    account("Kestrel", plants=12)

    shown = page(clients["marketer"], "custom.plants_min=twelve")

    assert "does not make sense" in shown
    assert "Kestrel" not in shown


@pytest.mark.usefixtures("fields")
def test_the_export_has_the_columns_that_are_shown(clients):
    account("Kestrel", plants="12.5", since="2020-05-05", critical=True)
    account("Oriel")

    text = clients["marketer"].get("/accounts/?format=csv&columns=plants&columns=since&columns=critical").getvalue()

    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert [(row["Plants (sites)"], row["Customer since"], row["Critical"]) for row in rows] == [
        ("12.5", "2020-05-05", "yes"),
        ("", "", ""),
    ]


@pytest.mark.usefixtures("fields")
def test_the_same_as_excel_and_as_json(clients):
    account("Kestrel", plants="12.5", erp="=cmd()")
    account("Oriel")
    query = "/accounts/?columns=plants&columns=erp&format="

    sheet = openpyxl.load_workbook(io.BytesIO(clients["marketer"].get(f"{query}xlsx").getvalue())).active
    rows = json.loads(clients["marketer"].get(f"{query}json").getvalue())

    assert [[cell.value for cell in row[-2:]] for row in sheet] == [
        ["Plants (sites)", "ERP"], [12.5, "'=cmd()"], [None, None],
    ]  # fmt: skip
    assert [(row["name"], row["custom.plants"], row["custom.erp"]) for row in rows] == [
        ("Kestrel", 12.5, "=cmd()"), ("Oriel", None, None),
    ]  # fmt: skip
    assert json.loads(clients["marketer"].get("/accounts/?q=nobody&format=json").getvalue()) == []
    assert clients["marketer"].get("/accounts/?format=pdf").status_code == 400


@pytest.mark.usefixtures("fields")
@pytest.mark.parametrize("path", ["/opportunities/", "/nominations/", "/requests/"])
def test_the_other_lists_filter_search_and_show_them(clients, path):
    assert clients["marketer"].get(f"{path}?custom.code=x&columns=code&q=x").status_code == 200
    assert clients["marketer"].get(f"{path}?columns=code&format=csv").status_code == 200


@pytest.mark.usefixtures("fields")
def test_columns_cost_no_statement_more(clients, budget):
    def make(count):
        for number in range(count):
            account(f"Customer {number}", plants=number, erp="SAP", critical=True)

    budget.flat(
        "references:accounts with added columns",
        make=make,
        visit=lambda: clients["marketer"].get("/accounts/?custom.erp=sap&columns=plants&columns=erp&columns=critical"),
    )


# ---------------------------------------------------------------- order


@pytest.mark.usefixtures("fields")
@pytest.mark.parametrize(
    ("key", "said", "order"),
    [
        ("plants", [3, None, 12, 3], "0 3 2 1"),
        ("since", ["2024-05-01", None, "2019-01-31", "2026-01-01"], "2 0 3 1"),
        ("grade", ["Silver", None, "Gold", "Gold"], "2 3 0 1"),
        ("critical", [True, None, False, True], "2 0 3 1"),
    ],
)
def test_rows_come_in_the_order_of_an_added_field(clients, key, said, order):
    """What has no value comes last either way; of equal ones the older row comes first, or last."""
    for number, value in enumerate(said):
        account(f"Row {number}", **({key: value} if value is not None else {}))

    def names(sort):
        rows = json.loads(b"".join(clients["marketer"].get(f"/accounts/?columns={key}&sort={sort}&format=json")))
        return [row["name"].removeprefix("Row ") for row in rows]

    up = order.split()
    assert names(f"custom.{key}") == up
    assert names(f"-custom.{key}") == [*reversed(up[:-1]), up[-1]]
    shown = page(clients["marketer"], f"columns={key}&sort=custom.{key}")
    places = [shown.index(f"Row {number}<") for number in up]
    assert places == sorted(places)


@pytest.mark.usefixtures("fields")
def test_every_slice_of_the_order_is_the_whole_order_cut():
    """Across the last row with a value, beyond it, and under a filter."""
    for number in range(9):
        account(f"Row {number}", **({"plants": number * 7 % 5} if number % 3 else {}), grade="Gold")
    account("Silver one", plants=2, grade="Silver")
    column = lists.columns("account", ["plants"])["custom.plants"]
    rows = Account.objects.filter(name__startswith="Row")

    for down in (False, True):
        whole = column.keys(rows, descending=down, start=0, stop=9)
        assert sorted(whole) == sorted(rows.values_list("pk", flat=True))
        for start in range(10):
            for stop in range(start + 1, 11):
                assert column.keys(rows, descending=down, start=start, stop=stop) == whole[start:stop]


@pytest.mark.usefixtures("fields")
def test_a_text_is_not_sorted_by(clients):
    account("Row", erp="SAP")

    assert "sort=custom.erp" not in page(clients["marketer"], "columns=erp")
    assert "sort=-custom.plants" in page(clients["marketer"], "columns=plants")


@pytest.mark.usefixtures("fields")
def test_sorted_list_asks_anew_each_time(clients):
    """The statement of a steady page is kept; which rows come first is not."""
    account("Row 1", plants=1)
    address = "columns=plants&sort=-custom.plants"
    assert "Row 1<" in page(clients["marketer"], address)

    account("Row 2", plants=2)
    shown = page(clients["marketer"], address)
    assert shown.index("Row 2<") < shown.index("Row 1<")


@pytest.mark.usefixtures("fields")
@pytest.mark.parametrize("farthest", [2000, 60])
def test_what_very_many_meet_is_found_on_the_way(clients, cast, monkeypatch, farthest):
    """Walked along the order or gathered whole: the same rows, in the same order, the same number."""
    monkeypatch.setattr(lists, "HANDED_OVER", 20)
    monkeypatch.setattr(list_walk, "FARTHEST", farthest)
    rows = AccountFactory.build_batch(200, owner=cast.rep)
    for n, row in enumerate(rows):
        row.name, row.industry = f"Row {n * 7 % 200:03}", "Retail" if n % 3 else "Logistics"
    rows = Account.objects.bulk_create(rows)
    known = {field.key: field.pk for field in CustomField.objects.filter(noun="account")}
    CustomValue.objects.bulk_create(
        CustomValue(field_id=known[key], object_id=row.pk, **said)
        for n, row in enumerate(rows)
        for key, said in (
            ("plants", {"number": n % 40}),
            ("since", {"day": dt.date(2020, 1, 1 + n % 28)}),
            ("grade", {"text": "Gold" if n % 2 else "Silver"}),
        )
    )

    def names(who, address, **headers):
        return re.findall(r">(Row \d{3})</a>", clients[who].get(f"/accounts/?{address}", headers=headers).text)

    for query, met in (
        ("custom.plants_min=10", lambda n: n % 40 >= 10),
        ("custom.plants_min=10&custom.plants_max=35", lambda n: 10 <= n % 40 <= 35),
        ("custom.since_before=2020-01-20", lambda n: n % 28 < 20),
        ("custom.grade=Gold", lambda n: n % 2),
        ("custom.plants_min=10&industry=Retail", lambda n: n % 40 >= 10 and n % 3),
        ("custom.plants_min=10&custom.grade=Gold", lambda n: n % 40 >= 10 and n % 2),
    ):
        wanted = sorted(row.name for n, row in enumerate(rows) if met(n))
        assert f"of {len(wanted)}" in clients["rep"].get(f"/accounts/?{query}").text
        assert names("rep", query) == names("marketer", f"{query}&sort=name") == wanted[:50]
        assert names("marketer", f"{query}&sort=-name") == wanted[::-1][:50]
        assert names("marketer", f"{query}&from=50", **{"HX-Request": "true"}) == wanted[50:100]
