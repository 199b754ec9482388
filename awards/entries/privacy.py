"""What entries hold about a person: what they wrote, agreed to, approved; whom they brought; why they were refused.

What was handed in is a version that never changes: it goes with the person’s name in the table of people.
"""

from typing import Any

from awards.entries.models import ContestEntry, EntryConsent, EntryHelper, EntryInvite, EntryMetric
from refprogram.kernel.models import FormAnswer

DRAFTS = ("draft", "approval", "withdrawn")


def erase_person(person_id: int) -> None:
    """Empty their drafts and the words about them; that they entered, agreed and when, stays."""
    drafts = ContestEntry.objects.filter(owner=person_id, state__in=DRAFTS)
    FormAnswer.objects.filter(pk__in=drafts.values("answer")).update(values={}, tab="")
    EntryMetric.objects.filter(entry__in=drafts).delete()
    drafts.update(title="", summary="")
    ContestEntry.objects.filter(owner=person_id).update(reason="", extension_reason="")
    EntryHelper.objects.filter(person=person_id).update(note="")
    EntryInvite.objects.filter(contact__person=person_id).update(note="", reason="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return the entries they wrote, helped with or brought, and what they agreed to."""
    wrote = ContestEntry.objects.filter(owner=person_id).order_by("pk")
    brought = ContestEntry.objects.filter(nominator__person=person_id).order_by("pk")
    helped = EntryHelper.objects.filter(person=person_id).order_by("pk")
    agreed = EntryConsent.objects.filter(signer=person_id).order_by("pk")
    asked = EntryInvite.objects.filter(contact__person=person_id).order_by("pk")
    return {
        "entries": wrote.values("contest__name", "code", "title", "summary", "answer__values", "state", "submitted_at"),
        "entries_brought": brought.values("contest__name", "code", "state"),
        "entries_helped": helped.values("entry__contest__name", "part", "approved_at", "note"),
        "entry_consents": agreed.values("entry__contest__name", "use", "given", "wording", "signed_at", "revoked_at"),
        "entry_invitations": asked.values("contest__name", "note", "state", "invited_at", "answered_at", "reason"),
    }
