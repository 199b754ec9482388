"""This room's Celery tasks: safe to run twice."""

from celery import shared_task

from nominations import reminders
from nominations.standings import digest


@shared_task(name="nominations.remind", ignore_result=True, acks_late=True)
def remind() -> None:
    """Remind owners, bring parked nominations back, ask nominators for a hand."""
    reminders.remind()


@shared_task(name="nominations.weekly_digest", ignore_result=True, acks_late=True)
def weekly_digest() -> None:
    """Send the Monday digest."""
    digest.send_weekly_digest()
