"""An event of the stream as rules see it."""

from incentives.rulebook.folding import Happening
from refprogram.kernel import rollups
from refprogram.kernel.models import Event


def happening_of(event: Event) -> Happening:
    """Return an event as rules see it."""
    return Happening(
        event.pk,
        event.topic,
        (event.subject_type, event.subject_id),
        event.account_id,
        event.payload,
        event.occurred_at,
        rollups.day_of(event.occurred_at),
    )
