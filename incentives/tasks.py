"""The Celery tasks of this app: one call, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from incentives.activity import tasks as activity
from incentives.catalogue import tasks as catalogue
from incentives.draws import tasks as draws
from incentives.ledger import sealing
from incentives.newsletters import tasks as newsletters
from incentives.pay import tasks as pay
from incentives.quality import tasks as quality
from incentives.recognition import tasks as recognition
from incentives.rulebook import promises
from incentives.watch import tasks as watch

__all__ = ["activity", "catalogue", "draws", "newsletters", "pay", "quality", "recognition", "seal", "watch"]


@shared_task(name="incentives.seal", ignore_result=True, acks_late=True)
def seal() -> None:
    """Seal what was booked since the last time."""
    sealing.seal()


@shared_task(name="incentives.give_up_promises", ignore_result=True, acks_late=True)
def give_up_promises() -> None:
    """Take back promised points that did not come true in time."""
    while promises.give_up(now=timezone.now()):
        pass
