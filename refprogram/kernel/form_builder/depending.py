"""What a field may depend on: an earlier answer, a test that makes sense for it, and a value it can have.

The builder offers exactly this, and whatever comes in (builder, API) is held against it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.form_builder.enums import TESTS, FieldType, Test
from refprogram.kernel.form_builder.fields import Condition, FieldSpec
from refprogram.kernel.form_builder.reading import Wrong, figure, plain

SCALES: Final = (FieldType.RATING, FieldType.NPS)
OWN_WORDS: Final = {(FieldType.CONSENT, Test.ANSWERED): gettext_lazy("is given")}


def earlier_than(specs: Sequence[FieldSpec], at: int) -> list[FieldSpec]:
    """Return the fields before a place that something can depend on: worded, and of a kind with tests."""
    return [spec for spec in specs[:at] if spec.type in TESTS and spec.label]


def tests_of(other: FieldSpec) -> list[tuple[str, str]]:
    """Return the tests that make sense for a field, in words."""
    return [(test.value, words_of(other, test)) for test in TESTS.get(other.type, ())]


def words_of(other: FieldSpec, test: str) -> str:
    """Return how a test reads for a field."""
    return str(OWN_WORDS.get((FieldType(other.type), Test(test)), Test(test).label))


def answers_of(other: FieldSpec) -> list[tuple[str, str]]:
    """Return the answers that a field offers; none where any figure, day or text may come."""
    if other.type not in SCALES:
        return [(option.value, option.label) for option in other.options]
    ends = {other.levels[0]: other.low, other.levels[-1]: other.high}
    return [(str(level), f"{level} · {ends[level]}" if ends.get(level) else str(level)) for level in other.levels]


def control_of(other: FieldSpec, test: str) -> str:
    """Return what asks for the value: "" (nothing to ask), "select", "date" or "number"."""
    if test == Test.ANSWERED:
        return ""
    if other.type == FieldType.DATE:
        return "date"
    return "number" if other.type == FieldType.NUMBER else "select"


def value_words(other: FieldSpec, value: str) -> str:
    """Return the value waited for as people read it."""
    if other.type == FieldType.DATE:
        return date_format(dt.date.fromisoformat(value), "j F Y") if is_day(value) else value
    if other.type == FieldType.NUMBER and other.unit:
        return f"{value} {other.unit}"
    return other.label_of(value)


def posted(data: Mapping[str, Any], earlier: Iterable[FieldSpec]) -> Condition | None:
    """Return the condition that the builder sent, checked; None where the field is always shown."""
    field = str(data.get("if_field", ""))
    if not field:
        return None
    return checked(Condition(field, str(data.get("if_test", "")), str(data.get("if_value", ""))), earlier)


def checked(condition: Condition, earlier: Iterable[FieldSpec]) -> Condition:
    """Return a condition in the one spelling that is kept. Raises InvalidInput where it could never be met."""
    other = next((spec for spec in earlier if spec.key == condition.field), None)
    if other is None:
        raise _refusal("if_field", _("Choose a question that comes before this one."))
    if condition.test not in TESTS.get(other.type, ()):
        raise _refusal("if_test", _("“%(name)s” cannot be asked for in this way.") % {"name": other.label})
    try:
        return Condition(other.key, condition.test, _value(other, condition))
    except Wrong as wrong:
        raise _refusal("if_value", str(wrong)) from wrong


def fits(condition: Condition, other: FieldSpec) -> bool:
    """Whether a field can have what is waited for."""
    try:
        return bool(_value(other, condition)) or condition.test == Test.ANSWERED
    except Wrong:
        return False


def _value(other: FieldSpec, condition: Condition) -> str:
    text, control = condition.value.strip(), control_of(other, condition.test)
    if not control:
        return ""
    if control == "number":
        return plain(figure(text))
    if control == "date":
        if not is_day(text):
            raise Wrong(_("Choose the day that “%(name)s” is compared with.") % {"name": other.label})
        return text
    if text not in dict(answers_of(other)):
        raise Wrong(_("Choose one of the answers to “%(name)s”.") % {"name": other.label})
    return text


def is_day(text: str) -> bool:
    """Whether a text is a day as kept: 2026-11-22."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refusal(name: str, sentence: str) -> InvalidInput:
    return InvalidInput(sentence, errors={name: sentence})
