"""What entries do in the background. Safe to run twice and side by side."""

from celery import shared_task

from awards.entries import services


@shared_task(name="awards.remind_of_entries", ignore_result=True, acks_late=True)
def remind_of_entries() -> None:
    """Repeat invitations, let them lapse, remind of drafts before their deadline."""
    services.remind_invites()
    services.lapse_invites()
    services.remind_drafts()
