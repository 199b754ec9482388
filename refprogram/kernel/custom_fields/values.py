"""Values of added fields: checked against their type, kept in the column that fits, read for many rows at once."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from refprogram.kernel.custom_fields.definitions import PREFIX, Definition, Value, by_key, definitions
from refprogram.kernel.enums import CustomType
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import CustomValue
from refprogram.kernel.prepared import Among, PreparedValues

TEXT_LENGTH: Final = 5000
DIGITS: Final = 14  # before the point; six behind it
YES: Final = frozenset({"yes", "y", "true", "1"})
NO: Final = frozenset({"no", "n", "false", "0"})
COLUMNS: Final = ("text", "number", "day")


def values_of(noun: str, ids: Collection[int]) -> dict[int, dict[str, Value]]:
    """Return the values of some rows by their ids, each by the field's key. No query where nothing was added."""
    fields = {field.id: field for field in definitions(noun)}
    found: dict[int, dict[str, Value]] = {row: {} for row in ids}
    if not fields or not found:
        return found
    for field_id, object_id, *columns in _VALUES(fields=list(fields), ids=list(found)):
        found[object_id][fields[field_id].key] = typed(fields[field_id], columns)
    return found


_VALUES = PreparedValues(
    lambda: CustomValue.objects.filter(Among("field_id", "fields"), Among("object_id", "ids")).values_list(
        "field_id", "object_id", *COLUMNS
    )
)


def values_of_one(noun: str, object_id: int) -> dict[str, Value]:
    """Return the values of one row, by the field's key."""
    return values_of(noun, [object_id])[object_id]


def typed(field: Definition, columns: Collection[Any]) -> Value:
    """Return the value out of the three columns, as its type says."""
    value: Any = next(column for column in columns if column is not None)
    if field.type == CustomType.YES_NO:
        return bool(value == "yes")
    return value if not isinstance(value, Decimal) else tidy(value)


def tidy(number: Decimal) -> Decimal:
    """Return a figure without the zeros that its column adds behind the point."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


# ---------------------------------------------------------------- checking


def clean(field: Definition, raw: Any) -> Value | None:
    """Return a value of the field's type out of what a form, a file or the API says; None for nothing.

    Raises InvalidInput, naming the field.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    try:
        value = CLEANERS[CustomType(field.type)](field, raw)
    except ValueError as error:
        raise InvalidInput(str(error), errors={field.name: str(error)}) from error
    return value


def _text(_field: Definition, raw: Any) -> str:
    text = str(raw).strip()
    if len(text) > TEXT_LENGTH:
        raise ValueError(_("At most %(n)d characters.") % {"n": TEXT_LENGTH})
    if "\x00" in text:
        raise ValueError(_("This has a character that cannot be kept."))
    return text


def _number(_field: Definition, raw: Any) -> Decimal:
    try:
        number = Decimal(str(raw).strip()) if not isinstance(raw, bool) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise ValueError(_("“%(value)s” is not a number.") % {"value": str(raw)[:40]})
    if abs(number) >= Decimal(10) ** DIGITS:
        raise ValueError(_("This number is too big."))
    return number.quantize(Decimal("0.000001"))


def _day(_field: Definition, raw: Any) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    try:
        day = parse_date(str(raw).strip()[:10])
    except ValueError:
        day = None
    if day is None:
        raise ValueError(_("“%(value)s” is not a date such as 2026-03-31.") % {"value": str(raw)[:40]})
    return day


def _choice(field: Definition, raw: Any) -> str:
    wanted = str(raw).strip().casefold()
    for choice in field.choices:
        if choice.casefold() == wanted:
            return choice
    raise ValueError(
        _("“%(value)s” is not one of: %(choices)s.") % {"value": str(raw)[:40], "choices": ", ".join(field.choices)}
    )


def _yes_no(_field: Definition, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().casefold()
    if word in YES or word in NO:
        return word in YES
    raise ValueError(_("“%(value)s” is neither yes nor no.") % {"value": str(raw)[:40]})


CLEANERS: Final[Mapping[str, Callable[[Definition, Any], Value]]] = {
    CustomType.TEXT: _text,
    CustomType.NUMBER: _number,
    CustomType.DATE: _day,
    CustomType.CHOICE: _choice,
    CustomType.YES_NO: _yes_no,
}


def cleaned(noun: str, given: Mapping[str, Any]) -> dict[str, Value | None]:
    """Return values by key, checked. Raises InvalidInput with every field that cannot be taken."""
    fields = by_key(noun)
    errors: dict[str, str] = {}
    found: dict[str, Value | None] = {}
    for key, raw in given.items():
        field = fields.get(key)
        if field is None:
            errors[f"{PREFIX}{key}"] = _("There is no field “%(key)s”.") % {"key": key}
            continue
        try:
            found[key] = clean(field, raw)
        except InvalidInput as error:
            errors |= error.errors
            continue
        if found[key] is None and field.required:
            errors[field.name] = _("This field must not be empty.")
    if errors:
        raise InvalidInput(_("Some of the added fields cannot be taken."), errors=errors)
    return found


# ---------------------------------------------------------------- keeping


def save_values(*, noun: str, object_id: int, values: Mapping[str, Any] | None) -> list[str]:
    """Keep the values named; empty ones are taken away, others stay. Return the keys that changed.

    Called inside the transaction of the noun's own service, which has locked the row.
    """
    wanted = cleaned(noun, values) if values else {}
    if not wanted:
        return []
    before = values_of_one(noun, object_id)
    changed = {key: value for key, value in wanted.items() if before.get(key) != value}
    save_many(noun=noun, rows={object_id: changed})
    return sorted(changed)


@transaction.atomic
def save_many(*, noun: str, rows: Mapping[int, Mapping[str, Value | None]]) -> int:
    """Keep values that were checked, of many rows, in two statements; return how many were written."""
    fields = by_key(noun)
    kept, gone = [], []
    for object_id, values in rows.items():
        for key, value in values.items():
            if value is None:
                gone.append((fields[key].id, object_id))
            else:
                kept.append(CustomValue(field_id=fields[key].id, object_id=object_id, **_columns(fields[key], value)))
    for field_id in {field_id for field_id, _object_id in gone}:
        emptied = [object_id for field, object_id in gone if field == field_id]
        CustomValue.objects.filter(field_id=field_id, object_id__in=emptied).delete()
    CustomValue.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["field", "object_id"],
        update_fields=list(COLUMNS),
        batch_size=5000,
    )
    return len(kept)


def _columns(field: Definition, value: Value) -> dict[str, Any]:
    if field.type == CustomType.YES_NO:
        return {"text": "yes" if value else "no"}
    return {field.column: value}


def erase(*, noun: str, object_ids: Collection[int]) -> int:
    """Take away every value of some rows, archived fields included: for whoever erases a person."""
    rows = CustomValue.objects.filter(field__noun=noun, object_id__in=list(object_ids))
    return rows.delete()[0]
