"""What Celery runs in this room."""

from celery import shared_task

from refprogram.governance.consequences import digest, services


@shared_task(name="governance.follow_up_cases", ignore_result=True, acks_late=True)
def follow_up_cases() -> None:
    """Note what has taken effect and what is over; remind of appeals that nobody answers."""
    services.follow_up()
    digest.remind_of_appeals()


@shared_task(name="governance.evaluate_policies", ignore_result=True, acks_late=True)
def evaluate_policies() -> None:
    """Look at periods that closed."""
    services.evaluate_due()


@shared_task(name="governance.review_digest", ignore_result=True, acks_late=True)
def review_digest() -> None:
    """Tell the review board what waits, on Mondays."""
    digest.send()
