"""From copies of rows as they were to steps: this row became that one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from refprogram.kernel.edit_history.keeping import ADDED
from refprogram.kernel.edit_history.nouns import EditNoun, Part, value_copies
from refprogram.kernel.models import CustomValue

Values = Mapping[str, Any]
OWN = frozenset({"id", "pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_obj_id"})


@dataclass(frozen=True)
class Step:
    """One row before and after (None: it was not there). `part` is None for the value of an added field.

    Copies of one model are numbered one after the other; those of different models come in the order of the parts.
    `choice` names a many-to-many field, whose values are sets of keys: those are no column of the row.
    """

    at: dt.datetime
    order: tuple[int, int]
    context: Values
    part: Part | None
    row_id: int
    was: Values | None
    now: Values | None
    choice: str = ""


def steps_of(
    noun: EditNoun, row: Any, *, before: dt.datetime | None, limit: int
) -> tuple[list[Step], dt.datetime | None]:
    """Return the newest steps before a moment, and the moment from which on they are complete (None: all of them).

    Two queries a part (three behind the first page), whatever the length of the history.
    """
    steps: list[Step] = []
    horizon: dt.datetime | None = None
    for place, (part, copies, chain, present) in enumerate(_sources(noun, row)):
        newest = list((copies.filter(pgh_created_at__lt=before) if before else copies).order_by("-pgh_id")[:limit])
        if not newest:
            continue
        after = {key: _was(copy) for key, copy in _after(copies, chain, before).items()}
        states: dict[Hashable, Values | None] = {**present, **after}
        for copy in newest:
            key = copy[chain]
            was = _was(copy)
            steps.append(
                Step(
                    at=copy["pgh_created_at"],
                    order=(place, copy["pgh_id"]),
                    context=copy["pgh_context"] or {},
                    part=part,
                    row_id=key,
                    was=was,
                    now=states.get(key),
                )
            )
            states[key] = was
        if len(newest) == limit:
            horizon = max(filter(None, (horizon, newest[-1]["pgh_created_at"])))
    return steps, horizon


def _sources(noun: EditNoun, row: Any) -> Iterable[tuple[Part | None, Any, str, dict[Hashable, Values]]]:
    """Return, for each part: its copies, which of their columns tells the rows apart, and the rows as they are."""
    for part in noun.parts:
        ids = list(part.rows(row))
        edits = part.edits
        names = [f.attname for f in edits._meta.concrete_fields if f.attname not in OWN]
        rows = part.model._default_manager.filter(pk__in=ids).values("pk", *names)
        present: dict[Hashable, Values] = {values.pop("pk"): values for values in rows}
        yield part, edits._default_manager.filter(pgh_obj_id__in=ids).values(), "pgh_obj_id", present
    fields = list(noun.custom_fields())
    if fields:
        about = {"object_id": row.pk, "field_id__in": fields}
        now = CustomValue.objects.filter(**about).values("field_id", "object_id", "text", "number", "day")
        copies = value_copies()._default_manager.filter(**about).values()
        yield None, copies, "field_id", {values["field_id"]: values for values in now}


def _after(copies: QuerySet[Any, Any], chain: str, before: dt.datetime | None) -> dict[Hashable, Values]:
    """Return, for each row, the first copy that lies behind the page: it says what the page's newest step led to."""
    if before is None:
        return {}
    later = copies.filter(pgh_created_at__gte=before).order_by(chain, "pgh_id").distinct(chain)
    return {copy[chain]: copy for copy in later}


def _was(copy: Values) -> Values | None:
    """Return how the row was before: not there at all, if this copy is of its beginning."""
    if copy["pgh_label"] == ADDED:
        return None
    return {name: value for name, value in copy.items() if name not in OWN}


def grouped(steps: Iterable[Step]) -> list[list[Step]]:
    """Return the steps of one act together (one transaction is one act), newest act first, its steps in order."""
    acts: dict[tuple[Any, ...], list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda each: (each.at, each.order)):
        acts[(step.at, *sorted(step.context.items(), key=str))].append(step)
    return sorted(acts.values(), key=lambda act: act[0].at, reverse=True)
