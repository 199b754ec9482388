"""What judging does by itself."""

from celery import shared_task
from django.utils import timezone

from awards.judging import services
from awards.judging.services import reminding


@shared_task(name="awards.judging_goes_on", ignore_result=True, acks_late=True)
def judging_goes_on() -> None:
    """Close rounds that are over, remind judges in the morning of their own zones, chase answers."""
    now = timezone.now()
    services.close_by_the_clock(now=now)
    reminding.remind_judges(now=now)
    reminding.chase_answers(now=now)
