"""What prizes do in the background. Safe to run twice and side by side."""

from celery import shared_task
from django.utils import timezone

from awards.prizes import services


@shared_task(name="awards.prizes_go_on", ignore_result=True, acks_late=True)
def prizes_go_on() -> None:
    """Grant what is missing, look at what was held, remind winners, put contests away."""
    services.go_on(timezone.now())
