"""One field of a form: a typed spec, and the JSON that versions keep of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.form_builder.enums import FIGURES, FieldType

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
