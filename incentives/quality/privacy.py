"""What data quality holds about a person: their months; and, of a customer's person, what their record was called."""

from typing import Any

from django.utils.translation import gettext as _

from incentives.quality.enums import RecordType
from incentives.quality.models import Fault, Mark, QualityMonth
from references.models import Contact


def _about(person_id: int) -> Any:
    contacts = Contact.objects.filter(person=person_id).values("pk")
    return Fault.objects.filter(record_type=RecordType.CONTACT, record_id__in=contacts)


def erase_person(person_id: int) -> None:
    """Empty their name where it was what a record is called, and words about them; months stay, without a name."""
    _about(person_id).update(label=_("somebody"))
    Fault.objects.filter(user__person=person_id).update(excuse="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return their months, what is open of theirs, and marks."""
    faults = Fault.objects.filter(user__person=person_id).order_by("pk")
    months = QualityMonth.objects.filter(user__person=person_id).order_by("month")
    marks = Mark.objects.filter(user__person=person_id).order_by("pk")
    about = ("record_type", "label", "attribute", "kind", "found_at", "mended_at", "excuse")
    return {
        "record_faults": faults.values(*about),
        "record_months": months.values("month", "score", "records", "demerits", "refunded", "lines", "won"),
        "record_marks": marks.values("on", "points", "reason", "waived_at"),
    }
