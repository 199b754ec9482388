"""Several at the same moment: threads on the real database, each with connections of its own.

For tests that commit (`django_db(transaction=True)`). What goes wrong in a thread is raised in the test.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections

from refprogram.kernel.errors import DomainError


class Act(threading.Thread):
    """One act in a thread of its own, begun when all who share its barrier are ready."""

    def __init__(self, act: Callable[[], Any], start: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.act, self.start_together = act, start
        self.outcome: Any = None
        self.fault: BaseException | None = None

    def run(self) -> None:
        """Do it, keep what came of it, and give its connections back."""
        self.start_together.wait()
        try:
            self.outcome = self.act()
        except DomainError as refusal:
            self.outcome = refusal
        except BaseException as fault:  # noqa: BLE001 - raised again in the test's own thread
            self.fault = fault
        finally:
            connections.close_all()

    def end(self) -> Any:
        """Wait for it; return what it returned or how it was refused."""
        self.join()
        if self.fault is not None:
            raise self.fault
        return self.outcome


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do things at the same moment; return what each returned, or the refusal that it met, in the order given."""
    start = threading.Barrier(len(acts))
    threads = [Act(act, start) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [thread.end() for thread in threads]


def results(*acts: Callable[[], Any]) -> list[str]:
    """Do things at the same moment; return, sorted, "done" for each that was, and the code of each refusal."""
    return sorted(one.code if isinstance(one, DomainError) else "done" for one in at_once(*acts))


@contextlib.contextmanager
def beside(act: Callable[[], Any]) -> Iterator[None]:
    """While the block goes on, `act` goes on beside it; at the end it is waited for."""
    thread = Act(act, threading.Barrier(1))
    thread.start()
    yield
    thread.end()
