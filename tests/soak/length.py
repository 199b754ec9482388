"""How long the long runs are: `SOAK=1` (the default) is about ten minutes, `SOAK=12` two hours, `SOAK=0.2` a glance."""

import os

SOAK = float(os.environ.get("SOAK") or 1)


def times(number: int) -> int:
    """Return so many times the length, and at least one."""
    return max(1, round(number * SOAK))
