"""Writing to the stream (`emit`) and carrying it to its handlers (`relay`)."""

import datetime as dt
import functools
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from psycopg2.extras import Json

from refprogram.kernel import replica, topics
from refprogram.kernel.edit_history.keeping import acting
from refprogram.kernel.models import Delivery, Event, new_public_id
from refprogram.kernel.prepared import Written
from refprogram.kernel.queueing import enqueue_relay

log = logging.getLogger(__name__)

BATCH = 200
FIRST_RETRY = dt.timedelta(seconds=5)
LONGEST_RETRY = dt.timedelta(hours=1)
ERROR_LENGTH = 2000

# An event and what it owes in one statement, planned once: whoever does something waits for each that it emits.
_APPENDED: Final = Written(
    "kernel_event",
    """
WITH told AS (
  INSERT INTO kernel_event
    (public_id, topic, subject_type, subject_id, account_id, actor_id, payload, at, occurred_at)
  VALUES (%(public_id)s, %(topic)s, %(subject_type)s, %(subject_id)s, %(account_id)s, %(actor_id)s, %(payload)s,
    %(at)s, %(occurred_at)s)
  RETURNING id, at
), owed AS (
  INSERT INTO kernel_delivery (event_id, handler, attempts, next_at, error)
  SELECT told.id, name, 0, told.at, '' FROM told, unnest(%(handlers)s::text[]) name
)
SELECT id FROM told""",
)

Handler = Callable[[Any], None]  # takes an Event, or a list of them: `in_batches`


class Subject(NamedTuple):
    """What an event is about, as plain values."""

    type: str
    id: int


def subject_of(row: models.Model) -> Subject:
    """Return (type, id) of a row; the type is its model's name in lower case."""
    return Subject(str(row._meta.model_name), row.pk)


def emit(
    topic: str,
    *,
    subject: models.Model | Subject,
    account_id: int | None = None,
    actor_id: int | None = None,
    payload: Mapping[str, Any] | None = None,
    occurred_at: dt.datetime | None = None,
) -> Event:
    """Append one event, owe it to its handlers, and wake the relay once the transaction commits.

    `actor_id` is a person's id (None: the program itself). Raises RuntimeError outside a transaction or when the
    payload has a field that the topic does not list: both are mistakes of the programmer.
    """
    if not connection.in_atomic_block:
        message = f"emit({topic!r}) outside a transaction"
        raise RuntimeError(message)
    facts = dict(payload or {})
    unknown = facts.keys() - set(topics.registry()[topic].fields)
    if unknown:
        message = f"topic {topic} has no field {sorted(unknown)}"
        raise RuntimeError(message)
    about = subject if isinstance(subject, Subject) else subject_of(subject)
    now = timezone.now()
    row = {
        "public_id": new_public_id(),
        "topic": topic,
        "subject_type": about.type,
        "subject_id": about.id,
        "account_id": account_id,
        "actor_id": actor_id,
        "payload": facts,
        "at": now,
        "occurred_at": occurred_at or now,
    }
    handlers = topics.handlers_of(topic)
    with replica.reading(DEFAULT_DB_ALIAS):
        [(key,)] = _APPENDED.ask({**row, "payload": Json(facts), "handlers": list(handlers)})
    enqueue_relay(handlers)
    return Event.from_db(DEFAULT_DB_ALIAS, ("id", *row), (key, *row.values()))


def emit_many(topic: str, facts: Iterable[tuple[Subject, int | None, Mapping[str, Any]]]) -> None:
    """Append many events of one topic (subject, account id, payload) in two statements, for bulk work."""
    now = timezone.now()
    events = Event.objects.bulk_create(
        Event(
            topic=topic,
            subject_type=about.type,
            subject_id=about.id,
            account_id=account_id,
            payload=dict(payload),
            at=now,
            occurred_at=now,
        )
        for about, account_id, payload in facts
    )
    names = topics.handlers_of(topic)
    Delivery.objects.bulk_create([Delivery(event=e, handler=name, next_at=now) for e in events for name in names])
    enqueue_relay(names)


