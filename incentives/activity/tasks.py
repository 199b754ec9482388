"""This room's Celery tasks: safe to run twice."""

from celery import shared_task

from incentives.activity import services


@shared_task(name="incentives.activity_goes_on", ignore_result=True, acks_late=True)
def activity_goes_on() -> None:
    """Count last week and last month once they are told of, close late proofs, look for the lowest few."""
    services.count_weeks_due()
    services.lapse_due()
    services.count_months_due()
    services.look_due()
