"""What draws do in the background. Safe to run twice and side by side."""

from celery import shared_task
from django.utils import timezone

from incentives.draws.services import draw_due


@shared_task(name="incentives.draw_lots", ignore_result=True, acks_late=True)
def draw_lots() -> None:
    """Draw what is over."""
    draw_due(timezone.now())
