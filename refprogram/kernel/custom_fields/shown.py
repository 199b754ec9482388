"""Values of added fields in words: on a noun's page, and in the cells of lists."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from refprogram.kernel.custom_fields.definitions import Definition, Value, definitions
from refprogram.kernel.custom_fields.values import values_of_one
from refprogram.kernel.templatetags import rp


def facts(noun: str, object_id: int) -> list[tuple[str, Any]]:
    """Return label and value of every added field that a row has, for components/facts.html."""
    values = values_of_one(noun, object_id)
    return [(field.label, words(field, values[field.key])) for field in definitions(noun) if field.key in values]


def words(field: Definition, value: Value) -> str:
    """Return a value as people read it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        figure = rp.number(value, max(0, -int(value.normalize().as_tuple().exponent)))
        return f"{figure} {field.unit}" if field.unit else str(figure)
    if isinstance(value, dt.date):
        return str(rp.exact(value))
    return value
