"""The last net of an erasure: a name, an address, a number that somebody typed into a text is replaced wherever it is.

Rooms empty what they know to be about the person. Free text may name them anywhere else: in a colleague's note, a
subject line, the report of an import. So every text column of every table is asked once, whatever app it belongs to.
"""

import json
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

import pgtrigger
from django.db import connection

from refprogram.people.privacy import SOMEONE

# The stream holds ids and facts, never names, and is never changed; the others hold nothing that people write.
LEFT_ALONE = frozenset({"kernel_event", "django_migrations", "django_content_type", "auth_permission"})
SHORTEST = 5
TEXTS = """
SELECT c.table_name, c.column_name, c.data_type, c.udt_name, c.character_maximum_length,
       EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
               WHERE i.indisunique AND i.indrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
                     AND a.attname = c.column_name)
FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
      AND (c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb')
           OR c.udt_name IN ('_text', '_varchar'))
ORDER BY c.table_name, c.ordinal_position
"""


class Column(NamedTuple):
    """A column that can hold words."""

    table: str
    name: str
    kind: str
    type: str
    length: int | None
    unique: bool


def text_columns() -> list[Column]:
    """Return every column of the database that can hold words."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS)
        return [Column(*row) for row in cursor.fetchall()]


def tellable(words: Iterable[str]) -> list[str]:
    """Return the words that mean this person alone, longest first: addresses, numbers, full names.

    A first name alone, or a company's, may mean anybody.
    """
    whole = {" ".join(word.split()) for word in words if word}
    meant = {word for word in whole if len(word) >= SHORTEST and (" " in word or "@" in word or word[-1].isdigit())}
    return sorted(meant, key=lambda word: (-len(word), word))


def sweep(words: Collection[str]) -> dict[str, int]:
    """Replace the words by "someone" in every text of the database; return how many rows changed, by table.

    Runs past the triggers: records that are never changed by people lose the name, too, and no copy is kept of it.
    """
    known = tellable(words)
    if not known:
        return {}
    by_table: dict[str, list[Column]] = {}
    for column in text_columns():
        if column.table not in LEFT_ALONE:
            by_table.setdefault(column.table, []).append(column)
    with pgtrigger.ignore():
        swept = {table: _sweep(table, columns, known) for table, columns in by_table.items()}
    return {table: rows for table, rows in swept.items() if rows}


def _sweep(table: str, columns: list[Column], words: list[str]) -> int:
    quote = connection.ops.quote_name
    plain, quoted = _pattern(words), _pattern([json.dumps(word, ensure_ascii=False)[1:-1] for word in words])
    sets, wheres, set_values, where_values = [], [], [], []
    for column in columns:
        name = quote(column.name)
        pattern = quoted if "json" in column.kind else plain
        instead = f"'{SOMEONE}-' || substr(md5(random()::text), 1, 8)" if column.unique else f"'{SOMEONE}'"
        new = f"regexp_replace({name}::text, %s, {instead}, 'gi')"
        if column.length:
            new = f"left({new}, {column.length})"
        cast = column.kind if "json" in column.kind else f"{column.type[1:]}[]" if column.type[0] == "_" else "text"
        sets.append(f"{name} = CASE WHEN {name}::text ~* %s THEN ({new})::{cast} ELSE {name} END")
        set_values += [pattern, pattern]
        wheres.append(f"{name}::text ~* %s")
        where_values.append(pattern)
    query = f"UPDATE {quote(table)} SET {', '.join(sets)} WHERE {' OR '.join(wheres)}"  # noqa: S608 - names of columns
    with connection.cursor() as cursor:
        cursor.execute(query, [*set_values, *where_values])
        return int(cursor.rowcount)


def _pattern(words: list[str]) -> str:
    """Return the pattern of these words as whole ones; spaces between them as people type them."""
    each = [r"\s+".join(re.sub(r"([^\w\s])", r"\\\1", part) for part in word.split()) for word in words]
    return rf"(?<!\w)(?:{'|'.join(each)})(?!\w)"
