"""What this room does in the background. Safe to run twice and side by side."""

from celery import shared_task

from references.coverage import services


@shared_task(name="references.count_coverage", ignore_result=True, acks_late=True)
def count_coverage() -> None:
    """Count what changed since the last time."""
    services.catch_up()


@shared_task(name="references.forecast_demand", ignore_result=True, acks_late=True)
def forecast_demand() -> None:
    """Count everything anew (figures of the program may have changed), forecast, end targets whose day is past."""
    services.count_everything()
    services.make_forecast()
    services.close_overdue()


@shared_task(name="references.keep_coverage", ignore_result=True, acks_late=True)
def keep_coverage() -> None:
    """Keep the month's map."""
    services.take_snapshot()
