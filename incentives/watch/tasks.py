"""The Celery tasks of the watch: one call, safe to run twice."""

from celery import shared_task

from incentives.watch import spotting


@shared_task(name="incentives.watch", ignore_result=True, acks_late=True)
def watch() -> None:
    """Look through what rules gave since the last time, as long as there is something."""
    while spotting.watch_once():
        pass
