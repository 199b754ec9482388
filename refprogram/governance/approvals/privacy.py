"""What approvals hold about a person: emptied where it is their own words, kept where it is a plain fact."""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import TurnState
from refprogram.governance.approvals.models import Approval, Decision, Turn


def why_not(person_id: int) -> Iterable[str]:
    """Say which decisions wait for this person alone: they are made, or withdrawn, first."""
    waiting = Turn.objects.filter(approver__person=person_id, state=TurnState.OPEN).select_related("approval")
    for turn in waiting.order_by("pk"):
        words = _("“%(label)s” waits for their decision. Let them decide, give it to another, or withdraw it first.")
        yield words % {"label": turn.approval.label}


def erase_person(person_id: int) -> None:
    """Empty what the person wrote: reasons, answers, comments. Who decided what, and when, stays."""
    Approval.objects.filter(requester__person=person_id).update(reason="", answer="", withdrawn_because="")
    # The one change that the record allows: words go, the decision stays.
    with pgtrigger.ignore("governance.Decision:decision_immutable"):
        Decision.objects.filter(by__person=person_id).exclude(comment="").update(comment="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return what the person asked for and decided, in their own words."""
    asked = Approval.objects.filter(requester__person=person_id).order_by("pk")
    decided = Decision.objects.filter(by__person=person_id).select_related("approval").order_by("pk")
    return {
        "approvals_asked": [
            {
                "kind": row.kind,
                "about": row.label,
                "amount": row.amount,
                "reason": row.reason,
                "answer": row.answer,
                "state": row.state,
                "at": row.created_at,
            }
            for row in asked
        ],
        "approvals_decided": [
            {"about": d.approval.label, "verdict": d.verdict, "comment": d.comment, "at": d.at} for d in decided
        ],
    }
