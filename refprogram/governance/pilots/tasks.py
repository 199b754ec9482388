"""What Celery runs in this room."""

from celery import shared_task

from refprogram.governance.pilots import services


@shared_task(name="governance.pilots_go_on", ignore_result=True, acks_late=True)
def pilots_go_on() -> None:
    """Begin, remind and end what is due."""
    services.go_by_the_clock()
