"""Many events at once, each a row of its own: by COPY into the stream and into what it owes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from refprogram.kernel import topics
from refprogram.kernel.copying import copy_rows, take_ids
from refprogram.kernel.models import new_public_id
from refprogram.kernel.queueing import enqueue_relay
from refprogram.kernel.stream import Subject

EVENT_COLUMNS = (
    *("id", "public_id", "topic", "subject_type", "subject_id", "account_id", "actor_id", "payload", "at"),
    "occurred_at",
)
DELIVERY_COLUMNS = ("event_id", "handler", "attempts", "next_at", "error")


class BulkEvent(NamedTuple):
    """One event of many; `occurred_at` is when it happened, however late it is told."""

    topic: str
    subject: Subject
    actor_id: int | None
    payload: Mapping[str, Any]
    occurred_at: dt.datetime
    account_id: int | None = None


def emit_bulk(events: Sequence[BulkEvent]) -> list[int]:
    """Append events in the order given, owe each to its handlers, wake the relay on commit; return their ids.

    Like `emit`: raises RuntimeError outside a transaction, and for a payload field that the topic does not list.
    """
    if not connection.in_atomic_block:
        message = "emit_bulk() outside a transaction"
        raise RuntimeError(message)
    _check(events)
    now = timezone.now()
    ids = take_ids("kernel_event", len(events))
    copy_rows(
        "kernel_event",
        EVENT_COLUMNS,
        (
            (key, new_public_id(), e.topic, *e.subject, e.account_id, e.actor_id, dict(e.payload), now, e.occurred_at)
            for key, e in zip(ids, events, strict=True)
        ),
    )
    owed = [(key, name) for key, e in zip(ids, events, strict=True) for name in topics.handlers_of(e.topic)]
    copy_rows("kernel_delivery", DELIVERY_COLUMNS, ((key, name, 0, now, "") for key, name in owed))
    enqueue_relay(sorted({name for _key, name in owed}))
    return ids


def _check(events: Sequence[BulkEvent]) -> None:
    for topic, fields in {(e.topic, frozenset(e.payload)) for e in events}:
        unknown = fields - set(topics.registry()[topic].fields)
        if unknown:
            message = f"topic {topic} has no field {sorted(unknown)}"
            raise RuntimeError(message)
