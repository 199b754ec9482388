"""Calling on the field, in the background. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from awards.field import services


@shared_task(name="awards.remind_field", ignore_result=True, acks_late=True)
def remind_field() -> None:
    """Call on account owners whose contest has just opened or closes soon."""
    services.remind_field(timezone.now())
