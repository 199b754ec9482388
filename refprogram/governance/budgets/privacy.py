"""What budgets hold about a person: who owns and asks is kept for the books; their own words are emptied."""

from typing import Any

from refprogram.governance.budgets.models import Commitment, Fund


def erase_person(person_id: int) -> None:
    """Empty what the person wrote about funds of theirs. The books stay: they name no customer."""
    Fund.objects.filter(owner__person=person_id).update(purpose="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return the funds a person answers for, and what they asked money for."""
    funds = Fund.objects.filter(owner__person=person_id).order_by("pk")
    asked = Commitment.objects.filter(asked_by__person=person_id).order_by("pk")
    return {
        "funds": funds.values("name", "starts_on", "purpose", "state", "requested", "allocated"),
        "money_asked_for": asked.values("label", "amount", "spent", "state", "created_at"),
    }
