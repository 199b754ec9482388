"""What contests do in the background. Safe to run twice and side by side."""

from celery import shared_task
from django.utils import timezone

from awards.contests import services
from references.accounts import clock


@shared_task(name="awards.contests_by_the_clock", ignore_result=True, acks_late=True)
def contests_by_the_clock() -> None:
    """Open what is due, close what is over, put away what is done."""
    services.by_the_clock(timezone.now())


@shared_task(name="awards.remind_of_plans", ignore_result=True, acks_late=True)
def remind_of_plans() -> None:
    """Tell owners of lines of a plan that their day is near."""
    services.remind_of_plan(clock.today())
