"""Long work: done, or failed with nothing changed; and a dead worker is noticed."""

import datetime as dt
import threading
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection, transaction

from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import Delivery, Job
from refprogram.people.models import Region
from tests.factories.kernel import JobFactory
from tests.factories.people import RegionFactory
from tests.racing import beside

SELF = "tests.unit.kernel.test_jobs"
released = threading.Event()
started = threading.Event()


def work(job, progress):
    """Make some regions, telling how far it is."""
    for number in range(job.params["n"]):
        RegionFactory(name=f"Made {number}")
        progress(number + 1, job.params["n"], "making")
    return {"made": job.params["n"]}


def refuse(job, progress):
    """Change something, then find a mistake in what was given."""
    work(job, progress)
    raise InvalidInput("Line 3 has no name.")


def stumble(job, progress):
    """Change something, then break."""
    work(job, progress)
    raise ZeroDivisionError


def point_nowhere(job, progress):
    """Write what Postgres only checks at the commit."""
    Delivery.objects.bulk_create([Delivery(event_id=10**12, handler="x")])
    return {}


def stopped(job, progress):
    """Be stopped by somebody while at work."""
    RegionFactory(name="Made")
    jobs.cancel(job=job, actor=SimpleNamespace(name="Mara"))
    progress(1, 2, "")
    return {}


def wait(job, progress):
    """Work until the test says so."""
    started.set()
    released.wait(30)
    return {}


@pytest.fixture(autouse=True)
def _runners(settings):
    settings.JOB_RUNNERS = {
        name: f"{SELF}.{name}" for name in ("work", "refuse", "stumble", "point_nowhere", "stopped", "wait")
    }
    started.clear()
    released.clear()


def finished(kind: str) -> Job:
    job = jobs.start(kind=kind, params={"n": 3}, user=None)
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    return job


@pytest.mark.django_db
def test_done_work_says_what_it_did():
    job = finished("work")

    assert (job.state, job.result, job.done, job.total, job.message) == (JobState.DONE, {"made": 3}, 3, 3, "making")
    assert Region.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("refuse", "Line 3 has no name."),
        ("stumble", "Something broke on our side. Nothing was changed."),
        ("point_nowhere", "Something broke on our side. Nothing was changed."),
    ],
)
def test_failed_work_changed_nothing(kind, message):
    job = finished(kind)

    assert (job.state, job.message, Region.objects.count()) == (JobState.FAILED, message, 0)


@pytest.mark.django_db
def test_work_that_is_queued_twice_runs_once():
    job = finished("work")

    jobs.run(job_id=job.pk)

    assert Region.objects.count() == 3


@pytest.mark.django_db
def test_work_goes_on_while_the_cache_sleeps(settings, tmp_path):
    settings.CACHES = {
        "default": {
            "BACKEND": "refprogram.kernel.soft_cache.SoftCache",
            "LOCATION": f"unix://{tmp_path}/nobody?db=0",
        }
    }

    assert finished("work").state == JobState.DONE


@pytest.mark.django_db
def test_work_that_the_broker_never_heard_of_is_queued_again(django_capture_on_commit_callbacks):
    JobFactory()

    later = time_machine.travel(dt.datetime.now(dt.UTC) + jobs.LOST * 2)
    with later, django_capture_on_commit_callbacks() as queued:
        assert jobs.reap() == 1

    assert len(queued) == 1


@pytest.mark.django_db(transaction=True)
def test_a_dead_worker_is_noticed_and_a_living_one_left_alone():
    job = jobs.start(kind="wait", params={}, user=None)

    with beside(lambda: jobs.run(job_id=job.pk)):
        started.wait(30)
        later = dt.datetime.now(dt.UTC) + jobs.JUST_STARTED * 2
        with time_machine.travel(later):
            alive = jobs.reap()
        with connection.cursor() as cursor:  # the worker dies: its connection, with it its lock and its work, are gone
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 30000) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
                "WHERE locktype = 'advisory' AND classid = %s AND datname = current_database()",
                [jobs.LOCK_SPACE],
            )
        with time_machine.travel(later):
            dead = jobs.reap()
        released.set()

    job.refresh_from_db()
    assert (alive, dead) == (0, 1)
    assert (job.state, job.message.partition(".")[0]) == (JobState.FAILED, "The worker stopped before it was done")


@pytest.mark.django_db
def test_a_job_is_its_starters_and_the_programs_people(rep, other_team_rep, marketer):
    job = jobs.start(kind="work", params={"n": 1}, user=rep)

    seen = {user.name: job in jobs.visible_to(user) for user in (rep, other_team_rep, marketer)}
    assert seen == {rep.name: True, other_team_rep.name: False, marketer.name: True}


@pytest.mark.django_db(transaction=True)
def test_queueing_waits_for_the_commit():
    with transaction.atomic():
        jobs.start(kind="work", params={"n": 1}, user=None)
        waiting = len(connection.run_on_commit)

    assert waiting == 1


@pytest.mark.django_db(transaction=True)
def test_who_stops_it_is_named_and_what_it_did_is_taken_back():
    job = finished("stopped")

    assert (job.state, job.message) == (JobState.FAILED, "Mara stopped it. Nothing was changed.")
    assert not Region.objects.filter(name="Made").exists()


@pytest.mark.django_db
def test_one_that_waits_is_stopped_at_once_and_only_while_it_is_open():
    job = jobs.start(kind="work", params={"n": 1}, user=None)
    jobs.cancel(job=job, actor=SimpleNamespace(name="Mara"))
    jobs.run(job_id=job.pk)
    job.refresh_from_db()

    assert (job.state, Region.objects.count()) == (JobState.FAILED, 0)
    with pytest.raises(DomainError, match="ended already"):
        jobs.cancel(job=job, actor=SimpleNamespace(name="Mara"))
