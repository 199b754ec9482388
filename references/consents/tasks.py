"""What this room does in the background. Safe to run twice and side by side."""

from celery import shared_task

from references.consents import services


@shared_task(name="references.tell_of_consent_ends", ignore_result=True, acks_late=True)
def tell_of_consent_ends() -> None:
    """Say in good time that what may be shown of somebody ends."""
    services.tell_of_ends()
