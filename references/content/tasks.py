"""What this room does in the background. Safe to run twice and side by side."""

from celery import shared_task

from references.content import services


@shared_task(name="references.take_down_lapsed", ignore_result=True, acks_late=True)
def take_down_lapsed() -> None:
    """Unpublish what stands although a consent has ended."""
    services.take_down_lapsed()


@shared_task(name="references.call_for_refresh", ignore_result=True, acks_late=True)
def call_for_refresh() -> None:
    """Mark what was published a year ago: is it still true?"""
    services.call_for_refresh()
