"""The roof's Celery tasks. Safe to run twice and side by side."""

from celery import shared_task

from refprogram.dashboards import quarter, services
from refprogram.dashboards.mailing import services as mailing
from refprogram.dashboards.metrics import counting


@shared_task(name="dashboards.take_snapshot", ignore_result=True, acks_late=True)
def take_snapshot() -> None:
    """Keep how the day ended. Beat calls it shortly before midnight."""
    services.take_snapshot()


@shared_task(name="dashboards.keep_up", ignore_result=True, acks_late=True)
def keep_up() -> None:
    """Keep the lines of the quarter, and count metrics that nobody counted yet. Beat calls it at its start, and on."""
    quarter.keep()
    counting.catch_up()


@shared_task(name="dashboards.count_metrics", ignore_result=True, acks_late=True)
def count_metrics() -> None:
    """Count all metrics as they stand. Beat calls it every hour."""
    counting.count_live()


@shared_task(name="dashboards.keep_metrics", ignore_result=True, acks_late=True)
def keep_metrics() -> None:
    """Keep the month on its last evening, and the months that nobody kept."""
    counting.keep_nightly()


@shared_task(name="dashboards.send_reports", ignore_result=True, acks_late=True)
def send_reports() -> None:
    """Mail the dashboards and lists that are due. Beat calls it in the morning."""
    mailing.send_due()
