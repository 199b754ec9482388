"""Which fields are shown, given what was answered so far. `static/js/answers.js` says the same in the browser.

Values are as they were sent: text, a list of texts, or for before-and-after a mapping.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from refprogram.kernel.form_builder.enums import FieldType, Test
from refprogram.kernel.form_builder.fields import Condition, FieldSpec


def visible_keys(specs: Iterable[FieldSpec], values: Mapping[str, Any]) -> set[str]:
    """Return the keys of the fields that are shown. What a hidden field holds counts as not answered.

    A hidden section hides the fields under it.
    """
    shown: set[str] = set()
    section_hidden = False
    for spec in specs:
        fits = spec.condition is None or _fits(spec.condition, shown, values)
        if spec.type == FieldType.SECTION:
            section_hidden = not fits
        if fits and not section_hidden:
            shown.add(spec.key)
    return shown


def _fits(condition: Condition, shown: set[str], values: Mapping[str, Any]) -> bool:
    return holds(condition, values.get(condition.field) if condition.field in shown else None)


def holds(condition: Condition, value: Any) -> bool:
    """Whether a value is what the condition waits for."""
    if is_empty(value):
        return False
    if condition.test == Test.IS:
        return str(value) == condition.value
    if condition.test == Test.IS_NOT:
        return str(value) != condition.value
    if condition.test == Test.HAS:
        return condition.value in (value if isinstance(value, list) else [value])
    if condition.test in {Test.AT_LEAST, Test.AT_MOST}:
        return _compares(condition, value)
    return True


def _compares(condition: Condition, value: Any) -> bool:
    try:
        given, limit = Decimal(str(value)), Decimal(condition.value)
    except InvalidOperation:
        return False
    return given >= limit if condition.test == Test.AT_LEAST else given <= limit


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(value, Mapping):
        return all(is_empty(one) for one in value.values())
    return value is None or value in ("", [])
