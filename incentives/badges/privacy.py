"""What badges hold about a person: which they won, and what they said in giving one."""

from typing import Any

from incentives.badges.models import BadgeGrant


def erase_person(person_id: int) -> None:
    """Empty what was said to them and by them; that a badge was won stays, of "someone"."""
    BadgeGrant.objects.filter(person=person_id).update(words="")
    BadgeGrant.objects.filter(giver__person=person_id).update(words="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return the badges of a person, and those they gave."""
    fields = ("badge__name", "words", "occurred_at", "revoked_at", "revoke_reason")
    won = BadgeGrant.objects.filter(person=person_id).order_by("pk")
    given = BadgeGrant.objects.filter(giver__person=person_id).order_by("pk")
    return {"badges": won.values(*fields), "badges_given": given.values("badge__name", "words", "occurred_at")}
