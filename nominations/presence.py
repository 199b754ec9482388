"""Two screeners on one nomination: the second hears that the first is there. A help, kept in the cache alone."""

from typing import Final

from django.core.cache import cache

from nominations.models import Nomination
from refprogram.people.models import User

LOOKS_FOR: Final = 120  # seconds after opening in which somebody counts as looking at it


def look(nomination: Nomination, user: User) -> str:
    """Note that this colleague looks at the nomination; return the name of another one who opened it before."""
    key = f"screening:{nomination.pk}"
    who, name = cache.get(key) or (user.pk, "")
    if who != user.pk:
        return str(name)
    cache.set(key, (user.pk, user.name), timeout=LOOKS_FOR)
    return ""


def leave(nomination: Nomination, user: User) -> None:
    """Note that this colleague has decided, and looks at it no longer."""
    key = f"screening:{nomination.pk}"
    if (cache.get(key) or (None, ""))[0] == user.pk:
        cache.delete(key)
