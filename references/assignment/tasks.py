"""What Celery runs in this room."""

from celery import shared_task

from references.assignment import services


@shared_task(name="references.assign_nightly", ignore_result=True, acks_late=True)
def assign_nightly() -> None:
    """Have an assignment of what waits ready in the morning."""
    services.start_nightly()
