"""What forms are for: each room lists its purposes in `settings.FORM_PURPOSES`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Purpose:
    """One use of forms. `build`, `read` and `see_blind` are permissions.

    `colleagues` says that everybody signed in may answer it at its own address; `files` names the file policy.
    """

    label: Any
    build: str
    read: str
    see_blind: str
    colleagues: bool = False
    files: str = ""


def purposes() -> Mapping[str, Purpose]:
    """Return every purpose of the settings."""
    return {name: Purpose(**facts) for name, facts in settings.FORM_PURPOSES.items()}


def purpose_of(name: str) -> Purpose:
    """Return one purpose."""
    return Purpose(**settings.FORM_PURPOSES[name])


def that_may(user: Any, right: str) -> list[str]:
    """Return the purposes for which the user has the right `build`, `read` or `see_blind`."""
    return [name for name, purpose in purposes().items() if user.has_perm(getattr(purpose, right))]


def may(user: Any, purpose: str, right: str) -> bool:
    """Whether the user has a right for one purpose."""
    return bool(user.has_perm(getattr(purpose_of(purpose), right)))
