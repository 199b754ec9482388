"""What this room does when events arrive. Each is safe to run twice."""

from nominations import letters, selectors, services
from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.standings.ranking import METRICS, dimensions
from refprogram.kernel import rollups
from refprogram.kernel.models import Event


def ask_owner(event: Event) -> None:
    """A nomination came in: the account's owner is asked first, where there is one to ask."""
    nomination = selectors.by_id(event.subject_id)
    if nomination.waits_for_owner:
        letters.ask_owner(nomination)


def count(event: Event) -> None:
    """Keep the standings, in the event's own time."""
    metric = METRICS[event.topic]
    rollups.add(metric=metric, at=event.occurred_at, keys=dimensions(event.payload), value=1)


def tell_screeners(event: Event) -> None:
    """A nomination came into the queue."""
    nomination = selectors.by_id(event.subject_id)
    letters.tell_screeners(nomination, selectors.screeners(), key=f"screening:{event.pk}")


def tell_nominator(event: Event) -> None:
    """Something was decided: the nominator hears it, as it was then."""
    states = {"nomination.approved": NominationState.OUTREACH, "nomination.enrolled": NominationState.ENROLLED}
    state = states.get(event.topic) or event.payload["decision"]
    letters.tell_outcome(selectors.by_id(event.subject_id), state, key=f"outcome:{event.pk}")


def enrol(event: Event) -> None:
    """A customer agreed to take part: the nomination that led there has become a reference."""
    nomination = _invited_by(event)
    if nomination is not None:
        services.enrol(nomination=nomination, at=event.occurred_at)


def close_declined(event: Event) -> None:
    """A customer did not agree."""
    nomination = _invited_by(event)
    if nomination is not None:
        services.customer_declined(nomination=nomination)


def park_withdrawn(event: Event) -> None:
    """An invitation was taken back."""
    nomination = _invited_by(event)
    if nomination is not None:
        services.invitation_withdrawn(nomination=nomination)


def _invited_by(event: Event) -> Nomination | None:
    """Return the nomination whose customer has just answered; None if another room's invitation was answered."""
    if event.payload.get("source_type") != Nomination._meta.model_name:
        return None
    nomination = selectors.by_id(event.payload["source_id"])
    return nomination if nomination.state == NominationState.OUTREACH else None
