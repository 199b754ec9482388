"""Added fields on every account: a text, a number, a date, a choice; half of the accounts have each."""

from django.db import connection

from refprogram.kernel.custom_fields import services
from tests.bench.pages import Case

FIELDS = (
    {"key": "bench_erp", "label": "Bench ERP", "type": "text", "searchable": True},
    {"key": "bench_plants", "label": "Bench plants", "type": "number"},
    {"key": "bench_since", "label": "Bench since", "type": "date"},
    {"key": "bench_grade", "label": "Bench grade", "type": "choice", "choices": ["Gold", "Silver", "Bronze"]},
)
VALUES = {
    "bench_erp": ("text", "'System ' || md5((i.id % 5000)::text)"),
    "bench_plants": ("number", "(i.id * 7919) % 1000"),
    "bench_since": ("day", "date '2000-01-01' + ((i.id * 31) % 9000)::int"),
    "bench_grade": ("text", "(ARRAY['Gold', 'Silver', 'Bronze'])[1 + i.id % 3]"),
}
COLUMNS = "&".join(f"columns={key}" for key in VALUES)


def fill() -> None:
    """Add the fields and their values, in SQL: what is measured is reading."""
    for facts in FIELDS:
        field = services.add_field(noun="account", **facts)
        column, value = VALUES[field.key]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO kernel_customvalue (field_id, object_id, {column})"
                f" SELECT {field.pk}, i.id, {value} FROM references_account i WHERE i.id % 2 = 0"
            )


def cases() -> list[Case]:
    """Return the list of accounts narrowed by each kind, and with their columns."""
    return [
        Case("accounts, added number", "/accounts/?custom.bench_plants_min=990", 4, 8),
        Case("accounts, added number, wide", "/accounts/?custom.bench_plants_min=10", 4, 8),
        Case("accounts, added text", "/accounts/?custom.bench_erp=a87f", 4, 8),
        Case("accounts, added choice", "/accounts/?custom.bench_grade=Gold", 4, 8),
        Case("accounts, added dates", "/accounts/?custom.bench_since_after=2024-01-01", 4, 8),
        Case(
            "accounts, added columns",
            "/accounts/?columns=bench_erp&columns=bench_plants&columns=bench_since&columns=bench_grade",
            4,
            8,
        ),
        Case("accounts, sorted by added number", "/accounts/?columns=bench_plants&sort=-custom.bench_plants", 4, 8),
        Case("accounts, added search", "/accounts/?q=a87ff6", 4, 8),
    ]
