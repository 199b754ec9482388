"""What the builder does to a draft's fields: plain functions from one list of specs to the next."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.form_builder import depending
from refprogram.kernel.form_builder.enums import WITH_OPTIONS, Edit, FieldType
from refprogram.kernel.form_builder.fields import FieldSpec, new_key, options_of
from refprogram.kernel.form_builder.reading import Wrong, figure, plain

Specs = list[FieldSpec]
Posted = Mapping[str, Any]
# What a part of a condition is called where a whole form is sent, and how the builder's own page calls it.
OF_THE_BODY: Final = {"if_field": "condition.field", "if_test": "condition.test", "if_value": "condition.value"}


def _ends(kind: str) -> tuple[str, str]:
    """Return what the ends of a new scale mean; nothing for what is no scale."""
    if kind == FieldType.NPS:
        return _("Not at all likely"), _("Extremely likely")
    return (_("Poor"), _("Excellent")) if kind == FieldType.RATING else ("", "")


def edited(specs: Specs, edit: str, data: Posted) -> Specs:
    """Return the fields after one edit. Raises InvalidInput when it names a field that is not there."""
    if edit == Edit.ADD:
        return added(specs, str(data.get("type", "")))
    at = _place(specs, str(data.get("key", "")))
    if edit == Edit.REMOVE:
        return specs[:at] + specs[at + 1 :]
    if edit == Edit.MOVE:
        return moved(specs, at, str(data.get("to", "")))
    if edit == Edit.CHANGE:
        rest = specs[:at], specs[at + 1 :]
        now = changed(specs[at], data, depending.earlier_than(specs, at))
        return [*rest[0], called(specs[at], now, (spec.key for some in rest for spec in some)), *rest[1]]
    raise InvalidInput(_("The form builder does not know this step."))


def added(specs: Specs, kind: str) -> Specs:
    """Return the fields with a new one at the end."""
    if kind not in FieldType.values:
        raise InvalidInput(_("Choose what kind of field to add."))
    key = new_key(kind, (spec.key for spec in specs))
    low, high = _ends(kind)
    return [*specs, FieldSpec(key=key, type=kind, low=low, high=high)]


def moved(specs: Specs, at: int, to: str) -> Specs:
    """Return the fields with one of them at another place: a number from 0, "up" or "down"."""
    steps = {"up": at - 1, "down": at + 1}
    target = steps[to] if to in steps else int(to) if to.isdecimal() and len(to) < 5 else at
    rest = specs[:at] + specs[at + 1 :]
    target = max(0, min(target, len(rest)))
    return [*rest[:target], specs[at], *rest[target:]]


def called(before: FieldSpec, now: FieldSpec, taken: Iterable[str]) -> FieldSpec:
    """Return a field under a key that reads like its question, once it has its first words.

    The key is what programs know its answers by: from then on it stays, however the question is worded.
    """
    made_up = re.fullmatch(rf"{before.type}(_\d+)?", before.key)
    if before.label or not now.label or not made_up:
        return now
    return replace(now, key=new_key(now.label, taken))


def changed(spec: FieldSpec, data: Posted, earlier: Sequence[FieldSpec] = ()) -> FieldSpec:
    """Return a field as the builder's form says it. Only what its type knows is read."""
    words = {
        name: str(data.get(name, getattr(spec, name))).strip()[:limit]
        for name, limit in (("label", 300), ("help", 500), ("unit", 20), ("low", 60), ("high", 60), ("metric", 120),
                            ("period", 60))
    }  # fmt: skip
    return replace(
        spec,
        **words,
        required=_ticked(data, "required"),
        blind=_ticked(data, "blind"),
        publishable=_ticked(data, "publishable"),
        text=str(data.get("text", spec.text)).strip()[:5_000],
        scale=10 if str(data.get("scale", spec.scale)) == "10" else 5,
        places=_whole(data.get("places", spec.places)),
        least=_limit(spec, data.get("least", spec.least)),
        most=_limit(spec, data.get("most", spec.most)),
        options=options_of(str(data.get("options", "")), spec.options) if spec.type in WITH_OPTIONS else (),
        condition=depending.posted(data, earlier),
    )


def _place(specs: Specs, key: str) -> int:
    for at, spec in enumerate(specs):
        if spec.key == key:
            return at
    raise InvalidInput(_("This field is not in the form any more."))


def _ticked(data: Posted, name: str) -> bool:
    return str(data.get(name, "")) in {"on", "yes", "true", "True", "1"}


def _whole(value: Any) -> int:
    return min(6, int(value)) if str(value).isdecimal() and len(str(value)) < 5 else 0


def checked(specs: Specs) -> Specs:
    """Return a whole list of fields as the builder would have made it, for who sends all of it at once.

    Raises InvalidInput with the errors by place, such as `fields.2.least`.
    """
    kept: Specs = []
    for at, spec in enumerate(specs):
        try:
            kept.append(_checked(spec, depending.earlier_than(kept, at)))
        except InvalidInput as refusal:
            errors = {f"fields.{at}.{OF_THE_BODY.get(name, name)}": words for name, words in refusal.errors.items()}
            raise InvalidInput(refusal.message, errors=errors) from refusal
    return kept


def _checked(spec: FieldSpec, earlier: Sequence[FieldSpec]) -> FieldSpec:
    if spec.type not in WITH_OPTIONS and spec.options:
        raise InvalidInput(_("Only a choice has options."), errors={"options": _("Only a choice has options.")})
    if len({option.value for option in spec.options}) < len(spec.options):
        words = _("Two options have the same value.")
        raise InvalidInput(words, errors={"options": words})
    condition = depending.checked(spec.condition, earlier) if spec.condition else None
    return replace(spec, least=_limit(spec, spec.least), most=_limit(spec, spec.most), condition=condition)


def _limit(spec: FieldSpec, value: Any) -> str:
    """Return a limit in the one spelling that is kept; a date's limit is a day, every other a number."""
    text = str(value or "").strip()[:20]
    if not text:
        return ""
    if spec.type == FieldType.DATE:
        return _day(text)
    try:
        return plain(figure(text))
    except Wrong as error:
        raise InvalidInput(_("A limit is a number."), errors={"least": _("A limit is a number.")}) from error


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InvalidInput(_("A limit is a day."), errors={"least": _("A limit is a day.")}) from error
