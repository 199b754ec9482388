"""What this room does when an approval that it had asked for is decided, and when whoever was asked leaves."""

from references.requests import services
from references.requests.enums import CandidateState
from references.requests.models import Candidate
from refprogram.governance.approvals.models import Approval
from refprogram.kernel.models import Event
from refprogram.people.models import User


def decide_ask(event: Event) -> None:
    """Whether a customer may be asked was decided by those who agree beside the owner."""
    if event.payload.get("subject_type") == "candidate" and event.payload.get("kind") == "reference_ask":
        approval = Approval.objects.get(pk=event.subject_id)
        by = User.objects.filter(person_id=event.actor_id).first() if event.actor_id else None
        services.decide_ask(approval=approval, by=by)


def ask_in_their_place(event: Event) -> None:
    """A colleague left: customers whose owner's word they were asked for are the next one's to answer for."""
    asked = Candidate.objects.filter(state=CandidateState.OWNER_REVIEW, approver=event.subject_id)
    for candidate in asked.select_related("request").order_by("pk"):
        services.pass_on_to_the_next(candidate=candidate)
