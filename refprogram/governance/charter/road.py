"""The picture of the road: where each milestone stands, where we are today. Pure geometry; the template draws it."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from refprogram.governance.charter.enums import Horizon
from refprogram.governance.charter.models import RoadMark

WIDTH, HEIGHT, MARGIN, MIDDLE, SWING = 880, 250, 60, 125, 34
STEPS = 44  # pieces of the curve
NEAR = 45  # closer to its stalk than this, the word "today" would lie on a pin


@dataclass(frozen=True)
class Pin:
    """A milestone on the road: its number, its place, the end of its stalk (above: short strategy, below: long)."""

    number: int
    mark: RoadMark
    x: int
    y: int
    top: int
    above: bool
    reached: bool


@dataclass(frozen=True)
class Road:
    """The road as a path, its pins from left to right, the place of today (None: not on it), and its word's side."""

    path: str
    pins: list[Pin]
    first: dt.date
    last: dt.date
    today: tuple[int, int] | None
    word_below: bool


def draw(marks: Sequence[RoadMark], today: dt.date) -> Road | None:
    """Return the road that the milestones make; None where there are none."""
    dated = sorted((mark for mark in marks if mark.month), key=lambda mark: (mark.month, mark.pk))
    months = [mark.month for mark in dated if mark.month]
    if not months:
        return None
    first = min(months[0], today.replace(day=1))
    last = max(months[-1], _later(first, 5))
    length = max(_count(first, last), 1)
    pins = []
    taken: dict[tuple[dt.date, str], int] = {}
    for number, (mark, month) in enumerate(zip(dated, months, strict=True), start=1):
        same = taken.get((month, mark.horizon), 0)
        taken[month, mark.horizon] = same + 1
        x, y = _place(_count(first, month) / length)
        above = mark.horizon == Horizon.SHORT
        top = y - 46 - 30 * same if above else y + 46 + 30 * same
        pins.append(Pin(number, mark, x, y, max(18, min(HEIGHT - 18, top)), above, mark.reached_on is not None))
    gone = _count(first, today) + (today.day - 1) / 31
    at = _place(gone / length) if gone <= length else None
    sides = {pin.above for pin in pins if at and abs(pin.x - at[0]) < NEAR}
    return Road(_path(), pins, first, last, at, word_below=sides == {True})


def _count(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _later(month: dt.date, months: int) -> dt.date:
    at = month.year * 12 + month.month - 1 + months
    return dt.date(at // 12, at % 12 + 1, 1)


def _place(share: float) -> tuple[int, int]:
    """Return the point of the road after this share of it: two gentle bends."""
    return round(MARGIN + share * (WIDTH - 2 * MARGIN)), round(MIDDLE - SWING * math.sin(share * 2 * math.pi))


def _path() -> str:
    points = [_place(step / STEPS) for step in range(STEPS + 1)]
    return "M" + " L".join(f"{x} {y}" for x, y in points)
