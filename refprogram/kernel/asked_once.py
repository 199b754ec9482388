"""What a page asks the cache for again and again is asked once while it is answered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar, cast

T = TypeVar("T")
_known: Final[ContextVar[dict[str, Any] | None]] = ContextVar("asked_once", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Remember answers for as long as the block lasts; outside of one nothing is remembered."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


def once_per_answer(key: str, ask: Callable[[], T]) -> T:
    """Return what `ask` answers, or answered before in this block."""
    known = _known.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return cast("T", known[key])


def forget(key: str) -> None:
    """Ask again the next time."""
    known = _known.get()
    if known is not None:
        known.pop(key, None)
