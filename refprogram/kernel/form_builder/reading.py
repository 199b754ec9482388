"""From what a browser sent to the values that an answer keeps: first as typed, then checked field by field.

A draft keeps values as typed; a sent answer keeps them parsed: figures and days as text in one spelling, several
choices as a list, before-and-after as a mapping, a consent with the exact words that were agreed to.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from babel.numbers import NumberFormatError
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.kernel.form_builder.conditions import is_empty, visible_keys
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.money import example_figure, read_figure

PREFIX: Final = "f-"
METRIC_PARTS: Final = ("name", "before", "after", "unit", "period")
LARGEST: Final = Decimal(10) ** 15
# A comma that can mean nothing but the decimal point, whatever the language: "1,50", but not "1,200".
DECIMAL_COMMA: Final = re.compile(r"-?\d+,(\d{1,2}|\d{4,})")


@dataclass(frozen=True)
class Cleaned:
    """The values of a whole answer as they are kept, and what is wrong, by field."""

    values: dict[str, Any]
    errors: dict[str, str]


class Wrong(ValueError):
    """One value cannot be taken; its text says why."""


def posted(specs: Iterable[FieldSpec], data: QueryDict, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as typed. A file is never named by the browser: it stays what the answer holds."""
    values: dict[str, Any] = {}
    for spec in specs:
        if not spec.asks:
            continue
        value = kept.get(spec.key) if spec.type == FieldType.FILE else _posted(spec, data)
        if not is_empty(value):
            values[spec.key] = value
    return values


def _posted(spec: FieldSpec, data: QueryDict) -> Any:
    name = f"{PREFIX}{spec.key}"
    if spec.type == FieldType.CHOICES:
        return [value for value in data.getlist(name) if value]
    if spec.type == FieldType.METRIC:
        return {part: data.get(f"{name}-{part}", "").strip()[:200] for part in METRIC_PARTS}
    return data.get(name, "").strip()


def clean(specs: list[FieldSpec], values: Mapping[str, Any]) -> Cleaned:
    """Check every field that is shown. What is hidden is left out, whatever was typed before it hid."""
    shown = visible_keys(specs, values)
    kept: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for spec in specs:
        value = values.get(spec.key)
        if not spec.asks or spec.key not in shown:
            continue
        if is_empty(value):
            if spec.required:
                errors[spec.key] = _missing(spec)
            continue
        try:
            kept[spec.key] = CLEANERS[FieldType(spec.type)](spec, value)
        except Wrong as wrong:
            errors[spec.key] = str(wrong)
    return Cleaned(kept, errors)


def _missing(spec: FieldSpec) -> str:
    if spec.type in {FieldType.CHOICE, FieldType.CHOICES, FieldType.RATING, FieldType.NPS}:
        return _("Choose an answer.")
    if spec.type == FieldType.CONSENT:
        return _("Tick this to go on, or leave the page: nothing is sent without your consent.")
    if spec.type == FieldType.FILE:
        return _("Choose a file.")
    return _("Please fill this in.")


def _text(spec: FieldSpec, value: Any) -> str:
    text = str(value).replace("\x00", "").strip()
    if len(text) > spec.longest:
        raise Wrong(
            _("At most %(most)d characters; these are %(n)d.") % {"most": spec.longest, "n": len(text)},
        )
    return text


def _choice(spec: FieldSpec, value: Any) -> str:
    if str(value) not in {option.value for option in spec.options}:
        raise Wrong(_("Choose one of the answers offered."))
    return str(value)


def _choices(spec: FieldSpec, value: Any) -> list[str]:
    chosen = list(dict.fromkeys(str(one) for one in (value if isinstance(value, list) else [value])))
    if not set(chosen) <= {option.value for option in spec.options}:
        raise Wrong(_("Choose among the answers offered."))
    if spec.least.isdecimal() and len(chosen) < int(spec.least):
        n = int(spec.least)
        raise Wrong(ngettext("Choose at least %(n)d.", "Choose at least %(n)d.", n) % {"n": n})
    if spec.most.isdecimal() and len(chosen) > int(spec.most):
        n = int(spec.most)
        raise Wrong(ngettext("Choose at most %(n)d.", "Choose at most %(n)d.", n) % {"n": n})
    return chosen


