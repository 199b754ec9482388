"""The kernel's Celery tasks: ids in, one call, safe to run twice."""

from celery import shared_task

from refprogram.kernel import forms, jobs, stream


@shared_task(name="kernel.relay", ignore_result=True, acks_late=True)
def relay(*, handler: str) -> None:
    """Relay what is owed to one handler until nothing is left."""
    stream.drain(handler=handler)


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
    """Delete keys of forms that nobody will send again."""
    forms.forget_submissions()
