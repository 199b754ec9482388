"""Of which kind a figure is, read from its default."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from refprogram.kernel.program_settings.kinds import (
    ByName,
    Days,
    Exact,
    Kind,
    OneOf,
    Several,
    Steps,
    TimeOfDay,
    Whole,
    Words,
    YesNo,
)


def kind_of(default: Any, **how: Any) -> Kind:
    """Return the kind that a default is of; `how`: least, most, unit, choices."""
    names = {name: how[name] for name in ("least", "most") if how.get(name) is not None}
    exact: dict[str, Any] = {name: Decimal(limit) for name, limit in names.items()}
    unit = {"unit": how.get("unit", "")}
    if isinstance(default, Mapping):
        labels = tuple((str(key), _label(key)) for key in default)
        return ByName(kind_of(next(iter(default.values())), **how), labels)
    if isinstance(default, tuple):
        pairs = isinstance(default[0], tuple)
        return Steps(Whole(**names, **unit)) if pairs else Several(Whole(**names, **unit))
    for type_, make in (
        (bool, YesNo),
        (int, lambda: Whole(**names, **unit)),
        (Decimal, lambda: Exact(**exact, **unit)),
        (dt.timedelta, lambda: Days(**names)),
        (dt.time, TimeOfDay),
        (str, lambda: OneOf(tuple(how["choices"]))),
    ):
        if isinstance(default, type_):
            return make()
    message = f"no figure can be a {type(default).__name__}"
    raise TypeError(message)


def _label(key: Any) -> Words:
    label: Words = getattr(key, "label", key)
    return label
