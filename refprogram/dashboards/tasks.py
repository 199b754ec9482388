"""The roof's Celery tasks. Safe to run twice and side by side."""

from celery import shared_task

from refprogram.dashboards import services


@shared_task(name="dashboards.take_snapshot", ignore_result=True, acks_late=True)
def take_snapshot() -> None:
    """Keep how the day ended. Beat calls it shortly before midnight."""
    services.take_snapshot()
