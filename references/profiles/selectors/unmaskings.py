"""Who was shown which masked name, for who runs the program."""

from django.db.models import QuerySet

from references.profiles.models import Unmasking
from refprogram.people.models import User


def unmaskings_visible_to(user: User) -> QuerySet[Unmasking]:
    """Return every showing of a masked name, for who runs the program; nothing for others."""
    if not user.has_perm("references.see_unmaskings"):
        return Unmasking.objects.none()
    return Unmasking.objects.select_related("account", "user__person")
