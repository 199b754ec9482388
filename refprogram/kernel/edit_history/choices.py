"""From copies of what was chosen (many-to-many) to steps: these were chosen, then those."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from refprogram.kernel.edit_history.keeping import ADDED
from refprogram.kernel.edit_history.nouns import EditModel, Part, choices_of
from refprogram.kernel.edit_history.steps import Step


@dataclass(frozen=True)
class _Field:
    """A many-to-many field of a part, and the copies of what rows chose in it."""

    part: Part
    field: Any
    copies: EditModel

    @property
    def pair(self) -> tuple[str, str]:
        """The columns that say which row chose which other."""
        return f"{self.field.m2m_field_name()}_id", f"{self.field.m2m_reverse_field_name()}_id"

    def of(self, row: Any, model: Any) -> Any:
        """Return the rows of a model that are about what is shown."""
        return model._default_manager.filter(**{f"{self.pair[0]}__in": list(self.part.rows(row))})


def choice_steps(
    parts: tuple[Part, ...], row: Any, *, before: dt.datetime | None, limit: int
) -> tuple[list[Step], dt.datetime | None]:
    """Return the newest steps before a moment, and from which on they are complete, as `steps_of` does.

    What a row chose when it was added is no edit of it.
    """
    steps: list[Step] = []
    horizons: list[dt.datetime] = []
    for kept in (_Field(part, *each) for part in parts for each in choices_of(part.model).items()):
        found = list(_steps(kept, row, before, limit))
        steps += found
        horizons += [found[-1].at] if len(found) == limit else []
    born = getattr(row, "created_at", None)
    return [each for each in steps if born is None or each.at > born], max(horizons, default=None)


def _steps(kept: _Field, row: Any, before: dt.datetime | None, limit: int) -> Iterator[Step]:
    """Yield the steps of one field, newest first: sets are walked back from what is chosen behind them."""
    name, (own, other) = kept.field.name, kept.pair
    copies = kept.of(row, kept.copies)
    newest = list((copies.filter(pgh_created_at__lt=before) if before else copies).order_by("-pgh_id").values()[:limit])
    chosen = _chosen_behind(kept, row, before) if newest else {}
    for copy in newest:
        now = chosen[copy[own]]
        key = frozenset([copy[other]])
        was = chosen[copy[own]] = now - key if copy["pgh_label"] == ADDED else now | key
        yield Step(
            at=copy["pgh_created_at"],
            order=(0, copy["pgh_id"]),
            context=copy["pgh_context"] or {},
            part=kept.part,
            row_id=copy[own],
            was={name: was},
            now={name: now},
            choice=name,
        )


def _chosen_behind(kept: _Field, row: Any, before: dt.datetime | None) -> dict[int, frozenset[int]]:
    """Return what was chosen at a moment (None: now), by row: of later copies the first says whether it had been."""
    pairs = set(kept.of(row, kept.field.remote_field.through).values_list(*kept.pair))
    if before is not None:
        later = kept.of(row, kept.copies).filter(pgh_created_at__gte=before).order_by(*kept.pair, "pgh_id")
        for one, chose, label in later.distinct(*kept.pair).values_list(*kept.pair, "pgh_label"):
            (pairs.discard if label == ADDED else pairs.add)((one, chose))
    chosen: dict[int, frozenset[int]] = defaultdict(frozenset)
    for one, chose in pairs:
        chosen[one] |= {chose}
    return chosen
