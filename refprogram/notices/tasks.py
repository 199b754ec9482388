"""The post office's Celery tasks; their queue is `mail`. Safe to run twice and side by side."""

from celery import shared_task

from refprogram.notices import digests, sending


@shared_task(name="notices.send_waiting", ignore_result=True, acks_late=True)
def send_waiting() -> None:
    """Send everything that is due."""
    while sending.send_waiting() == sending.BATCH:
        pass


@shared_task(name="notices.send_digests", ignore_result=True, acks_late=True)
def send_digests() -> None:
    """Write the digests of those whose morning it is. Beat calls it every hour."""
    digests.send_digests()
