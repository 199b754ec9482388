"""What gifts hold about a person: free text is emptied on erasure, the plain facts for the books stay."""

from typing import Any

from django.db.models import F

from refprogram.governance.approvals.models import Approval
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.files import services as files


def erase_person(person_id: int) -> None:
    """Empty words about a receiver, remove proofs that may show them; what was given, and its money, stays."""
    rows = Fulfilment.objects.filter(receiver_id=person_id)
    for row in rows.exclude(proof=None).select_related("proof"):
        if row.proof is not None:
            files.remove(file=row.proof)
    Approval.objects.filter(subject_type="fulfilment", beneficiary_id=person_id).update(label=F("kind"), reason="")
    rows.exclude(proof_note="").update(proof_note="-")
    rows.update(reason="", cause="", label="")
    Fulfilment.objects.filter(requested_by__person=person_id).update(reason="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person was given, and asked to be given to others."""
    fields = ("item", "kind", "cause", "value", "state", "delivered_at", "acknowledged_at", "reason", "taxable")
    received = Fulfilment.objects.filter(receiver_id=person_id).order_by("pk")
    asked = Fulfilment.objects.filter(requested_by__person=person_id).order_by("pk")
    return {
        "gifts_received": received.values(*fields),
        "gifts_asked_for": asked.values("item", "kind", "value", "state", "created_at", "reason"),
    }
