"""The one door through which a state changes: check the table, set, save."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from django.db.models import QuerySet, TextChoices
from django.utils import timezone

from refprogram.kernel.errors import IllegalMove

Moves = Mapping[str, Collection[str]]


class Stateful(Protocol):
    """A row with a `state`, locked by the caller."""

    state: str

    def save(self, *, update_fields: Collection[str]) -> None: ...


def check(row: Stateful, to: TextChoices, *, moves: Moves, noun: str) -> None:
    """Raise IllegalMove when `moves` does not lead from the state of `row` to `to`.

    For verbs that also ask for something: who comes too late hears that, not what is missing in their form.
    """
    if to not in moves.get(row.state, ()):
        label = type(to)(row.state).label
        raise IllegalMove(noun, str(label))


def move_all(rows: QuerySet[Any], before: TextChoices, to: TextChoices, *, moves: Moves, **also: Any) -> int:
    """Move all of these rows that stand at `before`, in one statement, with what `also` says; return how many.

    For many rows that the caller holds. Raises RuntimeError when `moves` does not list the step: there is no row
    whose fault it could be.
    """
    if to not in moves.get(before, ()):
        message = f"no move leads from {before} to {to}"
        raise RuntimeError(message)
    return rows.filter(state=before).update(state=to, updated_at=timezone.now(), **also)


def move(row: Stateful, to: TextChoices, *, moves: Moves, noun: str, also: Collection[str] = ()) -> None:
    """Move `row` to state `to` and save it with the fields in `also`. The caller holds the row lock.

    Raises IllegalMove when `moves` does not list the step.
    """
    check(row, to, moves=moves, noun=noun)
    row.state = to.value
    row.save(update_fields=["state", *also])
