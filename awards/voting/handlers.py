"""What votes do when something happened elsewhere. Each is safe to run twice."""

from awards.voting import services
from refprogram.kernel.models import Event


def free_votes(event: Event) -> None:
    """An entry left the contest: whoever voted for it may choose anew."""
    services.free_votes(entry_id=event.subject_id)
