"""What Celery runs in this room."""

from celery import shared_task

from refprogram.governance.readiness import services


@shared_task(name="governance.tell_of_late_steps", ignore_result=True, acks_late=True)
def tell_of_late_steps() -> None:
    """Tell who sees to them of steps that are overdue."""
    services.tell_of_late_steps()
