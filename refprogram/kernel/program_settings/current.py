"""What the figures are just now, read without a query.

Each process keeps one snapshot. Every two seconds at most it asks the cache whether somebody changed a figure since
(a version stamp); after a minute it asks the database in any case, for a cache that slept through a change.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.core.cache import cache
from django.db import transaction

from refprogram.kernel.models import ProgramSetting
from refprogram.kernel.program_settings.figures import room_of

C = TypeVar("C")
STAMP: Final = "program-settings"
ASK_CACHE_AFTER: Final = 2.0
ASK_DATABASE_AFTER: Final = 60.0


@dataclass
class Snapshot:
    """What was kept when the database was last asked, and the classes built from it."""

    kept: Mapping[str, Any]
    stamp: str | None
    read_at: float
    checked_at: float
    built: dict[type[Any], Any] = field(default_factory=dict)


class _Known:
    """The one snapshot of this process; None: ask at the next reading."""

    snapshot: Snapshot | None = None


def current(made: type[C]) -> C:
    """Return the figures of a policy class as they are now."""
    snapshot = _snapshot()
    found: C | None = snapshot.built.get(made)
    if found is None:
        found = snapshot.built[made] = room_of(made).build(snapshot.kept)
    return found


def fresh(made: type[C]) -> C:
    """Return the figures as the database says them in this transaction, for what is kept by them. One query."""
    room = room_of(made)
    rows = ProgramSetting.objects.filter(key__startswith=f"{room.key}.", value__isnull=False)
    found: C = room.build(dict(rows.values_list("key", "value")))
    return found


def changed() -> None:
    """Let every process read again: this one at once, the others when they next look at the stamp."""
    _Known.snapshot = None
    transaction.on_commit(_tell_everybody)


def start_from_defaults() -> None:
    """Know, without asking, that nothing was changed: tests begin with an empty database."""
    now = time.monotonic()
    _Known.snapshot = Snapshot({}, None, now, now)


def _tell_everybody() -> None:
    cache.set(STAMP, secrets.token_hex(8), timeout=None)
    _Known.snapshot = None


def _snapshot() -> Snapshot:
    snapshot, now = _Known.snapshot, time.monotonic()
    if snapshot is not None and now - snapshot.checked_at < ASK_CACHE_AFTER:
        return snapshot
    stamp: str | None = cache.get(STAMP)
    if snapshot is not None and snapshot.stamp == stamp and now - snapshot.read_at < ASK_DATABASE_AFTER:
        snapshot.checked_at = now
        return snapshot
    rows = ProgramSetting.objects.filter(value__isnull=False).values_list("key", "value")
    _Known.snapshot = snapshot = Snapshot(dict(rows), stamp, now, now)
    return snapshot
