"""How a database is cleared after a test that committed: quickly, and back to what migrations left in it.

Django truncates every table, which at some hundred tables takes longer than most tests do, and reads its rows back as
objects. Here only rows that are there are deleted, and the rows of migrations are copied back as Postgres wrote them.
"""

import io
from typing import Any, Final

from django.db import connection, transaction
from django.test import TransactionTestCase

TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
# Triggers and foreign keys sleep: rows that never change once written go as well, and order does not matter.
ASLEEP: Final = "SET LOCAL session_replication_role = replica"
MANY: Final = 1000  # so many deleted rows would be in the way of those who read the table next

_seeds: dict[str, tuple[str, bytes]] = {}


def take_over() -> None:
    """Keep what migrations wrote, and clear after each test in our own way; once the test database is there."""
    _seeds.update(_read_seeds())
    TransactionTestCase._fixture_teardown = _clear  # type: ignore[method-assign]


def _read_seeds() -> dict[str, tuple[str, bytes]]:
    """Return the rows of each table that has some, with their columns (those that Postgres computes left out)."""
    found = {}
    with connection.cursor() as cursor:
        for table in _with_rows(cursor):
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) "
                "FROM information_schema.columns "
                "WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            columns = cursor.fetchone()[0]
            rows = io.BytesIO()
            cursor.copy_expert(f'COPY public."{table}" ({columns}) TO STDOUT', rows)
            found[table] = (columns, rows.getvalue())
    return found


def _with_rows(cursor: Any) -> list[str]:
    """Return the tables that are not empty."""
    cursor.execute(TABLES)
    tables = [name for (name,) in cursor.fetchall()]
    cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM public.\"{name}\" LIMIT 1)" for name in tables))
    return [name for (name,) in cursor.fetchall()]


def _clear(_self: TransactionTestCase) -> None:
    """Delete every row, and put back those of migrations."""
    crowded = []
    connection.close_if_unusable_or_obsolete()  # a test may have had it cut
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ASLEEP)
        for table in _with_rows(cursor):
            cursor.execute(f'DELETE FROM public."{table}"')
            if cursor.rowcount > MANY:
                crowded.append(table)
        for table, (columns, rows) in _seeds.items():
            cursor.copy_expert(f'COPY public."{table}" ({columns}) FROM STDIN', io.BytesIO(rows))
    with connection.cursor() as cursor:
        for table in crowded:
            cursor.execute(f'VACUUM public."{table}"')


def send_away() -> None:
    """End the sessions of servers and workers that tests started and that are still leaving."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
