"""A form as a page shows it: each field with its value, its error, and whether it is hidden at first."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from refprogram.kernel.form_builder.conditions import is_empty, visible_keys
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.form_builder.reading import METRIC_PARTS, PREFIX


@dataclass(frozen=True)
class Shown:
    """One field of an answer page."""

    spec: FieldSpec
    value: Any
    error: str
    hidden: bool
    file_name: str = ""

    @property
    def name(self) -> str:
        """The name and id of its control."""
        return f"{PREFIX}{self.spec.key}"

    @property
    def template(self) -> str:
        """The partial that draws it."""
        return f"kernel/form_builder/fields/{self.spec.type}.html"

    @property
    def show_if(self) -> str:
        """The condition for the browser's script; empty without one."""
        return json.dumps(asdict(self.spec.condition)) if self.spec.condition else ""

    @property
    def described(self) -> str:
        """The ids of what explains the control."""
        parts = [f"{self.name}-help"] if self.spec.help else []
        return " ".join([*parts, *([f"{self.name}-error"] if self.error else [])])

    @property
    def chosen(self) -> list[str]:
        """The value as texts to compare with."""
        if isinstance(self.value, Mapping):
            return ["yes"]
        return [str(one) for one in (self.value if isinstance(self.value, list) else [self.value])]

    @property
    def parts(self) -> dict[str, str]:
        """The parts of before and after."""
        given = self.value if isinstance(self.value, Mapping) else {}
        return {part: str(given.get(part, "")) for part in METRIC_PARTS}


def shown(
    specs: list[FieldSpec],
    values: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    file_names: Mapping[str, str] | None = None,
) -> list[Shown]:
    """Return every field as its page shows it."""
    seen = visible_keys(specs, values)
    wrong, names = errors or {}, file_names or {}
    return [
        Shown(
            spec,
            values.get(spec.key, ""),
            wrong.get(spec.key, ""),
            spec.key not in seen,
            names.get(str(values.get(spec.key, "")), ""),
        )
        for spec in specs
    ]


def has_files(specs: list[FieldSpec]) -> bool:
    """Whether the form takes files."""
    return any(spec.type == FieldType.FILE for spec in specs)


def progress(specs: list[FieldSpec], values: Mapping[str, Any]) -> tuple[int, int]:
    """Return (answered, asked) of the fields that are shown."""
    seen = visible_keys(specs, values)
    asked = [spec for spec in specs if spec.asks and spec.key in seen]
    return sum(not is_empty(values.get(spec.key)) for spec in asked), len(asked)
