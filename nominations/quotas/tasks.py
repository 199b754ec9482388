"""This room's Celery tasks: safe to run twice."""

from celery import shared_task

from nominations.quotas import services


@shared_task(name="nominations.quotas_go_on", ignore_result=True, acks_late=True)
def quotas_go_on() -> None:
    """Open, end, close and finish quotas whose day has come."""
    services.go_on()


@shared_task(name="nominations.quotas_daily", ignore_result=True, acks_late=True)
def quotas_daily() -> None:
    """Follow leave and cohorts, remind who is behind."""
    services.daily()
