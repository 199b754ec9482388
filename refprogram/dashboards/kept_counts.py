"""The numbers beside the navigation, kept for a moment: every page asks for them, and they hardly change between two.

They are this person's own, under their key and role: who got another role is counted anew, who may no longer sign in
is not asked. What a colleague does shows within `SECONDS`; what one does oneself shows at once, and so does what the
worker makes of it shortly after: for `SECONDS` after a write of one's own nothing is kept.
"""

from collections.abc import Callable
from typing import Final

from django.core.cache import cache

from refprogram.people.models import User

SECONDS: Final = 20
_CHANGING: Final = "changing"

Counts = dict[str, int]


def kept_or(user: User, count: Callable[[User], Counts]) -> Counts:
    """Return the numbers as kept, else count."""
    key = _key(user)
    kept: Counts | str | None = cache.get(key)
    if isinstance(kept, dict):
        return kept
    found = count(user)
    if kept != _CHANGING:
        cache.add(key, found, SECONDS)  # what was forgotten meanwhile stays forgotten
    return found


def forget(user: User) -> None:
    """Count anew for a while: this person has just done something."""
    cache.set(_key(user), _CHANGING, SECONDS)


def _key(user: User) -> str:
    return f"nav-counts:{user.pk}:{user.role}"
