"""What Celery runs in this room."""

from celery import shared_task

from references.goodwill import weekly


@shared_task(name="references.goodwill_week", ignore_result=True, acks_late=True)
def goodwill_week() -> None:
    """Tell who runs the program how the week was for customers."""
    weekly.send()
