"""Starting long work, running it in a worker, telling how far it is."""

import datetime as dt
import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from refprogram.kernel.edit_history.keeping import acting
from refprogram.kernel.enums import JobState
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Job
from refprogram.kernel.queueing import enqueue

log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
PROGRESS_SECONDS = 24 * 60 * 60
LOST = dt.timedelta(minutes=1)  # a job that waits for longer may never have reached the broker
JUST_STARTED = dt.timedelta(minutes=1)  # between the mark "running" and the lock lies a moment
STOPPED = "stopped"  # in `params`: what to say of a job that somebody stopped
HEED_EVERY = 1.0  # seconds; work that tells of each row must not ask for each row
LOCK_SPACE = 0x6A6F62  # "job": these locks get in nobody else's way


@transaction.atomic
def start(*, kind: str, params: dict[str, Any], user: Any) -> Job:
    """Create a job and queue it. `settings.JOB_RUNNERS[kind]` names its function `(job, progress) -> result dict`."""
    job = Job.objects.create(kind=kind, params=params, created_by=user)
    enqueue("kernel.run_job", job_id=job.pk)
    return job


@transaction.atomic
def cancel(*, job: Job, actor: Any) -> Job:
    """Stop a job: one that waits at once, one that runs when it next tells how far it is. Nothing is changed by it."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if not locked.open:
        raise DomainError(_("It has ended already."))
    message = _("%(name)s stopped it. Nothing was changed.") % {"name": actor.name}
    if locked.state == JobState.QUEUED:
        _finish(locked, JobState.FAILED, message=message)
    else:
        locked.params = {**locked.params, STOPPED: message}
        locked.save(update_fields=["params"])
    return locked


def _heed(job: Job) -> None:
    """Stop where somebody asked for it. The row says so: only the work is inside the job's transaction."""
    now = time.monotonic()
    if now - getattr(job, "heeded_at", 0.0) < HEED_EVERY:
        return
    job.heeded_at = now  # type: ignore[attr-defined]  # of this run alone
    message = Job.objects.filter(pk=job.pk).values_list(f"params__{STOPPED}", flat=True).first()
    if message:
        raise DomainError(message)


def run(*, job_id: int) -> None:
    """Run a queued job. What it changes is one transaction: it ends done, or failed with nothing changed."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.state != JobState.QUEUED:
            return
        job.state, job.started_at = JobState.RUNNING, timezone.now()
        job.save(update_fields=["state", "started_at"])
    try:
        with acting(via="job", job=job.pk, person=_asked_by(job)), transaction.atomic():
            _hold(job)
            runner = import_string(settings.JOB_RUNNERS[job.kind])
            result = runner(job, lambda done, total, message="": _tell(job, done, total, message))
            connection.check_constraints()
            _finish(job, JobState.DONE, result=result)
    except DomainError as error:
        _fail(job, error.message)
    except Exception:
        log.exception("job %s failed", job.public_id)
        _fail(job, _("Something broke on our side. Nothing was changed."))


@transaction.atomic
def _fail(job: Job, message: str) -> None:
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.state == JobState.RUNNING:  # else the reaper has given it up already
        _finish(locked, JobState.FAILED, message=message)


def _asked_by(job: Job) -> int | None:
    return job.created_by.person_id if job.created_by is not None else None


def _hold(job: Job) -> None:
    """Hold the job for as long as its transaction lives: that, and nothing else, says that its worker lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, job.pk % 2**31])


def _is_held(job: Job) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK_SPACE, job.pk % 2**31])
        return not cursor.fetchone()[0]


def _finish(job: Job, state: JobState, *, result: dict[str, Any] | None = None, message: str = "") -> None:
    done, total, last = progress_of(job)
    job.state, job.finished_at = state, timezone.now()
    job.done, job.total, job.message = done, total, message or last
    job.result = result or {}
    job.save(update_fields=["state", "finished_at", "done", "total", "message", "result"])


def _key(job: Job) -> str:
    return f"job:{job.pk}"


def _tell(job: Job, done: int, total: int, message: str) -> None:
    _heed(job)
    cache.set(_key(job), (done, total, message), timeout=PROGRESS_SECONDS)


def visible_to(user: Any) -> QuerySet[Job]:
    """Return the jobs a person may look at: one's own, or all for who runs the program."""
    return Job.objects.all() if user.has_perm("kernel.view_jobs") else Job.objects.filter(created_by=user)


def progress_of(job: Job) -> tuple[int, int, str]:
    """Return (done, total, message) as the worker last told; falls back to what the row says."""
    told: tuple[int, int, str] | None = cache.get(_key(job)) if job.open else None
    return told or (job.done, job.total, job.message)


def reap() -> int:
    """Queue again what has waited for long, and fail what a dead worker left running. Beat calls it.

    A running job holds a lock in its own transaction. Postgres lets go of it when the worker dies, and takes back what
    the worker had done so far.
    """
    now = timezone.now()
    waiting = Job.objects.filter(state=JobState.QUEUED, created_at__lt=now - LOST)
    for job in waiting:
        with transaction.atomic():
            enqueue("kernel.run_job", job_id=job.pk)
    running = Job.objects.filter(state=JobState.RUNNING, started_at__lt=now - JUST_STARTED)
    return len(waiting) + sum(_bury(job) for job in running)


@transaction.atomic
def _bury(job: Job) -> bool:
    locked = Job.objects.select_for_update(skip_locked=True).filter(pk=job.pk, state=JobState.RUNNING).first()
    if locked is None or _is_held(locked):
        return False
    _finish(locked, JobState.FAILED, message=_("The worker stopped before it was done. Nothing was changed."))
    return True
