"""What this room knows of a person, and how it is forgotten. Terms end with their consents (`accounts.privacy`)."""

from typing import Any

from django.db.models import Q

from references.consents.enums import ReleaseState
from references.consents.models import ConsentTerm, Release


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person was asked to release, and what they agreed to, thing by thing."""
    releases = Release.objects.filter(contact__person=person_id).order_by("pk")
    terms = ConsentTerm.objects.filter(contact__person=person_id).order_by("pk")
    return {
        "releases": releases.values("terms", "until", "message", "state", "answered_at", "note"),
        "may_be_shown": terms.values(
            "scope", "channel", "audience", "territory", "expires_on", "ask_first", "revoked_at"
        ),
    }


def erase_person(person_id: int) -> None:
    """Empty what they and others wrote around a release; what was agreed to and when stays as a proof without name."""
    rows = Release.objects.filter(contact__person=person_id)
    rows.filter(state=ReleaseState.ASKED).update(state=ReleaseState.WITHDRAWN)
    rows.exclude(Q(message="") & Q(note="")).update(message="", note="")
