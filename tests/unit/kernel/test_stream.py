"""The stream carries every event to every handler once: whatever fails, dies or sleeps meanwhile."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
import time_machine
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone
from kombu import pools

from refprogram.kernel import backlog, proofs, queueing, stream, tasks
from refprogram.kernel.models import Delivery, Event, Rollup
from refprogram.kernel.rollups import add
from refprogram.kernel.stream import Subject, emit
from refprogram.people.models import Region
from tests.factories.people import RegionFactory
from tests.racing import at_once

SELF = "tests.unit.kernel.test_stream"
TOPIC = "rule.started"  # any topic will do
plans: dict[str, Callable[[Event], None]] = {}


def count(event: Event) -> None:
    """A handler with an effect in the database: it counts the subject."""
    plans.get("count", lambda event: None)(event)
    add(metric="test", at=event.at, keys={"subject": event.subject_id}, value=1)


def other(event: Event) -> None:
    """A second handler of the same topic."""
    plans.get("other", lambda event: None)(event)
    add(metric="other", at=event.at, keys={"subject": event.subject_id}, value=1)


@stream.lane("test")
def in_lane(event: Event) -> None:
    """A handler whose batches run one after the other."""
    plans["lane"](event)


@pytest.fixture(autouse=True)
def _listeners(settings):
    settings.EVENT_HANDLERS = {TOPIC: [f"{SELF}.count"]}
    plans.clear()


def happen(*subjects: int) -> None:
    with transaction.atomic():
        for subject in subjects:
            emit(TOPIC, subject=Subject("thing", subject), payload={"version": 1})


def counted(metric: str = "test") -> dict[int, int]:
    rows = Rollup.objects.filter(metric=metric, period="year").values_list("key", "value")
    return {key: int(value) for key, value in rows}


def fail_for(*subjects: int) -> Callable[[Event], None]:
    def handler(event: Event) -> None:
        if event.subject_id in subjects:
            message = f"no {event.subject_id}"
            raise ValueError(message)

    return handler


# ---------------------------------------------------------------- emitting


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_a_mistake():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        emit(TOPIC, subject=Subject("thing", 1))


@pytest.mark.django_db
def test_a_payload_field_that_the_topic_does_not_list_is_a_mistake():
    with pytest.raises(RuntimeError, match="has no field"):
        emit(TOPIC, subject=Subject("thing", 1), payload={"name": "Ann"})


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_happened():
    def change_my_mind() -> None:
        emit(TOPIC, subject=Subject("thing", 1), payload={"version": 1})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transaction.atomic(change_my_mind)()

    assert (Event.objects.count(), stream.sweep()) == (0, 0)


# ---------------------------------------------------------------- carrying


@pytest.mark.django_db
def test_each_event_reaches_its_handler_once():
    happen(1, 2, 2)

    assert (stream.sweep(), stream.sweep()) == (3, 0)
    assert counted() == {1: 1, 2: 2}


@pytest.mark.django_db
def test_more_than_a_batch_is_carried_in_one_go(monkeypatch):
    monkeypatch.setattr(stream, "BATCH", 3)
    happen(*range(10))

    assert stream.drain(handler=f"{SELF}.count") == 10


@pytest.mark.django_db
def test_one_that_fails_holds_back_nobody_but_itself():
    plans["count"] = fail_for(2)
    happen(1, 2, 3)

    stream.sweep()

    assert counted() == {1: 1, 3: 1}
    failed = Delivery.objects.get(done_at__isnull=True)
    assert (failed.event.subject_id, failed.attempts, failed.error) == (2, 1, "ValueError: no 2")


@pytest.mark.django_db
def test_one_that_failed_is_tried_again_later_and_alone():
    plans["count"] = fail_for(2)
    with time_machine.travel("2026-11-02 09:00Z", tick=False) as clock:
        happen(1, 2)
        stream.sweep()
        happen(3)
        clock.shift(stream.FIRST_RETRY - dt.timedelta(seconds=1))
        early = stream.sweep()
        clock.shift(1)
        happen(4)
        plans.clear()
        late = stream.sweep()

    assert (early, late) == (1, 2)
    assert counted() == {1: 1, 2: 1, 3: 1, 4: 1}
    assert not Delivery.objects.filter(done_at__isnull=True).exists()


@pytest.mark.django_db
def test_one_handler_that_fails_does_not_stop_another(settings):
    settings.EVENT_HANDLERS = {TOPIC: [f"{SELF}.count", f"{SELF}.other"]}
    plans["count"] = fail_for(1)
    happen(1)

    stream.sweep()

    assert (counted(), counted("other")) == ({}, {1: 1})


@pytest.mark.django_db
def test_a_handler_that_is_gone_fails_in_view_and_stops_nobody(settings):
    settings.EVENT_HANDLERS = {TOPIC: ["nowhere.at.all", f"{SELF}.count"]}
    happen(1)

    stream.sweep()

    assert counted() == {1: 1}
    assert "No module named 'nowhere'" in Delivery.objects.get(done_at__isnull=True).error


@pytest.mark.django_db(transaction=True)
def test_what_postgres_checks_only_at_the_commit_is_laid_to_its_delivery():
    # Foreign keys are deferred: without care the commit would fail, and with it everybody else's work, for ever.
    def point_nowhere(event: Event) -> None:
        if event.subject_id == 2:
            Delivery.objects.bulk_create([Delivery(event_id=10**12, handler="x")])

    plans["count"] = point_nowhere
    happen(1, 2, 3)

    stream.sweep()

    assert counted() == {1: 1, 3: 1}
    assert "IntegrityError" in Delivery.objects.get(done_at__isnull=True).error


@pytest.mark.django_db(transaction=True)
def test_a_handler_killed_with_its_connection_is_repeated_and_nothing_doubled():
    lives = iter([True])

    def die_once(event: Event) -> None:
        add(metric="test", at=event.at, keys={"subject": event.subject_id}, value=1)  # lost with the connection
        if event.subject_id == 2 and next(lives, False):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        add(metric="test", at=event.at, keys={"subject": event.subject_id}, value=-1)

    plans["count"] = die_once
    happen(1, 2, 3)

    stream.sweep()

    assert counted() == {1: 1, 2: 1, 3: 1}
    assert not Delivery.objects.filter(done_at__isnull=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("attempts", "seconds"), [(1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (30_000, 3600)])
def test_back_off_doubles_up_to_an_hour(attempts, seconds):
    assert stream.backoff(attempts) == dt.timedelta(seconds=seconds)


# ---------------------------------------------------------------- side by side


@pytest.mark.django_db(transaction=True)
def test_two_relays_never_carry_the_same_event():
    at_work, gone = threading.Event(), threading.Event()

    def linger(_event: Event) -> None:
        at_work.set()
        gone.wait(30)  # holds its batch until the other relay has come and gone

    plans["count"] = linger
    happen(*range(20))
    tried: list[int] = []

    def come_late() -> None:
        at_work.wait(30)
        tried.append(stream.relay(handler=f"{SELF}.count"))
        gone.set()

    at_once(lambda: stream.relay(handler=f"{SELF}.count"), come_late)

    assert tried == [0]
    assert counted() == dict.fromkeys(range(20), 1)


@pytest.mark.django_db(transaction=True)
def test_many_relays_share_the_work():
    happen(*range(300))

    at_once(*[lambda: stream.drain(handler=f"{SELF}.count")] * 4)
    stream.sweep()

    assert counted() == dict.fromkeys(range(300), 1)


@pytest.mark.django_db(transaction=True)
def test_a_lane_lets_one_batch_in_at_a_time(settings):
    settings.EVENT_HANDLERS = {TOPIC: [f"{SELF}.in_lane"]}
    inside: list[int] = []
    most: list[int] = []

    def work(event: Event) -> None:
        inside.append(event.subject_id)
        most.append(len(inside))
        RegionFactory(name=f"Region {event.subject_id}")  # takes its time in the database
        inside.pop()

    plans["lane"] = work
    happen(*range(40))

    at_once(*[lambda: stream.relay(handler=f"{SELF}.in_lane", limit=5)] * 8)
    stream.sweep()

    assert set(most) == {1}
    assert Region.objects.count() == 40


@pytest.mark.django_db
def test_in_a_lane_one_that_fails_holds_back_only_itself(settings):
    settings.EVENT_HANDLERS = {TOPIC: [f"{SELF}.in_lane"]}
    seen: list[int] = []

    def work(event: Event) -> None:
        fail_for(1)(event)
        seen.append(event.subject_id)

    plans["lane"] = work
    happen(0, 1, 2)

    stream.sweep()

    assert seen == [0, 0, 2]  # the batch up to the failure, then one by one
    assert Delivery.objects.filter(done_at__isnull=True).count() == 1


# ---------------------------------------------------------------- a sleeping broker


@pytest.fixture
def sleeping_broker(tmp_path, monkeypatch):
    """A broker's socket at which nobody listens."""
    conf = current_app.conf
    awake = conf.broker_url
    monkeypatch.setattr(queueing, "_asleep_until", 0.0)
    _use(f"redis+socket://{tmp_path}/nobody?virtual_host=0")
    yield
    _use(awake)


