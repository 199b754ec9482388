"""What Celery runs in this room."""

from celery import shared_task

from refprogram.governance.approvals import handlers, services


@shared_task(name="governance.follow_up_approvals", ignore_result=True, acks_late=True)
def follow_up_approvals() -> None:
    """Pass on what nobody can answer or nobody answered in time; remind those who are asked."""
    services.follow_up()
    handlers.remind()
