"""What campaigns and waves hold about a person: what they were sent, whether they followed it, their cohorts."""

from typing import Any

from nominations.models import CohortMember, KickoffItem, MessageSend


def erase_person(person_id: int) -> None:
    """Empty why they were not written to; that a copy went out, and when, stays."""
    MessageSend.objects.filter(person=person_id).exclude(refused="").update(refused="–")
    KickoffItem.objects.filter(who__person=person_id, done_at__isnull=True).update(who=None)


def export_person(person_id: int) -> dict[str, Any]:
    """Return the messages that went to them, and the cohorts they are in."""
    sends = MessageSend.objects.filter(person=person_id).order_by("pk")
    members = CohortMember.objects.filter(user__person=person_id).order_by("pk")
    return {
        "campaign_messages": sends.values("message__subject", "sent_at", "followed_at", "refused"),
        "cohorts": members.values("wave__name", "cohort__name"),
    }
