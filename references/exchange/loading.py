"""Writing good rows in three statements however many there are: COPY into a staging table, update, insert."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from references.accounts import provenance
from references.accounts.names import match_key
from references.exchange.specs import Spec
from refprogram.kernel.copying import copy_rows
from refprogram.kernel.models import new_public_id

WORTH_COUNTING = 1_000


@dataclass(frozen=True)
class Loaded:
    """How many rows of a file were new, changed an old one, or said what was known."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Column:
    """One column of the staging table."""

    name: str
    sql_type: str
    values: Sequence[Any]


def load(spec: Spec, rows: Sequence[dict[str, Any]], *, accept: Iterable[str]) -> Loaded:
    """Write `rows` to the spec's table; only the columns in `accept` (mapped ones) are touched on known rows.

    Runs in the caller's transaction. A column that says None for a text is written as empty text, save for CRM ids.
    """
    if not rows:
        return Loaded()
    columns = [
        Column(f.column, f.sql_type, [row.get(f.name) for row in rows])
        for f in spec.fields
        if f.column and f.name in accept
    ]
    columns = [_refs_or_null(c) for c in columns]
    if spec.table == "references_account":
        columns.append(Column("match_key", "text", [match_key(row["name"]) for row in rows]))
        if "external_ref" not in accept:
            columns.append(Column("external_ref", "text", [None] * len(rows)))
    with connection.cursor() as cursor:
        stage(cursor, columns, len(rows))
        if len(rows) >= WORTH_COUNTING:  # a table that grew since Postgres last counted it is matched row by row
            cursor.execute(f"ANALYZE {spec.table}")
        for way in spec.match:
            known = f"UPDATE stage s SET target_id = t.id FROM {spec.table} t WHERE s.target_id IS NULL AND {way}"  # noqa: S608
            cursor.execute(known)
        if spec.table == "references_account":
            _follow_merges(cursor)
        touched = [c.name for c in columns if not (c.name == "external_ref" and "external_ref" not in accept)]
        updated = _update(cursor, spec, touched)
        said = _whose(accept) if spec.table == "references_account" else {}
        created = _insert(cursor, spec, touched, said)
        if said:
            _say_whose(cursor, said["provenance"])
    return Loaded(created=created, updated=updated, unchanged=len(rows) - created - updated)


def _whose(fields: Iterable[str]) -> dict[str, str]:
    """What the file brings is the CRM's word from now on, with this moment."""
    return {"provenance": json.dumps(provenance.written(fields, timezone.now()))}


def _say_whose(cursor: Any, said: str) -> None:
    """Say so of the rows that were known; new ones were written with it."""
    cursor.execute(
        "UPDATE references_account t SET provenance = t.provenance || %s::jsonb FROM stage s WHERE t.id = s.target_id",
        [said],
    )


def _follow_merges(cursor: Any) -> None:
    """What the CRM still knows as a merged account is the one that stayed, which keeps its own id there.

    Where a file holds both, the row of the one that stayed speaks; of several that were merged into it, one does.
    """
    cursor.execute(
        "DELETE FROM stage s USING references_account m WHERE m.id = s.target_id AND m.merged_into_id IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM stage o JOIN references_account a ON a.id = o.target_id"
        " WHERE a.id = m.merged_into_id OR (a.merged_into_id = m.merged_into_id AND o.public_id > s.public_id))"
    )
    cursor.execute(
        "UPDATE stage s SET target_id = k.id, external_ref = k.external_ref FROM references_account m"
        " JOIN references_account k ON k.id = m.merged_into_id WHERE m.id = s.target_id"
    )


def _refs_or_null(column: Column) -> Column:
    if column.name != "external_ref":
        return column
    return Column(column.name, column.sql_type, [value or None for value in column.values])


def stage(cursor: Any, columns: Sequence[Column], rows: int) -> None:
    """Copy the columns (each `rows` long) into a fresh temporary table `stage`, with a public id for every row."""
    shape = ", ".join(f"{c.name} {c.sql_type}" for c in columns)
    cursor.execute("DROP TABLE IF EXISTS stage")
    cursor.execute(f"CREATE TEMP TABLE stage (public_id text, target_id bigint, {shape}) ON COMMIT DROP")
    names = ["public_id", *(c.name for c in columns)]
    ids = [new_public_id() for _ in range(rows)]
    copy_rows("stage", names, zip(ids, *(c.values for c in columns), strict=True))
    cursor.execute("ANALYZE stage")


def _update(cursor: Any, spec: Spec, names: Sequence[str]) -> int:
    sets = ", ".join(f"{n} = s.{n}" for n in names)
    old = ", ".join(f"t.{n}" for n in names)
    new = ", ".join(f"s.{n}" for n in names)
    cursor.execute(
        f"UPDATE {spec.table} t SET {sets}, updated_at = %s FROM stage s"  # noqa: S608 - names come from the spec
        f" WHERE t.id = s.target_id AND ({old}) IS DISTINCT FROM ({new})",
        [timezone.now()],
    )
    return int(cursor.rowcount)


def _insert(cursor: Any, spec: Spec, names: Sequence[str], said: dict[str, str]) -> int:
    constants = {n: v for n, v in {**spec.constants, **said}.items() if n not in names}
    into = ", ".join(["public_id", "created_at", "updated_at", *names, *constants])
    values = ", ".join(["s.public_id", "%s", "%s", *(f"s.{n}" for n in names), *["%s"] * len(constants)])
    now = timezone.now()
    cursor.execute(
        f"INSERT INTO {spec.table} ({into}) SELECT {values} FROM stage s WHERE s.target_id IS NULL",  # noqa: S608
        [now, now, *constants.values()],
    )
    return int(cursor.rowcount)


def set_parents(rows: Sequence[dict[str, Any]]) -> None:
    """Link subsidiaries to their parents by name; a parent that is not known stays unset."""
    pairs = [(match_key(row["name"]), match_key(row["parent"])) for row in rows if row.get("parent")]
    if not pairs:
        return
    children, parents = zip(*pairs, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE references_account c SET parent_id = coalesce(p.merged_into_id, p.id)"
            " FROM unnest(%s::text[], %s::text[]) AS pair(child, parent), references_account p"
            " WHERE c.match_key = pair.child AND p.match_key = pair.parent AND c.merged_into_id IS NULL"
            " AND c.id <> coalesce(p.merged_into_id, p.id)"
            " AND c.parent_id IS DISTINCT FROM coalesce(p.merged_into_id, p.id)",
            [list(children), list(parents)],
        )
