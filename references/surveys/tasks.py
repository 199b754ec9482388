"""What this room does in the background. Safe to run twice and side by side."""

from celery import shared_task

from references.surveys import services


@shared_task(name="references.send_surveys", ignore_result=True, acks_late=True)
def send_surveys() -> None:
    """Send what is due of running surveys."""
    services.send_due()


@shared_task(name="references.follow_surveys", ignore_result=True, acks_late=True)
def follow_surveys() -> None:
    """Remind once, count silence as no answer, end surveys whose last day is over."""
    services.remind_due()
    services.expire_due()
