"""The kinds of notices that exist: each app lists its own, settings name the lists."""

import functools
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from refprogram.notices.enums import Channel


@dataclass(frozen=True)
class Kind:
    """One kind of notice. `required` ones cannot be switched off; `reason` ends the mail: "You get this because …".

    `customers` ones go to people outside; `roles` are the colleagues who may get it (empty: all). Only these are asked
    how they want it.
    """

    name: str
    label: Any
    reason: Any
    default: Channel = Channel.NOW
    required: bool = False
    customers: bool = False
    roles: tuple[str, ...] = ()


@functools.cache
def registry() -> dict[str, Kind]:
    """Return every kind of `settings.NOTICE_KINDS` by name."""
    return {kind.name: kind for path in settings.NOTICE_KINDS for kind in import_string(path)}
