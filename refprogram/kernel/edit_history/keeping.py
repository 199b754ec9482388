"""Which rows keep their edits, and in whose name something is being changed.

Postgres itself keeps them, so that bulk updates and imports are seen too: a trigger per statement copies the rows *as
they were* before they changed. What became of them stands in the next copy, or in the row itself; so a new row costs
nothing, and an import of new rows is as fast as without.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from pghistory import runtime

M = TypeVar("M", bound=type[models.Model])

CHANGED, REMOVED, ADDED = "changed", "removed", "added"
NO_CONTEXT_ID: Any = None  # the facts stand in each copy; pghistory's annotation does not know that this may be
NO_OBJECT: Any = None  # a row between two others is gone when it is not chosen any more: the copy names the two
# Dates that every save moves, and ids that never change, tell nobody anything.
NEVER_KEPT = frozenset({"public_id", "created_at", "updated_at"})

# Statements kept by the database only read (`kernel.prepared`): they need not be told in whose name, which costs more
# than they do.
runtime.IGNORED_SQL_PREFIXES += ("execute ", "prepare ")  # type: ignore[assignment]  # of a length that is not fixed


def keep_edits(
    *, leave_out: tuple[str, ...] = (), with_added: bool = False, indexed: tuple[str, ...] = ()
) -> Callable[[M], M]:
    """Keep the edits of a model in `<Model>Edit`, beside it.

    `leave_out` are the columns that the program itself keeps: counting must not fill the history. `with_added` also
    keeps what is added, for rows that are a value of another row. What a row chose of others (many-to-many) is kept
    like its columns, in `<Model><Field>Edit`.
    """

    def mark(model: M) -> M:
        fields = {field.name for field in model._meta.fields}
        kinds = [_tracker(pghistory.UpdateEvent, CHANGED, pghistory.Old)]
        kinds += [_tracker(pghistory.DeleteEvent, REMOVED, pghistory.Old)]
        kinds += [_tracker(pghistory.InsertEvent, ADDED, pghistory.New)] if with_added else []
        track = pghistory.track(
            *kinds,
            exclude=sorted((NEVER_KEPT & fields) | set(leave_out)),
            obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+", db_index=True),
            **_stored(f"{model.__name__}Edit", f"edit of {model._meta.verbose_name}", indexed),
        )
        for field in model._meta.local_many_to_many:
            if field.name not in leave_out:
                _keep_choices(model, field)
        return track(model)

    return mark


def _keep_choices(model: type[models.Model], field: Any) -> None:
    """Keep who was chosen and who no longer: the rows between the two have no model of ours, so they get a proxy."""
    between = field.remote_field.through
    name = model.__name__ + field.name.title().replace("_", "")
    meta = type("Meta", (), {"proxy": True, "app_label": model._meta.app_label})
    proxy: type[models.Model] = type(name, (between,), {"__module__": model.__module__, "Meta": meta})
    label = f"edit of the {field.verbose_name} of {model._meta.verbose_name}"
    pghistory.track(
        _tracker(pghistory.InsertEvent, ADDED, pghistory.New),
        _tracker(pghistory.DeleteEvent, REMOVED, pghistory.Old),
        exclude=["id"],
        obj_field=NO_OBJECT,
        **_stored(f"{name}Edit", label, (field.m2m_field_name(),)),
    )(proxy)


def _stored(name: str, label: str, indexed: tuple[str, ...]) -> dict[str, Any]:
    """Return under which name copies are stored, and how they are found."""
    indexes = [models.Index(fields=[*indexed, "-pgh_id"], name=f"{name.lower()}_of")] if indexed else []
    return {
        "model_name": name,
        "context_field": pghistory.ContextJSONField(),
        "context_id_field": NO_CONTEXT_ID,
        "meta": {"verbose_name": label, "indexes": indexes},
    }


def _tracker(kind: Any, label: str, row: str) -> Any:
    """Return a trigger that runs once per statement: one for a thousand rows, too."""
    return kind(label, row=row, level=pgtrigger.Statement, trigger_name=f"edit_{label}")


def acting(**facts: Any) -> pghistory.context:
    """Say in whose name and why rows change from here on: `person` (id), `request`, `job`, `handler`, `event`.

    Used as `with acting(...)`, all edits within carry it. Called within one, it adds to what is already said.
    Ids only: these words outlive the person.
    """
    return pghistory.context(**{name: value for name, value in facts.items() if value is not None})
