"""This room's Celery tasks: safe to run twice."""

from celery import shared_task

from incentives.quality import services


@shared_task(name="incentives.look_at_records", ignore_result=True, acks_late=True)
def look_at_records() -> None:
    """Look at every record."""
    services.look_at_all()


@shared_task(name="incentives.close_quality_month", ignore_result=True, acks_late=True)
def close_quality_month() -> None:
    """Close the month whose days to mend are over."""
    services.close_due()
