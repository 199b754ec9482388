"""What time alone does to pay: one call, safe to run twice."""

from celery import shared_task

from incentives.pay import services


@shared_task(name="incentives.follow_pay", ignore_result=True, acks_late=True)
def follow_pay() -> None:
    """Count SPIFFs that are over, pass over silent winners, and remind of answers that are late."""
    services.follow_spiffs()
    services.remind_of_disputes()