def relay(*, handler: str, limit: int = BATCH) -> int:
    """Run up to `limit` owed deliveries of one handler, oldest first; return how many were tried.

    Deliveries that another worker holds are skipped, so workers never wait for each other. A batch is one transaction
    together with the marks that it is done: its effects happen exactly once. A failing batch is rolled back and
    repeated one by one, each in a transaction of its own; what still fails is put off with back-off, counted, and shown
    on the stream page. What failed before always runs alone, so that it costs the others nothing.
    """
    failed_before = _owed(handler).filter(attempts__gt=0).values_list("pk", flat=True)
    again = list(failed_before[:limit])
    batch: list[Delivery] = []
    try:
        with transaction.atomic():
            _enter_lane(resolve(handler))
            batch += _held(_owed(handler).filter(attempts=0))[:limit]
            _run(handler, batch)
    except Exception:
        log.exception("batch of %s failed; running it singly", handler)
        again = [*again, *(delivery.pk for delivery in batch)]
        batch = []
    return len(batch) + sum(_run_alone(handler, key) for key in again)


def _owed(handler: str) -> models.QuerySet[Delivery]:
    due = Delivery.objects.filter(handler=handler, done_at__isnull=True, next_at__lte=timezone.now())
    return due.order_by("event_id")


def _held(deliveries: models.QuerySet[Delivery]) -> models.QuerySet[Delivery]:
    """Lock deliveries for this transaction, leaving out what another worker holds."""
    return deliveries.select_related("event").select_for_update(skip_locked=True, of=("self",))


def _run_alone(handler: str, key: int) -> int:
    try:
        with transaction.atomic():
            _enter_lane(resolve(handler))
            mine = list(_held(_owed(handler).filter(pk=key)))
            _run(handler, mine)
    except Exception as error:
        log.exception("%s failed for delivery %s", handler, key)
        _put_off(key, error)
        return 1
    return len(mine)


def _run(handler: str, deliveries: Collection[Delivery]) -> None:
    """Run deliveries and mark them done, in the caller's transaction.

    What Postgres would check only at the commit (foreign keys, the ledger's balance) is checked here, where a failure
    can be laid to the delivery that caused it.
    """
    if not deliveries:
        return
    run = resolve(handler)
    events = [delivery.event for delivery in deliveries]
    for told in [events] if getattr(run, "takes_batches", False) else events:
        last = events[-1] if isinstance(told, list) else told
        with acting(via="handler", handler=handler, event=last.pk):
            run(told)
    connection.check_constraints()
    done = Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries])
    done.update(done_at=timezone.now(), error="")


@transaction.atomic
def _put_off(key: int, error: Exception) -> None:
    delivery = Delivery.objects.select_for_update().get(pk=key)
    if delivery.done_at is not None:
        return
    delivery.attempts += 1
    delivery.error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
    delivery.next_at = timezone.now() + backoff(delivery.attempts)
    delivery.save(update_fields=["attempts", "error", "next_at"])


def backoff(attempts: int) -> dt.timedelta:
    """Return the wait after the n-th failure: 5 s doubled each time, at most one hour."""
    return min(FIRST_RETRY * 2 ** min(attempts - 1, 20), LONGEST_RETRY)


def lane(name: str) -> Callable[[Handler], Handler]:
    """Mark a handler whose batches must run one after another (an advisory lock by this name)."""

    def mark(handler: Handler) -> Handler:
        handler.lane = name  # type: ignore[attr-defined]
        return handler

    return mark


def in_batches(handler: Callable[[list[Event]], None]) -> Handler:
    """Mark a handler that takes all events of a batch at once, oldest first: to read and to write by the set.

    Of a batch that fails each event comes alone, in a list of one.
    """
    handler.takes_batches = True  # type: ignore[attr-defined]
    return handler


def _enter_lane(run: Handler) -> None:
    name = getattr(run, "lane", None)
    if name is not None:
        enter_lane(name)


def enter_lane(name: str) -> None:
    """Wait until nobody else is in this lane, and be alone in it until the transaction ends: for what is no handler."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"lane:{name}"])


def resolve(handler: str) -> Handler:
    """Return the function behind a dotted handler name. One that is gone fails like any other: recorded, in view."""
    try:
        run: Handler = import_string(handler)
    except Exception as error:
        log.exception("there is no handler %s", handler)
        return functools.partial(_missing, error)
    return run


def _missing(error: Exception, _event: Event) -> None:
    raise error


def sweep() -> int:
    """Relay everything that is owed, handler by handler; return how many deliveries were tried. Beat calls it."""
    due = Delivery.objects.filter(done_at__isnull=True, next_at__lte=timezone.now())
    return sum(drain(handler=name) for name in sorted(set(due.values_list("handler", flat=True).distinct())))


def drain(*, handler: str) -> int:
    """Relay to one handler until nothing that is due is left; return how many deliveries were tried."""
    tried = 0
    while now := relay(handler=handler):
        tried += now
        if now < BATCH:
            break
    return tried