def _use(url: str) -> None:
    current_app.conf.broker_url = url
    pools.reset()
    current_app._pool = None
    current_app.amqp._producer_pool = None


@pytest.mark.django_db(transaction=True)
def test_people_work_while_the_broker_sleeps_and_the_sweep_delivers(sleeping_broker, caplog):
    caplog.set_level("WARNING")  # a worker of an earlier test leaves the root logger at "error"
    happen(1)
    happen(2)

    assert [record.msg for record in caplog.records if record.name == queueing.__name__] == [
        "broker is down, %s waits for the sweep: %s"  # and the second time it was not even asked
    ]
    assert stream.sweep() == 2
    assert counted() == {1: 1, 2: 1}


# ---------------------------------------------------------------- what people see


@pytest.mark.django_db
def test_the_backlog_counts_by_handler_and_retries_at_once():
    plans["count"] = fail_for(1)
    happen(1, 2)
    stream.sweep()
    happen(3)

    line = backlog.owed()[0]
    assert (line.handler, line.waiting, line.failed) == (f"{SELF}.count", 1, 1)
    plans.clear()
    backlog.retry(delivery=backlog.failing().get())

    assert stream.sweep() == 2
    assert backlog.owed() == []


@pytest.mark.django_db
def test_silence_of_ten_minutes_breaks_the_proof_and_a_recorded_failure_does_not():
    plans["count"] = fail_for(1)
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=11)):
        happen(1)
        stream.sweep()
        recorded = [proof.holds for proof in proofs.proofs()]
        happen(2)

    assert recorded == [True]
    assert [proof.holds for proof in proofs.proofs()] == [False]


