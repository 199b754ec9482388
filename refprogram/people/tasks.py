"""What Celery runs in this room."""

from celery import shared_task

from refprogram.people.calendars import services as calendars


@shared_task(name="people.take_holidays")
def take_holidays() -> None:
    """Write down the public holidays of the year to come."""
    calendars.take_all_holidays()
