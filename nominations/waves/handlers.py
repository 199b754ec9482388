"""What waves do when something happened. Each is safe to run twice."""

from nominations.waves import services
from refprogram.kernel.models import Event
from refprogram.kernel.queueing import enqueue


def make_room(event: Event) -> None:
    """Something left screening: who waits longest has their turn."""
    services.admit()


def tell_members(event: Event) -> None:
    """A cohort opened: thousands may be told, so that is done beside the stream."""
    enqueue("nominations.tell_cohorts")


def tell_paused(event: Event) -> None:
    """A wave pauses."""
    services.tell_paused(event)


def tell_resumed(event: Event) -> None:
    """A wave goes on."""
    services.tell_resumed(event)
