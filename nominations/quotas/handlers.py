"""What this room does when events arrive. Each is safe to run twice, and in any order."""

from nominations.models import Nomination
from nominations.quotas import services
from refprogram.kernel.models import Event


def settle(event: Event) -> None:
    """Something was decided about a nomination: what it counts follows."""
    nomination = Nomination.objects.filter(pk=event.subject_id).first()
    if nomination is None:
        return
    approved_at = event.occurred_at if event.topic == "nomination.approved" else None
    services.settle(nomination=nomination, approved_at=approved_at)
    if nomination.merged_into is not None:
        services.settle(nomination=nomination.merged_into)
