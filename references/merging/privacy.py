"""What merging holds of a person: which of their contacts became one, and a few facts that undoing would need."""

from typing import Any

from references.accounts.models import Contact
from references.customer_page import addresses
from references.merging.models import Merge


def erase_person(person_id: int) -> None:
    """Forget the facts, so that these merges can be undone no more, and close their own page."""
    contacts = list(Contact.objects.filter(person=person_id))
    ids = [contact.pk for contact in contacts]
    Merge.objects.filter(noun="contact", kept_id__in=ids).update(facts={})
    Merge.objects.filter(noun="contact", merged_id__in=ids).update(facts={})
    for contact in contacts:
        addresses.withdraw(contact)


def export_person(person_id: int) -> dict[str, Any]:
    """Return what became one with what."""
    ids = list(Contact.objects.filter(person=person_id).values_list("pk", flat=True))
    merges = Merge.objects.filter(noun="contact", kept_id__in=ids).order_by("pk")
    return {"merged": merges.values("created_at", "facts", "undone_at")}
