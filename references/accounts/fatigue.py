"""How tired an account is of being asked: pure arithmetic, stored so that it never needs refreshing.

The load is effort points, each halving every 45 days. Stored is `key = log2(load) + t / 45 d`, `t` being the time at
which it had that load: while time passes the load sinks and the key stands still, so keys of different times compare
as their loads would today. `None` is no load at all.
"""

import datetime as dt
import math

from references.accounts import policy

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def half_lives(at: dt.datetime, half_life: dt.timedelta | None = None) -> float:
    """Return the time as half-lives since 1970."""
    return (at - EPOCH) / (half_life or policy.now().half_life)


def add(key: float | None, effort: float, at: dt.datetime, half_life: dt.timedelta | None = None) -> float | None:
    """Return the key after `effort` points spent at `at`; the order of additions does not matter."""
    if effort <= 0:
        return key
    spent = math.log2(effort) + half_lives(at, half_life)
    if key is None:
        return spent
    high, low = max(key, spent), min(key, spent)
    return high + math.log2(1 + 2.0 ** (low - high))


def load(key: float | None, at: dt.datetime, half_life: dt.timedelta | None = None) -> float:
    """Return the load in effort points at a moment."""
    return 0.0 if key is None else 2.0 ** min(key - half_lives(at, half_life), 1000.0)


def index(key: float | None, at: dt.datetime) -> int:
    """Return the fatigue index, 0 (fresh) to 100 (its whole capacity used)."""
    return round(100 * min(1.0, load(key, at) / policy.now().capacity))


def key_at(fatigue_index: float, at: dt.datetime, figures: policy.Figures | None = None) -> float:
    """Return the key that means this index at a moment: `fatigue_key >= key_at(60, now)` finds the tired ones."""
    known = figures or policy.now()
    return math.log2(fatigue_index / 100 * known.capacity) + half_lives(at, known.half_life)


def sinks_below(
    key: float | None, fatigue_index: float, at: dt.datetime, figures: policy.Figures | None = None
) -> dt.datetime | None:
    """Return the moment at which the index sinks below a value; None if it is below at `at` already."""
    known = figures or policy.now()
    if key is None or key < key_at(fatigue_index, at, known):
        return None
    return EPOCH + (key - math.log2(fatigue_index / 100 * known.capacity)) * known.half_life
