"""Which fields are shown, given what was answered so far. `static/js/answers.js` says the same in the browser.

Values are as they were sent: text, a list of texts, or for before-and-after a mapping.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

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
    meets = MEETS.get(Test(condition.test))
    return meets is None or meets(condition.value, value)


def _at_least(limit: str, value: Any) -> bool:
    pair = _figures(limit, value)
    return pair is not None and pair[1] >= pair[0]


def _at_most(limit: str, value: Any) -> bool:
    pair = _figures(limit, value)
    return pair is not None and pair[1] <= pair[0]


def _figures(limit: str, value: Any) -> tuple[Decimal, Decimal] | None:
    """Return both as numbers. What is typed may have a comma: "7,5" is seven and a half, here as in the browser."""
    try:
        return Decimal(limit), Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        return None


# Days are kept as 2026-11-22, which sorts as it reads. What is only to be answered needs no more than a value.
MEETS: Final[Mapping[Test, Callable[[str, Any], bool]]] = {
    Test.IS: lambda awaited, value: str(value) == awaited,
    Test.IS_NOT: lambda awaited, value: str(value) != awaited,
    Test.HAS: lambda awaited, value: awaited in (value if isinstance(value, list) else [value]),
    Test.AT_LEAST: _at_least,
    Test.AT_MOST: _at_most,
    Test.FROM: lambda awaited, value: str(value) >= awaited,
    Test.UNTIL: lambda awaited, value: str(value) <= awaited,
}


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(value, Mapping):
        return all(is_empty(one) for one in value.values())
    return value is None or value in ("", [])
