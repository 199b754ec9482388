"""Long reads of dashboards and exports go to a replica of the database, where there is one (DATABASE_REPLICA_URL).

Only what is inside `with from_replica():` reads there; everything else, and every write, goes to the primary. A replica
is a little behind, so pages say as of when they are; one that does not answer is passed over.
"""

import contextlib
import datetime as dt
import logging
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model

log = logging.getLogger(__name__)
REPLICA: Final = "replica"
AS_OF: Final = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp() ELSE now() END"
_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)


def alias() -> str:
    """Return the database that is read at this point of the program."""
    return _reading.get()


@contextlib.contextmanager
def reading(name: str) -> Iterator[None]:
    """While the block runs, read from the database of this name."""
    token = _reading.set(name)
    try:
        yield
    finally:
        _reading.reset(token)


@contextlib.contextmanager
def from_replica() -> Iterator[dt.datetime | None]:
    """While the block runs, read from the replica; gives the moment as of which it is, None for the primary."""
    as_of = _answering()
    with reading(REPLICA if as_of else DEFAULT_DB_ALIAS):
        yield as_of


def _answering() -> dt.datetime | None:
    if REPLICA not in connections.databases:
        return None
    replica = connections[REPLICA]
    try:
        with replica.cursor() as cursor:
            cursor.execute(AS_OF)
            moment: dt.datetime | None = cursor.fetchone()[0]
    except (OperationalError, InterfaceError) as error:
        replica.close()
        log.warning("the replica does not answer, reading from the primary: %s", error)
        return None
    return moment


class Router:
    """Where Django asks: reads as `from_replica` says, writes always to the primary."""

    def db_for_read(self, _model: type[Model], **_hints: Any) -> str | None:
        """Return the replica inside of `from_replica`."""
        name = alias()
        return None if name == DEFAULT_DB_ALIAS else name

    def db_for_write(self, _model: type[Model], **_hints: Any) -> str:
        """Return the primary, also for a row that was read from the replica."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Model, _other: Model, **_hints: Any) -> bool:
        """Rows of both are rows of one database."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        """A replica is given its tables by the primary."""
        return db == DEFAULT_DB_ALIAS
