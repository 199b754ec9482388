"""Features that a pilot shows to a chosen few: who may use which, read without a query.

Each process keeps what was so last. Every two seconds at most it asks the cache whether a pilot of a feature moved (a
stamp); after a minute it asks the database in any case, for a cache that slept through it. The features themselves
stand in the wiring (`PILOT_FEATURES`), with their names and addresses.
"""

import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from refprogram.governance.pilots.enums import REACHING, PilotKind, PilotState
from refprogram.governance.pilots.models import Pilot, PilotMember
from refprogram.governance.pilots.things import Pilotable, Thing
from refprogram.people.models import User

STAMP: Final = "pilots-of-features"
ASK_CACHE_AFTER, ASK_DATABASE_AFTER = 2.0, 60.0
OFF: Final = (PilotState.STOPPED, PilotState.REPEATED)

Limits = Mapping[str, frozenset[int]]  # by feature: the users who may use it


@dataclass
class _Snapshot:
    limits: Limits
    stamp: str | None
    read_at: float
    checked_at: float


class _Known:
    """The one snapshot of this process; None: ask at the next reading."""

    snapshot: _Snapshot | None = None


def may_use(user: Any, feature: str) -> bool:
    """Whether no pilot keeps this feature from them."""
    limits = _limits()
    return feature not in limits or user.pk in limits[feature]


def pages_closed_to(user: Any) -> frozenset[str]:
    """Return the addresses of the features that pilots keep from them."""
    features = settings.PILOT_FEATURES
    closed = (feature for feature, users in _limits().items() if user.pk not in users and feature in features)
    return frozenset(features[feature]["url"] for feature in closed)


def start_from_none() -> None:
    """Know, without asking, that nothing is being tried: tests begin with an empty database."""
    now = time.monotonic()
    _Known.snapshot = _Snapshot({}, None, now, now)


def _limits() -> Limits:
    snapshot, now = _Known.snapshot, time.monotonic()
    if snapshot is not None and now - snapshot.checked_at < ASK_CACHE_AFTER:
        return snapshot.limits
    stamp: str | None = cache.get(STAMP)
    if snapshot is not None and snapshot.stamp == stamp and now - snapshot.read_at < ASK_DATABASE_AFTER:
        snapshot.checked_at = now
        return snapshot.limits
    _Known.snapshot = snapshot = _Snapshot(_read(), stamp, now, now)
    return snapshot.limits


def _read() -> Limits:
    """Go through the pilots of features: the last word about each holds."""
    rows = list(Pilot.objects.filter(kind=PilotKind.FEATURE).order_by("pk").values_list("pk", "thing", "state"))
    members: dict[int, set[int]] = {}
    running = [pk for pk, _thing, state in rows if state in REACHING]
    for pilot, user in PilotMember.objects.filter(pilot__in=running).values_list("pilot", "user") if running else ():
        members.setdefault(pilot, set()).add(user)
    limits: dict[str, frozenset[int]] = {}
    for pk, thing, state in rows:
        if state in REACHING:
            limits[thing] = frozenset(members.get(pk, ()))
        elif state in OFF:
            limits[thing] = frozenset()
        elif state == PilotState.ROLLED_OUT:
            limits.pop(thing, None)
    return limits


# ---------------------------------------------------------------- as things that can be tried


def _thing(key: str) -> Thing | None:
    one = settings.PILOT_FEATURES.get(key)
    return Thing(PilotKind.FEATURE, key, str(one["label"]), one["url"]) if one else None


def _choices(_user: User) -> Iterable[Thing]:
    return [thing for key in settings.PILOT_FEATURES if (thing := _thing(key)) is not None]


def _changed(_key: str, _by: User | None) -> None:
    """Let every process read again: this one at once, the others when they next look at the stamp."""
    _Known.snapshot = None
    transaction.on_commit(_tell_everybody)


def _tell_everybody() -> None:
    cache.set(STAMP, secrets.token_hex(8), timeout=None)
    _Known.snapshot = None


PILOTABLE: Final = Pilotable(_("Features"), _choices, _thing, _changed, _changed)
