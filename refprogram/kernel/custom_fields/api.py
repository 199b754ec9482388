"""Added fields over the API: `custom: {key: value}` beside a noun's own fields."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.dateparse import parse_date

from refprogram.kernel.custom_fields.definitions import Definition, Value, definitions
from refprogram.kernel.custom_fields.queries import values_beside
from refprogram.kernel.custom_fields.values import typed, values_of

BESIDE = "custom_beside"
Custom = dict[str, str | float | bool | None]


def with_custom(rows: QuerySet[Any], noun: str) -> QuerySet[Any]:
    """Return rows with their added values beside them, in the same statement; as they are where nothing was added."""
    fields = definitions(noun)
    return rows.annotate(**{BESIDE: values_beside(fields)}) if fields else rows


def custom_of(row: Model, noun: str) -> Custom:
    """Return the added values of a row as JSON says them; for rows of `with_custom` without a query."""
    fields = definitions(noun)
    if not fields:
        return {}
    beside = row.__dict__.get(BESIDE)
    found = values_of(noun, [row.pk])[row.pk] if beside is None else _decoded(fields, beside)
    return {field.key: _json(found[field.key]) for field in fields if field.key in found}


def _decoded(fields: list[Definition], beside: list[Mapping[str, Any]]) -> dict[str, Value]:
    known = {field.id: field for field in fields}
    found = {}
    for each in beside:
        field = known.get(each["f"])
        if field is not None:
            number = None if each["number"] is None else Decimal(str(each["number"]))
            day = None if each["day"] is None else parse_date(each["day"])
            found[field.key] = typed(field, (each["text"], number, day))
    return found


def _json(value: Value) -> str | float | bool:
    if isinstance(value, bool | str):
        return value
    return float(value) if isinstance(value, Decimal) else value.isoformat()
