"""What votes do in the background. Safe to run twice and side by side."""

from celery import shared_task
from django.utils import timezone

from awards.voting import services
from awards.voting.services.clock import tell_of_ends


@shared_task(name="awards.send_vote_links", ignore_result=True, acks_late=True)
def send_vote_links() -> None:
    """Mail the links that wait."""
    services.send_links()


@shared_task(name="awards.votes_go_on", ignore_result=True, acks_late=True)
def votes_go_on() -> None:
    """Tell of votes that are over."""
    tell_of_ends(timezone.now())
