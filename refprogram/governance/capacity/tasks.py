"""What Celery runs in this room."""

from celery import shared_task

from refprogram.governance.capacity import services


@shared_task(name="governance.watch_capacity", ignore_result=True, acks_late=True)
def watch_capacity() -> None:
    """Look which months lack hours, and tell who should know."""
    services.watch()
