"""The kernel's Celery tasks: ids in, one call, safe to run twice."""

from collections.abc import Sequence

from celery import shared_task

from refprogram.kernel import jobs, retention, stream
from refprogram.kernel.files import services as files
from refprogram.kernel.queueing import RELAY, enqueue


@shared_task(name="kernel.relay", ignore_result=True, acks_late=True)
def relay(*, handlers: Sequence[str]) -> None:
    """Relay what is owed to the first handler until nothing is left. The others do not wait: each has its own task."""
    first, *others = handlers
    for other in others:
        enqueue(RELAY, handlers=[other])
    stream.drain(handler=first)


@shared_task(name="kernel.sweep", ignore_result=True, acks_late=True)
def sweep() -> None:
    """Relay what the broker never heard of."""
    stream.sweep()


@shared_task(name="kernel.run_job", ignore_result=True, acks_late=True)
def run_job(*, job_id: int) -> None:
    """Run one job."""
    jobs.run(job_id=job_id)


@shared_task(name="kernel.reap_jobs", ignore_result=True, acks_late=True)
def reap_jobs() -> None:
    """Look after jobs whose worker died."""
    jobs.reap()


@shared_task(name="kernel.forget", ignore_result=True, acks_late=True)
def forget() -> None:
    """Do away with what is kept no longer, and look a second time for bytes of files that are gone."""
    retention.run_all()
    files.forget()


@shared_task(name="kernel.scan_file", ignore_result=True, acks_late=True)
def scan_file(*, file_id: int) -> None:
    """Have one upload scanned."""
    files.scan(file_id=file_id)


@shared_task(name="kernel.scan_files", ignore_result=True, acks_late=True)
def scan_files() -> None:
    """Have those scanned that still wait."""
    files.scan_waiting()
