"""Query budgets: how many statements a page may send, kept in `budgets.json` beside the tests of its app."""

import contextlib
import fcntl
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
ACTOR = "SELECT set_config('pghistory."


class Budget:
    """`with budget("app:page"):` or `budget.flat("app:page", make=…, visit=…)`."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "budgets.json"
        self.update = bool(os.environ.get("UPDATE_BUDGETS"))

    @contextlib.contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Compare what the block sends with the budget `name`; no statement may be sent twice."""
        with CaptureQueriesContext(connection) as captured:
            yield
        self._settle(name, statements(captured))

    def flat(self, name: str, *, make: Callable[[int], Any], visit: Callable[[], Any]) -> None:
        """Prove that a page costs the same at 2 and at 20 rows, no statement twice, and keeps its budget.

        `make(n)` creates n more rows, `visit()` asks for the page once. The first visit is not counted: it fills
        what lives as long as the process (templates, content types).
        """
        self.flat_each({name: visit}, make=make)

    def flat_each(self, visits: Mapping[str, Callable[[], Any]], *, make: Callable[[int], Any]) -> None:
        """Prove the same for several ways to ask for the same rows, each with a budget of its own."""
        make(2)
        for visit in visits.values():
            visit()
        few = {name: self._record(visit) for name, visit in visits.items()}
        make(18)
        for name, visit in visits.items():
            many = self._record(visit)
            said = [f"{name}: {len(few[name])} statements at 2 rows, {len(many)} at 20:", *many]
            assert len(few[name]) == len(many), "\n".join(said)
            self._settle(name, many)

    @staticmethod
    def _record(visit: Callable[[], Any]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            visit()
        return statements(captured)

    def _settle(self, name: str, sent: list[str]) -> None:
        twice = [sql for sql, times in Counter(sent).items() if times > 1]
        assert not twice, "\n".join([f"{name}: sent twice in one request:", *twice])
        if self.update:
            self._write(name, len(sent))
            return
        budgets = json.loads(self.file.read_text(encoding="utf-8")) if self.file.exists() else {}
        assert budgets.get(name) == len(sent), "\n".join(
            [
                f"{name}: {len(sent)} statements, its budget is {budgets.get(name)} (UPDATE_BUDGETS=1 rewrites it):",
                *sent,
            ]
        )

    def _write(self, name: str, count: int) -> None:
        """Keep the number; several test processes may do so at once."""
        with self.file.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            budgets = json.loads(file.read() or "{}") | {name: count}
            file.truncate(0)
            file.write(json.dumps(budgets, indent=2, sort_keys=True) + "\n")


def statements(captured: CaptureQueriesContext) -> list[str]:
    """Return what was sent, without the marks of nested transactions."""
    sent = [without_actor(query["sql"]) for query in captured]
    return [sql for sql in sent if not sql.startswith(NOT_COUNTED)]


def without_actor(sql: str) -> str:
    """Return a statement without the words that say in whose name it is sent: they travel in front of it."""
    return sql.partition("; ")[2] if sql.startswith(ACTOR) else sql
