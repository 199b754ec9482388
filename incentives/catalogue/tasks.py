"""What the catalogue does in the background. Safe to run twice and side by side."""

from celery import shared_task
from django.utils import timezone

from incentives.catalogue import expiring, liability, services


@shared_task(name="incentives.rewards_go_on", ignore_result=True, acks_late=True)
def rewards_go_on() -> None:
    """Count as received what nobody missed, let points lapse and warn of it, keep the months that are over."""
    now = timezone.now()
    services.confirm_by_clock(now)
    expiring.expire_due(now)
    liability.close_months(now)
