"""What newsletters hold about a person: copies they got; names in the text are swept with others' texts."""

from typing import Any

from incentives.newsletters.models import NewsletterCopy


def erase_person(person_id: int) -> None:
    """Forget which issues they got and opened."""
    NewsletterCopy.objects.filter(person=person_id).delete()


def export_person(person_id: int) -> dict[str, Any]:
    """Return which issues they got, and when they opened them first."""
    rows = NewsletterCopy.objects.filter(person=person_id).order_by("pk")
    return {"newsletters": rows.values("newsletter__title", "told_at", "opened_at")}
