"""Starting long work, running it in a worker, telling how far it is."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from refprogram.kernel.enums import JobState
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Job
from refprogram.kernel.queueing import enqueue

log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
ALIVE_SECONDS = 90


@transaction.atomic
def start(*, kind: str, params: dict[str, Any], user: Any) -> Job:
    """Create a job and queue it. `settings.JOB_RUNNERS[kind]` names its function `(job, progress) -> result dict`."""
    job = Job.objects.create(kind=kind, params=params, created_by=user)
    _beat(job, 0, 0, "")
    enqueue("kernel.run_job", job_id=job.pk)
    return job


def run(*, job_id: int) -> None:
    """Run a queued job. What it changes is one transaction: it ends done, or failed with nothing changed."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.state != JobState.QUEUED:
            return
        job.state, job.started_at = JobState.RUNNING, timezone.now()
        job.save(update_fields=["state", "started_at"])
    runner = import_string(settings.JOB_RUNNERS[job.kind])
    try:
        with transaction.atomic():
            result = runner(job, lambda done, total, message="": _beat(job, done, total, message))
            _finish(job, JobState.DONE, result=result)
    except DomainError as error:
        _finish(job, JobState.FAILED, message=error.message)
    except Exception:
        log.exception("job %s failed", job.public_id)
        _finish(job, JobState.FAILED, message=_("Something broke on our side. Nothing was changed."))


def _finish(job: Job, state: JobState, *, result: dict[str, Any] | None = None, message: str = "") -> None:
    done, total, last = progress_of(job)
    job.state, job.finished_at = state, timezone.now()
    job.done, job.total, job.message = done, total, message or last
    job.result = result or {}
    job.save(update_fields=["state", "finished_at", "done", "total", "message", "result"])


def _key(job: Job) -> str:
    return f"job:{job.pk}"


def _beat(job: Job, done: int, total: int, message: str) -> None:
    cache.set(_key(job), (done, total, message), timeout=ALIVE_SECONDS)


def progress_of(job: Job) -> tuple[int, int, str]:
    """Return (done, total, message) as the worker last told; falls back to what the row says."""
    told: tuple[int, int, str] = cache.get(_key(job)) or (job.done, job.total, job.message)
    return told


def reap() -> int:
    """Queue again what never reached the broker, and fail what a dead worker left running. Beat calls it.

    A running job tells its progress at least every ALIVE_SECONDS; one that has fallen silent is dead, and its
    transaction was rolled back with its worker.
    """
    silent = [job for job in Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING]) if not cache.get(_key(job))]
    for job in silent:
        if job.state == JobState.QUEUED:
            with transaction.atomic():
                _beat(job, 0, 0, "")
                enqueue("kernel.run_job", job_id=job.pk)
        else:
            _finish(job, JobState.FAILED, message=_("The worker stopped before it was done. Nothing was changed."))
    return len(silent)
