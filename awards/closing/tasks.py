"""What the room does by the clock: letters. Safe to run twice and side by side."""

from celery import shared_task
from django.utils import timezone

from awards.closing import letters


@shared_task(name="awards.write_after_contests", ignore_result=True, acks_late=True)
def write_after_contests() -> None:
    """Write to whoever is owed a letter of thanks or word of feedback, once each; each day to who is reachable now."""
    letters.write_what_is_owed(now=timezone.now())
