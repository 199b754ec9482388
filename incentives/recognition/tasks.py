"""What recognition does in the background. Safe to run twice."""

from celery import shared_task

from incentives.recognition import weekly


@shared_task(name="incentives.feed_week", ignore_result=True, acks_late=True)
def feed_week() -> None:
    """Tell colleagues what the feed of last week holds."""
    weekly.tell_of_week()
