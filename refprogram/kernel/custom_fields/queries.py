"""Added fields in SQL: which rows have a value, and the values beside the rows of a list."""

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import JSONObject, Left
from django.db.models.lookups import Lookup

from refprogram.kernel.custom_fields.definitions import Definition
from refprogram.kernel.models import CustomValue

LISTED: Final = 100  # characters of a text that the index of exact values holds; a choice has no more


class Contains(Lookup):
    """`ILIKE`, which the trigram index on the text itself serves; Django's own `icontains` asks for another one."""

    lookup_name = "contains_whatever_the_case"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Compare."""
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} ILIKE {right}", [*left_params, *right_params]


def containing(text: str) -> Contains:
    """Return the condition that a value's text holds this one."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return Contains(F("text"), Value(f"%{escaped}%", TextField()))


def rows_where(field: Definition, *conditions: Any, **lookups: Any) -> QuerySet[CustomValue, int]:
    """Return the ids of the rows whose value of a field meets the conditions."""
    return CustomValue.objects.filter(*conditions, field_id=field.id, **lookups).values_list("object_id", flat=True)


def rows_that_are(field: Definition, values: Iterable[str]) -> QuerySet[CustomValue, int]:
    """Return the ids of the rows that have one of these choices (never longer than what the index holds)."""
    rows = CustomValue.objects.alias(start=Left("text", LISTED)).filter(field_id=field.id, start__in=list(values))
    return rows.values_list("object_id", flat=True)


def in_order(field: Definition, *, descending: bool) -> QuerySet[CustomValue]:
    """Return a field's values in the order of its index; of equal ones the row's key decides."""
    kept = Left("text", LISTED) if field.column == "text" else F(field.column)
    rows = CustomValue.objects.filter(field_id=field.id, **{f"{field.column}__isnull": False})
    key = F("object_id")
    return rows.order_by(*((kept.desc(), key.desc()) if descending else (kept.asc(), key.asc())))


def has_value(field: Definition) -> Exists:
    """Return the condition that a row has a value of a field."""
    return Exists(CustomValue.objects.filter(field_id=field.id, object_id=OuterRef("pk")))


def value_beside(field: Definition) -> Subquery:
    """Return one field's value as a column beside each row of a list."""
    return Subquery(CustomValue.objects.filter(field_id=field.id, object_id=OuterRef("pk")).values(field.column)[:1])


def values_beside(fields: Iterable[Definition]) -> ArraySubquery:
    """Return all values of each row of a list as one array of objects, for the API."""
    values = CustomValue.objects.filter(field_id__in=[field.id for field in fields], object_id=OuterRef("pk"))
    return ArraySubquery(values.values_list(JSONObject(f="field_id", text="text", number="number", day="day")))
