"""Fields that the company added, in files from a CRM."""

from decimal import Decimal

import pytest

from references.accounts.models import Account, Opportunity
from references.exchange import added, services
from references.exchange.models import ImportKind
from references.exchange.specs import guess_columns
from refprogram.kernel import sheets
from refprogram.kernel.custom_fields import services as custom_fields
from refprogram.kernel.custom_fields import values
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db

ACCOUNTS = (
    b"account,industry,plants,Customer since,grade\n"
    b'Kestrel Freight,Logistics,"1,200.5",31.01.2020,gold\n'
    b"Oriel Bank,Banking,,,\n"
    b"Third,Banking,many,2020-02-30,Bronze\n"
)


@pytest.fixture
def fields():
    add = custom_fields.add_field
    add(noun="account", key="plants", label="Plants", type="number")
    add(noun="account", key="since", label="Customer since", type="date")
    add(noun="account", key="grade", label="Grade", type="choice", choices=["Gold", "Silver"])
    add(noun="contact", key="code", label="House code", type="text")
    add(noun="opportunity", key="probability", label="Probability", type="number")


def checked(kind, content):
    spec, sheet = added.spec_of(kind), sheets.read(content)
    columns = guess_columns(spec, sheet.header)
    return spec, columns, services.check(spec, sheet, columns)


@pytest.mark.usefixtures("fields")
def test_columns_are_guessed_by_key_and_by_label():
    _spec, columns, _found = checked(ImportKind.ACCOUNTS, ACCOUNTS)

    assert columns["custom.plants"] == "plants"
    assert columns["custom.since"] == "Customer since"


@pytest.mark.usefixtures("fields")
def test_every_bad_cell_is_named_with_its_row():
    _spec, _columns, found = checked(ImportKind.ACCOUNTS, ACCOUNTS)

    assert [(error.row, error.field) for error in found.errors] == [
        (4, "custom.plants"), (4, "custom.since"), (4, "custom.grade"),
    ]  # fmt: skip


@pytest.mark.usefixtures("fields")
def test_the_preview_counts_them_and_writes_nothing():
    spec, columns, found = checked(ImportKind.ACCOUNTS, ACCOUNTS)

    would, _sample = services.try_out(spec, found, columns)

    assert (would.created, would.rejected, would.added_values) == (2, 1, 3)
    assert not Account.objects.exists()


@pytest.mark.usefixtures("fields")
def test_good_rows_are_kept_with_them_and_a_second_time_nothing_changes():
    known = AccountFactory(name="Kestrel Freight, Inc.")
    values.save_values(noun="account", object_id=known.pk, values={"grade": "Silver", "plants": 3})
    spec, columns, found = checked(ImportKind.ACCOUNTS, ACCOUNTS)

    first = services.write(spec, found, columns, keep_good=True, source=None)
    again = services.write(spec, found, columns, keep_good=True, source=None)

    kept = values.values_of_one("account", known.pk)
    assert (kept["plants"], kept["since"].isoformat(), kept["grade"]) == (Decimal("1200.5"), "2020-01-31", "Gold")
    assert (first.added_values, again.added_values) == (3, 0)


@pytest.mark.usefixtures("fields")
def test_what_the_file_does_not_have_stays():
    known = AccountFactory(name="Kestrel Freight")
    values.save_values(noun="account", object_id=known.pk, values={"grade": "Silver"})
    spec, columns, found = checked(ImportKind.ACCOUNTS, b"account,plants\nKestrel Freight,7\n")

    services.write(spec, found, columns, keep_good=False, source=None)

    assert values.values_of_one("account", known.pk) == {"grade": "Silver", "plants": Decimal(7)}


@pytest.mark.usefixtures("fields")
def test_contacts_and_deals_have_them_too():
    contact = ContactFactory(account__name="Kestrel", person__email="Mia@Kestrel.example")
    line = b"name,email,account,house code\nMia,mia@kestrel.example,Kestrel,C-1\n"
    spec, columns, found = checked(ImportKind.CONTACTS, line)
    services.write(spec, found, columns, keep_good=False, source=None)
    assert values.values_of_one("contact", contact.pk) == {"code": "C-1"}

    spec, columns, found = checked(ImportKind.OPPORTUNITIES, b"opportunity_id,stage,probability\nX1,Won,40\n")
    services.write(spec, found, columns, keep_good=False, source=None)
    assert values.values_of_one("opportunity", Opportunity.objects.get().pk) == {"probability": Decimal(40)}


@pytest.mark.usefixtures("fields")
def test_a_formula_is_no_text():
    contact = ContactFactory(account__name="Kestrel")
    line = b"name,email,account,house code\nMia,mia@kestrel.example,Kestrel,=1+1\n"

    _spec, _columns, found = checked(ImportKind.CONTACTS, line)

    assert [error.field for error in found.errors] == ["custom.code"]
    assert values.values_of_one("contact", contact.pk) == {}
