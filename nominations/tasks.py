"""This room's Celery tasks: safe to run twice."""

from celery import shared_task

from nominations import reminders, screening_mail
from nominations.campaigns import tasks as campaigns
from nominations.quotas import tasks as quotas
from nominations.signals import nightly
from nominations.standings import closing, digest
from nominations.waves import tasks as waves

__all__ = ["campaigns", "quotas", "remind", "waves", "weekly_digest"]


@shared_task(name="nominations.remind", ignore_result=True, acks_late=True)
def remind() -> None:
    """Remind owners, bring parked nominations back, ask nominators for a hand."""
    reminders.remind()


@shared_task(name="nominations.look_for_news", ignore_result=True, acks_late=True)
def look_for_news() -> None:
    """Draft nominations of customers of whom there is good news."""
    nightly.look()


@shared_task(name="nominations.close_standings", ignore_result=True, acks_late=True)
def close_standings() -> None:
    """Freeze the standings of periods that ended some days ago."""
    closing.close_due()


@shared_task(name="nominations.weekly_digest", ignore_result=True, acks_late=True)
def weekly_digest() -> None:
    """Send the Monday digest."""
    digest.send_weekly_digest()
    screening_mail.send()
