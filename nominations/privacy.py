"""What nominations hold about a person: whom they named and why, what was said of them, what they answered."""

from typing import Any

from django.db.models import Q

from nominations.models import Nomination, NominationCredit


def erase_person(person_id: int) -> None:
    """Empty the words by and about them; that somebody nominated, answered, decided, and when, stays."""
    named = Q(nominator__person=person_id) | Q(contact__person=person_id) | Q(named_by=person_id)
    Nomination.objects.filter(named).update(why="")
    Nomination.objects.filter(Q(owner_asked__person=person_id) | Q(contact__person=person_id)).update(owner_note="")
    Nomination.objects.filter(Q(decided_by__person=person_id) | Q(contact__person=person_id)).update(reason="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return the nominations they made, and those that named them."""
    made = Nomination.objects.filter(nominator__person=person_id).order_by("pk")
    named = Nomination.objects.filter(contact__person=person_id).order_by("pk")
    answered = Nomination.objects.filter(owner_asked__person=person_id).order_by("pk")
    shared = NominationCredit.objects.filter(user__person=person_id).order_by("nomination")
    brought = Nomination.objects.filter(named_by=person_id).order_by("pk")
    return {
        "nominations_shared": shared.values("nomination__account__name", "percent", "since"),
        "nominated_by_link": brought.values("account__name", "why", "submitted_at"),
        "nominations_made": made.values("account__name", "why", "state", "submitted_at", "reason"),
        "nominated_as": named.values("account__name", "why", "state", "submitted_at"),
        "owner_answers": answered.values("account__name", "owner_answer", "owner_note", "owner_answered_at"),
    }
