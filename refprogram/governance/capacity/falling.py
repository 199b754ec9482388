"""How a reader knows what falls off a month: by its own name, where they may know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from refprogram.governance.capacity.models import Demand
from refprogram.kernel import labels


@dataclass(frozen=True)
class Falling:
    """One thing that would fall off the month: how it is called, for this reader."""

    name: str
    kind: str
    hours: Decimal
    url: str


def named(demands: Iterable[Demand], viewer: Any) -> list[Falling]:
    """Say of each how this reader knows it; what they may not know is called by its kind of work."""
    rows = list(demands)
    ids: dict[str, set[int]] = {}
    for one in rows:
        ids.setdefault(one.subject_type, set()).add(one.subject_id)
    found = labels.resolve(ids, viewer)
    known = [(one, found.get((one.subject_type, one.subject_id), labels.Label(one.name))) for one in rows]
    return [Falling(label.text, one.name, one.hours, label.url) for one, label in known]