def figure(text: Any, places: int = 6) -> Decimal:
    """Return a number as typed, in the reader's notation; never guessed at. Raises Wrong with a sentence."""
    typed = str(text).strip()
    if DECIMAL_COMMA.fullmatch(typed):
        typed = typed.replace(",", ".")
    try:
        number = read_figure(typed)
    except NumberFormatError as error:
        raise Wrong(_("Write a number in figures, such as %(example)s.") % {"example": example_figure()}) from error
    if abs(number) >= LARGEST:
        raise Wrong(_("This number is too large."))
    if number != round(number, places):
        words = ngettext("At most %(n)d decimal place.", "At most %(n)d decimal places.", places) % {"n": places}
        raise Wrong(words if places else _("Write a whole number."))
    return number


def plain(number: Decimal) -> str:
    """Return a number in the one spelling that is kept."""
    return f"{number.normalize():f}" if number else "0"


def _number(spec: FieldSpec, value: Any) -> str:
    number = figure(value, spec.places)
    unit = f" {spec.unit}" if spec.unit else ""
    if spec.least and number < Decimal(spec.least):
        raise Wrong(_("At least %(n)s%(unit)s.") % {"n": spec.least, "unit": unit})
    if spec.most and number > Decimal(spec.most):
        raise Wrong(_("At most %(n)s%(unit)s.") % {"n": spec.most, "unit": unit})
    return plain(number)


def _level(spec: FieldSpec, value: Any) -> str:
    if not str(value).isdecimal() or int(value) not in spec.levels:
        words = {"low": spec.levels[0], "high": spec.levels[-1]}
        raise Wrong(_("Choose a number from %(low)d to %(high)d.") % words)
    return str(int(value))


def _metric(spec: FieldSpec, value: Any) -> dict[str, str]:
    given = {part: str(value.get(part) or "").strip() for part in METRIC_PARTS} if isinstance(value, Mapping) else {}
    fixed = {"name": spec.metric, "unit": spec.unit, "period": spec.period}
    given |= {part: words for part, words in fixed.items() if words}
    if not given.get("name"):
        raise Wrong(_("Say what was measured."))
    if not given.get("before") or not given.get("after"):
        raise Wrong(_("Give both figures, the one before and the one after."))
    return {**given, "before": plain(figure(given["before"])), "after": plain(figure(given["after"]))}


def _date(spec: FieldSpec, value: Any) -> str:
    try:
        day = dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise Wrong(_("Write a date, like %(day)s.") % {"day": timezone.localdate().isoformat()}) from error
    if spec.least and day < dt.date.fromisoformat(spec.least):
        raise Wrong(_("Not before %(day)s.") % {"day": date_format(dt.date.fromisoformat(spec.least), "j F Y")})
    if spec.most and day > dt.date.fromisoformat(spec.most):
        raise Wrong(_("Not after %(day)s.") % {"day": date_format(dt.date.fromisoformat(spec.most), "j F Y")})
    return day.isoformat()


def _consent(spec: FieldSpec, value: Any) -> dict[str, str]:
    return {"agreed": "yes", "text": spec.text}


def _file(spec: FieldSpec, value: Any) -> str:
    return str(value)


CLEANERS: Final[dict[FieldType, Callable[[FieldSpec, Any], Any]]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.NUMBER: _number,
    FieldType.METRIC: _metric,
    FieldType.DATE: _date,
    FieldType.FILE: _file,
    FieldType.CONSENT: _consent,
    FieldType.RATING: _level,
    FieldType.NPS: _level,
}
