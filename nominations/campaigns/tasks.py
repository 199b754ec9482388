"""What campaigns do in the background. Safe to run twice and side by side."""

from celery import shared_task

from nominations.campaigns import services


@shared_task(name="nominations.send_campaigns", ignore_result=True, acks_late=True)
def send_campaigns() -> None:
    """End what is over, send what is due."""
    services.end_those_over()
    services.send_due()
