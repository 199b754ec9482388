"""What the field is called on for. Safe to run twice."""

from refprogram.kernel.models import Event
from refprogram.kernel.queueing import enqueue


def tell_of_opening(event: Event) -> None:
    """A contest takes entries: hundreds may be told, so that is done beside the stream."""
    enqueue("awards.remind_field")
