"""What Celery runs in this room."""

from celery import shared_task

from refprogram.governance.facetime import services


@shared_task(name="governance.face_time_goes_on", ignore_result=True, acks_late=True)
def face_time_goes_on() -> None:
    """Let lapse what nobody answered or used, remind of tomorrow, wait for silent guests no longer."""
    services.go_on()
