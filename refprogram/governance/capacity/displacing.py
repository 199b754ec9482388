"""What falls off the end of a month when something is put before it. Pure.

Who came first is served first: the month's hours are dealt out in the order in which things were asked for, and what
does not fit any more falls off, the latest first. What is new is put before all of it; only
what is done already has its hours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

NONE = Decimal(0)


class Work(Protocol):
    """Something that takes hours."""

    @property
    def hours(self) -> Any: ...

    @property
    def done(self) -> Any: ...


W = TypeVar("W", bound=Work)


@dataclass(frozen=True)
class Displaced(Generic[W]):
    """What the month has, what was asked of it before, what is new, and what then falls off (latest first).

    `late` is what does not fit even without the new; it is not the new one's fault.
    """

    available: Decimal
    needed: Decimal
    cost: Decimal
    falls: list[W]
    late: list[W]

    @property
    def left(self) -> Decimal:
        """Hours that are left when all of it is done; less than nothing where there are too few."""
        return self.available - self.needed - self.cost

    @property
    def fits(self) -> bool:
        """Whether it costs nobody anything."""
        return not self.falls and self.cost <= self.available

    @property
    def freed(self) -> Decimal:
        """The hours of what falls off."""
        return sum((one.hours for one in self.falls), NONE)


def displace(available: Decimal, wanted: Sequence[W], cost: Decimal) -> Displaced[W]:
    """Return what falls off a month with so many hours when `cost` is put before what is wanted, in order of asking."""
    late = _beyond(wanted, available)
    gone = {id(one) for one in late}
    falls = [one for one in _beyond(wanted, available - cost) if id(one) not in gone]
    needed = sum((one.hours for one in wanted), NONE)
    return Displaced(available, needed, cost, falls[::-1], late[::-1])


def _beyond(wanted: Iterable[W], available: Decimal) -> list[W]:
    """Return what the hours do not reach, in order of asking: once one does not fit, those behind it wait, too.

    What is done took its hours and falls no more.
    """
    used, found = NONE, []
    for one in wanted:
        used += one.hours
        if used > available and not one.done:
            found.append(one)
    return found


@dataclass(frozen=True)
class Turned(Generic[W]):
    """What changes where both the hours and what is asked for change: what falls off (latest first), what fits now."""

    falls: list[W]
    fits: list[W]


def turn(before: Decimal, after: Decimal, wanted: Sequence[W], cost: Decimal) -> Turned[W]:
    """Return what becomes of a month's work when it has `after` hours instead of `before`, and `cost` is put first."""
    late, later = _beyond(wanted, before), _beyond(wanted, after - cost)
    was, is_now = {id(one) for one in late}, {id(one) for one in later}
    falls = [one for one in later if id(one) not in was]
    return Turned(falls[::-1], [one for one in late if id(one) not in is_now])
