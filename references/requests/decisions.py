"""What this room does when an approval that it had asked for is decided."""

from references.requests import services
from refprogram.governance.approvals.models import Approval
from refprogram.kernel.models import Event
from refprogram.people.models import User


def decide_ask(event: Event) -> None:
    """Whether a customer may be asked was decided by those who agree beside the owner."""
    if event.payload.get("subject_type") == "candidate" and event.payload.get("kind") == "reference_ask":
        approval = Approval.objects.get(pk=event.subject_id)
        by = User.objects.filter(person_id=event.actor_id).first() if event.actor_id else None
        services.decide_ask(approval=approval, by=by)
