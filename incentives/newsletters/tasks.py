"""What newsletters do in the background. Safe to run twice and side by side."""

from celery import shared_task

from incentives.newsletters import sending


@shared_task(name="incentives.send_newsletters", ignore_result=True, acks_late=True)
def send_newsletters() -> None:
    """Send what is to be sent."""
    sending.send_all()
