"""Added fields on every account: a text, a number, a date, a choice; half of the accounts have each."""

from django.db import connection

from refprogram.kernel.custom_fields import services
from tests.bench.pages import Case

FIELDS = (
    {"key": "erp", "label": "ERP", "type": "text", "searchable": True},
    {"key": "plants", "label": "Plants", "type": "number"},
    {"key": "since", "label": "Customer since", "type": "date"},
    {"key": "grade", "label": "Grade", "type": "choice", "choices": ["Gold", "Silver", "Bronze"]},
)
VALUES = {
    "erp": ("text", "'System ' || md5((i.id % 5000)::text)"),
    "plants": ("number", "(i.id * 7919) % 1000"),
    "since": ("day", "date '2000-01-01' + ((i.id * 31) % 9000)::int"),
    "grade": ("text", "(ARRAY['Gold', 'Silver', 'Bronze'])[1 + i.id % 3]"),
}


def fill() -> None:
    """Add the fields and their values, in SQL: what is measured is reading."""
    for facts in FIELDS:
        field = services.add_field(noun="account", **facts)
        column, value = VALUES[field.key]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO kernel_customvalue (field_id, object_id, {column})"  # noqa: S608 - our own words
                f" SELECT {field.pk}, i.id, {value} FROM references_account i WHERE i.id % 2 = 0"
            )


def cases() -> list[Case]:
    """Return the list of accounts narrowed by each kind, and with their columns."""
    return [
        Case("accounts, added number", "/accounts/?custom.plants_min=990", 4, 8),
        Case("accounts, added number, wide", "/accounts/?custom.plants_min=10", 4, 8),
        Case("accounts, added text", "/accounts/?custom.erp=a87f", 4, 8),
        Case("accounts, added choice", "/accounts/?custom.grade=Gold", 4, 8),
        Case("accounts, added dates", "/accounts/?custom.since_after=2024-01-01", 4, 8),
        Case("accounts, added columns", "/accounts/?columns=erp&columns=plants&columns=since&columns=grade", 4, 8),
        Case("accounts, added search", "/accounts/?q=a87ff6", 4, 8),
    ]
