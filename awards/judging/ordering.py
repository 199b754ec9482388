"""Each judge's own order: by chance, the same whenever it is worked out again, calibration entries first."""

import hashlib

_BITS = 30  # fits a PositiveIntegerField with the bit for "not a calibration entry" above it


def order_of(*, seed: int, judge_id: int, place_id: int, anchor: bool = False) -> int:
    """Return where an entry stands in a judge's list; nothing of when or where it came shows in it."""
    digest = hashlib.sha256(f"{seed}:{judge_id}:{place_id}".encode()).digest()
    number = int.from_bytes(digest[:4], "big") >> (32 - _BITS)
    return number if anchor else number + (1 << _BITS)