@pytest.mark.django_db
def test_the_same_relay_is_queued_once_per_transaction(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as queued:
        happen(1, 2, 3)
        queueing.enqueue_relay(["another"])
        queueing.enqueue_relay(["another"])

    (message,) = queued
    assert message.args == ("kernel.relay", {"handlers": [f"{SELF}.count", "another"]})


@pytest.mark.django_db
def test_a_relay_for_many_handlers_is_shared_out(django_capture_on_commit_callbacks):
    happen(1)
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks() as queued:
        tasks.relay(handlers=[f"{SELF}.count", "another", "third"])

    assert counted() == {1: 1}
    assert [message.args[1] for message in queued] == [{"handlers": ["another"]}, {"handlers": ["third"]}]


@pytest.mark.django_db
def test_an_event_and_all_it_owes_are_one_statement(settings, django_assert_num_queries):
    settings.EVENT_HANDLERS = {TOPIC: [f"{SELF}.count", f"{SELF}.other"]}
    happen(1)
    with transaction.atomic(), django_assert_num_queries(1):
        event = emit(TOPIC, subject=Subject("thing", 2), actor_id=7, payload={"version": 3})
    kept = Event.objects.get(pk=event.pk)
    facts = ("public_id", "topic", "subject_type", "subject_id", "account_id", "actor_id", "payload", "at")
    assert [getattr(kept, name) for name in facts] == [getattr(event, name) for name in facts]
    owed = Delivery.objects.filter(event=event).order_by("pk")
    assert [(one.handler, one.attempts, one.next_at, one.done_at, one.error) for one in owed] == [
        (f"{SELF}.count", 0, event.at, None, ""),
        (f"{SELF}.other", 0, event.at, None, ""),
    ]


@pytest.mark.django_db
def test_an_event_nobody_listens_to_owes_nothing(settings):
    settings.EVENT_HANDLERS = {}
    happen(1)
    assert (Event.objects.count(), Delivery.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_the_stream_cannot_be_rewritten():
    happen(1)

    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        Event.objects.update(topic="other")
