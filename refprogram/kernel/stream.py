"""Writing to the stream (`emit`) and carrying it to its handlers (`relay`)."""

import datetime as dt
import functools
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from refprogram.kernel import topics
from refprogram.kernel.models import Delivery, Event
from refprogram.kernel.queueing import enqueue

log = logging.getLogger(__name__)

BATCH = 200
FIRST_RETRY = dt.timedelta(seconds=5)
LONGEST_RETRY = dt.timedelta(hours=1)

Handler = Callable[[Event], None]


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
    event = Event(
        topic=topic,
        subject_type=about.type,
        subject_id=about.id,
        account_id=account_id,
        actor_id=actor_id,
        payload=facts,
        at=now,
        occurred_at=occurred_at or now,
    )
    event.save(force_insert=True)
    _owe(event)
    return event


def emit_many(topic: str, facts: Iterable[tuple[Subject, int | None, Mapping[str, Any]]]) -> None:
    """Append many events of one topic (subject, account id, payload) in two statements. For bulk work by the program."""
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
    for name in names:
        enqueue("kernel.relay", handler=name)


def _owe(event: Event) -> None:
    names = topics.handlers_of(event.topic)
    Delivery.objects.bulk_create([Delivery(event=event, handler=name, next_at=event.at) for name in names])
    for name in names:
        enqueue("kernel.relay", handler=name)


def relay(*, handler: str, limit: int = BATCH) -> int:
    """Run up to `limit` owed deliveries of one handler, oldest first; return how many were done.

    Deliveries that another worker holds are skipped, so workers never wait for each other. A failing batch is rolled
    back and repeated one by one; what still fails is put off with back-off, counted, and shown on the stream page.
    """
    run = resolve(handler)
    with transaction.atomic():
        _enter_lane(run)
        owed = list(_owed(handler)[:limit])
        if not owed:
            return 0
        try:
            with transaction.atomic():
                for delivery in owed:
                    run(delivery.event)
        except Exception:
            log.exception("batch of %s failed; running it singly", handler)
            return sum(_run_one(run, delivery) for delivery in owed)
        now = timezone.now()
        Delivery.objects.filter(pk__in=[d.pk for d in owed]).update(done_at=now, error="")
        return len(owed)


def _owed(handler: str) -> models.QuerySet[Delivery]:
    return (
        Delivery.objects.filter(handler=handler, done_at__isnull=True, next_at__lte=timezone.now())
        .select_related("event")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("event_id")
    )


def _run_one(run: Handler, delivery: Delivery) -> bool:
    try:
        with transaction.atomic():
            run(delivery.event)
    except Exception as error:
        log.exception("%s failed for event %s", delivery.handler, delivery.event_id)
        delivery.attempts += 1
        delivery.error = f"{type(error).__name__}: {error}"[:2000]
        delivery.next_at = timezone.now() + backoff(delivery.attempts)
        delivery.save(update_fields=["attempts", "error", "next_at"])
        return False
    delivery.done_at = timezone.now()
    delivery.error = ""
    delivery.save(update_fields=["done_at", "error"])
    return True


def backoff(attempts: int) -> dt.timedelta:
    """Return the wait after the n-th failure: 5 s doubled each time, at most one hour."""
    return min(FIRST_RETRY * 2 ** min(attempts - 1, 20), LONGEST_RETRY)


def lane(name: str) -> Callable[[Handler], Handler]:
    """Mark a handler whose batches must run one after another (an advisory lock by this name)."""

    def mark(handler: Handler) -> Handler:
        handler.lane = name  # type: ignore[attr-defined]
        return handler

    return mark


def _enter_lane(run: Handler) -> None:
    name = getattr(run, "lane", None)
    if name is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"lane:{name}"])


@functools.cache
def resolve(handler: str) -> Handler:
    """Return the function behind a dotted handler name."""
    run: Handler = import_string(handler)
    return run


def sweep() -> int:
    """Relay every handler that has something owed; return how many deliveries were done. Beat calls it."""
    now = timezone.now()
    waiting = Delivery.objects.filter(done_at__isnull=True, next_at__lte=now).values_list("handler", flat=True)
    return sum(relay(handler=name) for name in sorted(set(waiting.distinct())))


def retry(*, delivery: Delivery) -> None:
    """Make a failing delivery due now, because a person says so."""
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk, done_at__isnull=True).update(next_at=timezone.now())
        enqueue("kernel.relay", handler=delivery.handler)
