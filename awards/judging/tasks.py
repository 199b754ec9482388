"""What judging does by itself."""

from celery import shared_task
from django.utils import timezone

from awards.judging import handlers, services
from awards.judging.services import reminding
from awards.models import Contest


@shared_task(name="awards.judging_goes_on", ignore_result=True, acks_late=True)
def judging_goes_on() -> None:
    """Close rounds that are over, remind judges in the morning of their own zones, chase answers, warn of gaps."""
    now = timezone.now()
    services.close_by_the_clock(now=now)
    reminding.remind_judges(now=now)
    reminding.chase_answers(now=now)
    reminding.warn_of_gaps(now=now)


@shared_task(name="awards.look_at_ties", ignore_result=True, acks_late=True)
def look_at_ties() -> None:
    """Look at all ties once a day: what changed without telling anybody is found before work is given out."""
    for contest in Contest.objects.filter(state__in=handlers.LIVE).order_by("pk"):
        services.detect_conflicts(contest)
