"""What this room does in the background. Safe to run twice and side by side."""

from celery import shared_task

from references.profiles import counting, services


@shared_task(name="references.count_readiness", ignore_result=True, acks_late=True)
def count_readiness() -> None:
    """Count what age alone changes: an old score weighs less every day; a term in a program ends."""
    services.end_terms()
    counting.count_all()
