"""What can be tried: rooms above say it (`PILOTABLES` in the wiring), and follow what becomes of the pilot.

A room registers a `Pilotable` under the kind of its thing. Whom the thing reaches it asks `selectors.cohort_of`, down;
what a pilot changes about that it hears in the pilot's own transaction (`follow`, `stop`), so that nobody is reached
who should not be, not even for a second.
"""

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from refprogram.people.models import User


@dataclass(frozen=True)
class Thing:
    """One thing that can be tried. `key` is its public id; `why_not` says why it cannot be chosen now."""

    kind: str
    key: str
    label: str
    url: str
    touches_customers: bool = False
    why_not: str = ""
    standing: str = ""


@dataclass(frozen=True)
class Pilotable:
    """A kind of thing: how the reader's are listed, how one is found, and what happens to it.

    `follow(key, by)`: whom it reaches has changed. `stop(key, by)`: it is switched off. Both take the locks they need,
    change nothing where there is nothing to change, and may be called twice.
    """

    label: Any
    choices: Callable[[User], Iterable[Thing]]
    find: Callable[[str], Thing | None]
    follow: Callable[[str, User | None], None]
    stop: Callable[[str, User | None], None]


@functools.cache
def registry() -> Mapping[str, Pilotable]:
    """Return every kind of thing that can be tried."""
    return {kind: import_string(path) for kind, path in settings.PILOTABLES.items()}


def choices_for(user: User) -> list[tuple[str, str, list[Thing]]]:
    """Return what a colleague may choose to try, by kind: (kind, its name, things)."""
    found = ((kind, str(one.label), list(one.choices(user))) for kind, one in registry().items())
    return [(kind, label, things) for kind, label, things in found if things]


def find(kind: str, key: str) -> Thing | None:
    """Return a thing as it is now; None where it is gone."""
    one = registry().get(kind)
    return one.find(key) if one else None


def follow(kind: str, key: str, by: User | None) -> None:
    """Tell a thing's room that whom it reaches has changed."""
    registry()[kind].follow(key, by)


def stop(kind: str, key: str, by: User | None) -> None:
    """Tell a thing's room to switch it off."""
    registry()[kind].stop(key, by)
