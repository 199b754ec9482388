"""Whom a reader may export or erase."""

from django.db.models import QuerySet

from refprogram.people.models import Person, User


def persons_visible_to(user: User) -> QuerySet[Person]:
    """Return the persons whose data the user may take out: anybody's for administrators and legal, else their own."""
    persons = Person.objects.select_related("user")
    return persons if user.has_perm("people.erase") else persons.filter(pk=user.person_id)


def address_of(person: Person) -> str:
    """Return where the person is shown as a colleague; nothing for a customer's contact."""
    user: User | None = getattr(person, "user", None)
    return user.get_absolute_url() if user is not None else ""
