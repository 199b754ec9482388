"""Finding the one person whom an operator means."""

from django.core.management.base import CommandError
from django.db.models import Q

from refprogram.people.models import Person


def person(text: str) -> Person:
    """Return the person of an e-mail address, or of an id (their own, their user's). Raises CommandError."""
    given = Q(public_id=text) | Q(user__public_id=text)
    named = Q(email__iexact=text) | Q(user__email__iexact=text)
    found = Person.objects.filter(named if "@" in text else given).distinct()
    if len(found) != 1:
        raise CommandError(f"{text!r} names {'nobody' if not found else 'several persons'}")
    return found[0]
