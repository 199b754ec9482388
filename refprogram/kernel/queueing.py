"""Queueing Celery tasks so that a sleeping broker never fails, or slows down, a person's work."""

import logging
import time
from collections.abc import Collection
from functools import partial
from typing import Any, Final

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

# After a failure the broker is left alone for a while: a page that queues ten things waits for it once, not ten times.
PAUSE_SECONDS: Final = 10.0
# A connection that broke since it was last used is opened anew once, at once.
ONCE_MORE: Final = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}

RELAY: Final = "kernel.relay"

_asleep_until = 0.0


def enqueue(task: str, **kwargs: Any) -> None:
    """Queue a task by name once the transaction commits.

    When the broker is down this only logs: everything queued here is also found by a beat sweep, so nothing is lost.
    The same task with the same arguments is queued once per transaction.
    """
    pending = transaction.get_connection().run_on_commit
    if any(getattr(entry[1], "args", None) == (task, kwargs) for entry in pending):
        return
    transaction.on_commit(partial(_send, task, kwargs))


def enqueue_relay(handlers: Collection[str]) -> None:
    """Have what is owed to these handlers relayed once the transaction commits.

    One message per transaction, however many handlers: a message costs as much as some statements, and people wait.
    """
    pending = transaction.get_connection().run_on_commit
    messages: list[Any] = [getattr(entry[1], "args", None) or ("",) for entry in pending]
    known = next((message[1]["handlers"] for message in messages if message[0] == RELAY), None)
    if known is not None:
        known += [name for name in handlers if name not in known]
    elif handlers:
        transaction.on_commit(partial(_send, RELAY, {"handlers": list(dict.fromkeys(handlers))}))


def _send(task: str, kwargs: dict[str, Any]) -> None:
    """Send, and never raise: what led here is committed, and must not look as if it failed."""
    global _asleep_until  # noqa: PLW0603 - one broker, one memory of it per process
    if time.monotonic() < _asleep_until:
        return
    try:
        current_app.send_task(task, kwargs=kwargs, retry=True, retry_policy=ONCE_MORE, ignore_result=True)
    except OperationalError as error:
        _asleep_until = time.monotonic() + PAUSE_SECONDS
        log.warning("broker is down, %s waits for the sweep: %s", task, error)
    except Exception:
        log.exception("could not queue %s", task)
