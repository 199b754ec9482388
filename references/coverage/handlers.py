"""What this room does when something happened: nominations count for the target that they name, plans are won."""

from references.coverage import services
from refprogram.kernel.models import Event

PARKED = "parked"  # comes back by itself: nothing has ended


def note_nomination(event: Event) -> None:
    """Somebody was nominated for a target."""
    target, account = event.payload.get("target"), event.account_id
    if target is None or account is None:
        return
    services.note_nomination(
        target_id=target,
        nomination_id=event.subject_id,
        account_id=account,
        nominator_id=event.payload["nominator"],
        at=event.occurred_at,
    )


def note_enrolment(event: Event) -> None:
    """A nominated customer takes part: the target gained one."""
    note_nomination(event)  # where this event is told before the nomination itself
    services.note_enrolment(nomination_id=event.subject_id, at=event.occurred_at)


def note_end(event: Event) -> None:
    """A nomination was refused, declined or taken back."""
    if event.payload.get("decision") != PARKED:
        note_nomination(event)
        services.note_end(nomination_id=event.subject_id, at=event.occurred_at)


def note_unmet(event: Event) -> None:
    """Nobody was found for a request: demand of its cell that was not met."""
    services.note_unmet(request_id=event.subject_id, at=event.occurred_at)


def win_plans(event: Event) -> None:
    """A customer agreed to take part: the plan to win them is won."""
    if event.account_id is not None:
        services.win_plans(account_id=event.account_id, at=event.occurred_at)
