"""What was told to a person: gone with them. What was told to others of them is swept by `ops.sweeping`."""

from typing import Any

from refprogram.notices.models import Mail, Notice, Preference


def erase_person(person_id: int) -> None:
    """Delete every line, mail and wish of the person."""
    for model in (Notice, Mail, Preference):
        model._default_manager.filter(person=person_id).delete()


def export_person(person_id: int) -> dict[str, Any]:
    """Return what the person was told, and how they wanted to be told."""
    notices = Notice.objects.filter(person=person_id).order_by("pk")
    mails = Mail.objects.filter(person=person_id).order_by("pk")
    return {
        "notices": notices.values("kind", "text", "created_at", "read_at"),
        "mails": mails.values("kind", "to", "subject", "state", "sent_at"),
        "mail_wishes": Preference.objects.filter(person=person_id).values("kind", "channel"),
    }
