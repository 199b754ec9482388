"""What quotas hold about a person: what they owed, what was counted, what they said about it."""

from typing import Any

from nominations.quotas.models import QuotaShare


def erase_person(person_id: int) -> None:
    """Empty the words by and about them; figures stay, without a name."""
    mine = QuotaShare.objects.filter(user__person=person_id)
    mine.update(appeal="", appeal_answer="", waive_reason="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return their shares."""
    rows = QuotaShare.objects.filter(user__person=person_id).order_by("pk")
    facts = ("plan__name", "starts_on", "ends_on", "target", "counted", "waive_reason", "appeal", "appeal_answer")
    return {"quota_shares": rows.values(*facts)}
