"""What results do in the background. Safe to run twice and side by side."""

from celery import shared_task
from django.utils import timezone

from awards.results import services


@shared_task(name="awards.announce_winners", ignore_result=True, acks_late=True)
def announce_winners() -> None:
    """Announce what is certified, once its moment has come."""
    services.publish_by_the_clock(now=timezone.now())


@shared_task(name="awards.ask_silent_winners", ignore_result=True, acks_late=True)
def ask_silent_winners() -> None:
    """Ask winners again who did not answer, and say so to who runs the contest."""
    services.ask_the_silent(now=timezone.now())
