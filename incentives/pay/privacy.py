"""What pay holds about a person."""

from typing import Any

from incentives.pay.models import Accrual, PayDispute, PayLine, SpiffEntry


def erase_person(person_id: int) -> None:
    """Empty what they wrote. Amounts, and the address that went to payroll, are payroll records and stay."""
    PayDispute.objects.filter(person=person_id).update(words="", answer="")
    SpiffEntry.objects.filter(person=person_id).update(title="", address="", shown="", reason="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person earned, month by month, what they asked about it, and the SPIFFs they were in."""
    amounts = Accrual.objects.filter(person=person_id).order_by("pk")
    lines = PayLine.objects.filter(person=person_id).order_by("pk")
    asked = PayDispute.objects.filter(person=person_id).order_by("pk")
    entries = SpiffEntry.objects.filter(person=person_id).order_by("pk")
    sums = ("rules", "spiffs", "escalator", "corrections", "total", "score", "payee")
    return {
        "earned": amounts.values("kind", "amount", "memo", "earned_in", "rule__name", "spiff__name", "occurred_at"),
        "pay_lines": lines.values("period__starts_on", *sums),
        "pay_questions": asked.values("earned_in", "words", "wanted", "state", "answer", "created_at"),
        "spiffs": entries.values("spiff__name", "title", "address", "figure", "place", "prize", "state", "shown"),
    }
