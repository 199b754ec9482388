"""Queueing Celery tasks so that a sleeping broker never fails a person's work."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def enqueue(task: str, **kwargs: Any) -> None:
    """Queue a task by name once the transaction commits.

    When the broker is down this only logs: everything queued here is also found by a beat sweep, so nothing is lost.
    The same task with the same arguments is queued once per transaction.
    """
    pending = transaction.get_connection().run_on_commit
    if any(getattr(entry[1], "args", None) == (task, kwargs) for entry in pending):
        return
    transaction.on_commit(partial(_send, task, kwargs), robust=True)


def _send(task: str, kwargs: dict[str, Any]) -> None:
    try:
        current_app.send_task(task, kwargs=kwargs, retry=False, ignore_result=True)
    except OperationalError as error:
        log.warning("broker is down, %s waits for the sweep: %s", task, error)
