"""What pay does when others' events arrive."""

from incentives.pay.services import escalators, spiffs
from refprogram.kernel.models import Event
from refprogram.people.models import User


def start_approved(event: Event) -> None:
    """Switch on an escalator, or start a SPIFF, as soon as it is approved."""
    facts = event.payload
    if facts["verdict"] != "approve" or facts["subject_type"] not in ("escalator", "spiff"):
        return
    approver = User.objects.filter(person=event.actor_id or 0).first()
    if approver is None:
        return
    if facts["subject_type"] == "escalator":
        escalators.start_approved(escalator_id=facts["subject_id"], approver=approver, read_at=event.at)
    else:
        spiffs.start_approved(spiff_id=facts["subject_id"], approver=approver, read_at=event.at)
