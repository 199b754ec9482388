"""What this room holds about a person: the dashboards and lists that come to them by mail, or that they send others."""

from typing import Any

from refprogram.dashboards.models import MailPlan


def erase_person(person_id: int) -> None:
    """End what comes to them; what they had sent to others goes on, without their name."""
    MailPlan.objects.filter(reader__person=person_id).delete()
    MailPlan.objects.filter(made_by__person=person_id).update(made_by=None)


def export_person(person_id: int) -> dict[str, Any]:
    """Return what comes to them by mail, and what they have sent to others."""
    plans = MailPlan.objects.order_by("pk")
    facts = ("name", "page", "query", "rhythm", "day", "due_on", "sent_on", "ended_at")
    return {
        "mails_planned": plans.filter(reader__person=person_id).values(*facts),
        "mails_planned_for_others": plans.filter(made_by__person=person_id)
        .exclude(reader__person=person_id)
        .values(*facts),
    }
