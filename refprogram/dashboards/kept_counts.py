"""The numbers beside the navigation and the place on the desk, kept for a moment: they hardly change between two pages.

They are this person's own, under their key and role: who got another role is counted anew, who may no longer sign in
is not asked. What a colleague does shows within `SECONDS`; what one does oneself shows at once, and so does what the
worker makes of it shortly after: for `SECONDS` after a write of one's own nothing is kept.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.core.cache import cache

from refprogram.people.models import User

SECONDS: Final = 20
_CHANGING: Final = "changing"

COUNTS: Final = "nav-counts"
PLACE: Final = "desk-place"

Found = TypeVar("Found")


def kept_or(user: User, count: Callable[[User], Found], of: str = COUNTS) -> Found:
    """Return what is kept `of` this colleague, else count."""
    key = _key(user, of)
    kept: Any = cache.get(key)
    if isinstance(kept, tuple):
        found: Found = kept[0]
        return found
    found = count(user)
    if kept != _CHANGING:
        cache.add(key, (found,), SECONDS)  # what was forgotten meanwhile stays forgotten
    return found


def forget(user: User) -> None:
    """Count anew for a while: this person has just done something."""
    cache.set_many({_key(user, of): _CHANGING for of in (COUNTS, PLACE)}, SECONDS)


def _key(user: User, of: str) -> str:
    return f"{of}:{user.pk}:{user.role}"
