"""One field of a form: a typed spec, and the JSON that versions keep of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any, Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.form_builder.enums import FIGURES, TESTS, WITH_OPTIONS, FieldType, Test

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_FIELDS: Final = 80
MOST_OPTIONS: Final = 60
TEXT_LENGTH: Final = 300
LONG_TEXT_LENGTH: Final = 5_000
SCALES: Final = (5, 10)


@dataclass(frozen=True)
class Option:
    """One thing to choose: what is kept, and what is read."""

    value: str
    label: str


@dataclass(frozen=True)
class Condition:
    """Shown only if another, earlier field has this value."""

    field: str
    test: str
    value: str = ""


@dataclass(frozen=True)
class FieldSpec:
    """What one field asks, in the builder's terms. Figures and days are kept as text, exactly as written.

    `least`/`most` are limits of a number or a date, of the length of a text (`most`), or of how many are chosen.
    `text` holds a consent's exact words; `metric` the name of what is measured before and after.
    """

    key: str
    type: str
    label: str = ""
    help: str = ""
    required: bool = False
    least: str = ""
    most: str = ""
    unit: str = ""
    places: int = 0
    options: tuple[Option, ...] = ()
    scale: int = 5
    low: str = ""
    high: str = ""
    metric: str = ""
    period: str = ""
    text: str = ""
    blind: bool = False
    publishable: bool = False
    condition: Condition | None = None

    @property
    def asks(self) -> bool:
        """Whether it has a value; a heading has none."""
        return self.type != FieldType.SECTION

    @property
    def is_figure(self) -> bool:
        """Whether its value is one number."""
        return self.type in FIGURES

    @property
    def levels(self) -> range:
        """The points of its scale, lowest first."""
        return range(11) if self.type == FieldType.NPS else range(1, self.scale + 1)

    @property
    def longest(self) -> int:
        """How many characters a text may have."""
        limit = LONG_TEXT_LENGTH if self.type == FieldType.LONG_TEXT else TEXT_LENGTH
        return min(int(self.most), limit) if self.most.isdecimal() else limit

    @property
    def type_name(self) -> str:
        """What kind it is, in words."""
        return str(FieldType(self.type).label)

    def label_of(self, value: str) -> str:
        """Return how an option reads; what is no option any more reads as it was kept."""
        return next((option.label for option in self.options if option.value == value), value)


_DEFAULTS: Final = {spec.name: spec.default for spec in fields(FieldSpec)}


def to_json(specs: Iterable[FieldSpec]) -> list[dict[str, Any]]:
    """Return the specs as a version keeps them: only what differs from the default."""
    kept = []
    for spec in specs:
        facts = asdict(spec)
        facts["options"] = [asdict(option) for option in spec.options]
        kept.append({name: value for name, value in facts.items() if value != _DEFAULTS[name] and value != []})
    return kept


def from_json(rows: Iterable[Mapping[str, Any]]) -> list[FieldSpec]:
    """Return the specs of a version. Raises InvalidInput when the rows cannot be read."""
    try:
        return [_spec(row) for row in rows]
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise InvalidInput(_("The form's fields cannot be read: %(why)s.") % {"why": error}) from error


def _spec(row: Mapping[str, Any]) -> FieldSpec:
    facts = {name: value for name, value in row.items() if name not in {"options", "condition"}}
    condition = row.get("condition")
    return FieldSpec(
        **{**facts, "type": FieldType(row["type"]).value},
        options=tuple(Option(str(one["value"]), str(one["label"])) for one in row.get("options", ())),
        condition=Condition(**condition) if condition else None,
    )


def new_key(label: str, taken: Iterable[str]) -> str:
    """Return a free key that reads like the label: kept for ever, shown in exports."""
    stem = slugify(label).replace("-", "_")[:30].strip("_")
    stem = stem if KEY.fullmatch(stem) else "field"
    used = set(taken)
    if stem not in used:
        return stem
    return next(f"{stem}_{n}" for n in range(2, MOST_FIELDS + 10) if f"{stem}_{n}" not in used)


def options_of(text: str, before: Iterable[Option] = ()) -> tuple[Option, ...]:
    """Return the options of lines of text; a line that was there before keeps the value it had."""
    known = {option.label: option.value for option in before}
    made: dict[str, Option] = {}
    for line in (" ".join(one.split()) for one in text.splitlines()):
        if not line or line in {option.label for option in made.values()}:
            continue
        value = known.get(line) or slugify(line)[:40] or f"option-{len(made) + 1}"
        while value in made:
            value = f"{value[:36]}-{len(made) + 1}"
        made[value] = Option(value, line[:200])
    return tuple(made.values())


# ---------------------------------------------------------------- is it sound?


def check_structure(specs: list[FieldSpec]) -> None:
    """Raise InvalidInput for what not even a draft may hold: keys that clash, or far too many fields."""
    keys = [spec.key for spec in specs]
    if len(specs) > MOST_FIELDS:
        raise InvalidInput(_("A form has at most %(n)d fields. Nobody answers more.") % {"n": MOST_FIELDS})
    if len(set(keys)) < len(keys) or not all(KEY.fullmatch(key) for key in keys):
        raise InvalidInput(_("Two fields of this form have the same key."))


def problems(specs: list[FieldSpec]) -> list[tuple[str, str]]:
    """Return (key, sentence) of everything that has to be put right before the form can be published."""
    found: list[tuple[str, str]] = []
    if not any(spec.asks for spec in specs):
        found.append(("", _("The form asks nothing yet. Add a field.")))
    earlier: dict[str, FieldSpec] = {}
    for spec in specs:
        found += [(spec.key, sentence) for sentence in (*_own_problems(spec), *_condition_problems(spec, earlier))]
        earlier[spec.key] = spec
    return found


def _own_problems(spec: FieldSpec) -> list[str]:
    name = spec.label or spec.type_name
    found = []
    if not spec.label:
        found.append(_("%(type)s: write what is asked.") % {"type": spec.type_name})
    if spec.type in WITH_OPTIONS and len(spec.options) < 2:
        found.append(_("“%(name)s”: give at least two things to choose from.") % {"name": name})
    if spec.type == FieldType.CONSENT and not spec.text.strip():
        found.append(_("“%(name)s”: write the exact words that people agree to.") % {"name": name})
    if spec.scale not in SCALES:
        found.append(_("“%(name)s”: a rating goes from 1 to 5 or from 1 to 10.") % {"name": name})
    if _crossed(spec):
        found.append(_("“%(name)s”: the upper limit lies below the lower one.") % {"name": name})
    return found


def _crossed(spec: FieldSpec) -> bool:
    if not spec.least or not spec.most:
        return False
    if spec.type == FieldType.DATE:
        return spec.most < spec.least
    return Decimal(spec.most) < Decimal(spec.least)


def _condition_problems(spec: FieldSpec, earlier: Mapping[str, FieldSpec]) -> list[str]:
    condition = spec.condition
    if condition is None:
        return []
    name, other = spec.label or spec.type_name, earlier.get(condition.field)
    if other is None:
        return [_("“%(name)s” depends on a field that does not come before it.") % {"name": name}]
    if condition.test not in TESTS.get(other.type, ()):
        return [_("“%(name)s” depends on “%(other)s” in a way that cannot be.") % {"name": name, "other": other.label}]
    in_options = condition.value in {option.value for option in other.options}
    if condition.test != Test.ANSWERED and other.options and not in_options:
        return [
            _("“%(name)s” waits for an answer that “%(other)s” does not offer any more.")
            % {"name": name, "other": other.label}
        ]
    return []
