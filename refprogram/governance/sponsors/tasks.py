"""What Celery runs in this room."""

from celery import shared_task

from refprogram.governance.sponsors import services


@shared_task(name="governance.pledges_go_on", ignore_result=True, acks_late=True)
def pledges_go_on() -> None:
    """End terms, let go of what was missed, remind sponsors."""
    services.follow_up()
