"""What this room does in the background."""

from celery import shared_task

from references.accounts.reminding import remind
from references.accounts.services.nightly import nightly_round


@shared_task(name="references.daily", ignore_result=True, acks_late=True)
def daily() -> None:
    """Do what time alone changes."""
    nightly_round()
    remind()
