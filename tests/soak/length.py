"""How long the long runs are: `make soak MINUTES=60`, divided among their parts; ten minutes where nothing is said."""

import os
import time
from collections.abc import Callable
from typing import Any

MINUTES = float(os.environ.get("MINUTES") or 10)


def lasting(share: float) -> Callable[[], bool]:
    """Return what says whether a part goes on, from now until its share of the minutes is over."""
    end = time.monotonic() + MINUTES * 60 * share
    return lambda: time.monotonic() < end


def tell(capsys: Any, words: str) -> None:
    """Say in `make soak` what a part has done: of tests that pass, pytest shows nothing."""
    with capsys.disabled():
        print(f"\n{words}")  # noqa: T201 - to a person at a terminal
