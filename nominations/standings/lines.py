"""What a ranking is made of: its lines, a reader's place, and the words for it."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.periods import Span
from nominations.standings.counting import APPROVED, ENROLLED, FIRST_ACT, IN_GAP, LATE, STEPS, SUBMITTED
from nominations.standings.enums import By

Number = int | Decimal
CENT: Final = Decimal("0.01")


def plain(value: Decimal | int) -> Number:
    """Return a figure as one says it: 3, not 3.00; a share as it is."""
    whole = int(value)
    return whole if value == whole else Decimal(value).normalize()


@dataclass(frozen=True)
class Worth:
    """What steps are worth: now, or as it was on the day when a period was closed."""

    steps: Mapping[str, int]
    gap: Decimal

    def points(self, figures: Mapping[str, Decimal]) -> Number:
        """Return the points that counts come to."""
        total = Decimal(0)
        for step, metric in STEPS.items():
            in_gap = figures.get(IN_GAP[metric], Decimal(0))
            total += self.steps.get(step, 0) * (figures.get(metric, Decimal(0)) + (self.gap - 1) * in_gap)
        return plain(total.quantize(CENT, ROUND_HALF_UP))


@dataclass(frozen=True)
class Contender:
    """Who can be ranked."""

    public_id: str
    name: str
    sub: str = ""
    members: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """One line: figures of the period, the rank they give, and what passes the next one above."""

    key: int
    public_id: str
    name: str
    sub: str
    rank: int
    enrolled: Number
    approved: Number
    submitted: Number
    first_act: Number = 0
    points: Number = 0
    late: Number = 0
    members: int = 0
    rank_before: int | None = None
    to_pass: int = 0
    passes: str = ""
    mine: bool = False

    @property
    def rank_change(self) -> int | None:
        """How many places up (or, below zero, down) since the period before; None if not ranked then."""
        return None if self.rank_before is None else self.rank_before - self.rank

    @property
    def per_head(self) -> float | None:
        """Enrolled per member, so that small teams are seen; only teams and regions have members."""
        return float(self.enrolled) / self.members if self.members else None


@dataclass(frozen=True)
class Best:
    """The most that somebody enrolled in one period of this kind."""

    span: Span
    enrolled: Number
    now: bool = False


@dataclass(frozen=True)
class Last:
    """The last places, as far as the reader may see them; `why` says who does, or why there are none."""

    lines: Sequence[Standing] = ()
    named: bool = True
    why: str = ""


@dataclass(frozen=True)
class Standings:
    """A ranking. `of` counts everyone who could be in it, `counted` those with a figure; `lines` are the first ones."""

    by: By
    span: Span
    lines: list[Standing]
    of: int
    as_of: dt.datetime
    counted: int = 0
    enrolled: Number = 0
    league: str = ""
    mine: Standing | None = None
    around: list[Standing] = field(default_factory=list)
    best: Best | None = None
    last: Last = Last()
    closed_at: dt.datetime | None = None

    @property
    def has_points(self) -> bool:
        """Whether there is any point to show."""
        return any(line.points for line in self.lines)


Figures = Mapping[str, Decimal]


def line_of(key: int, who: Contender, found: Figures, worth: Worth, *, rank: int) -> Standing:
    """Return a line of these figures."""
    return Standing(
        key=key,
        public_id=who.public_id,
        name=who.name,
        sub=who.sub,
        rank=rank,
        enrolled=plain(found.get(ENROLLED, 0)),
        approved=plain(found.get(APPROVED, 0)),
        submitted=plain(found.get(SUBMITTED, 0)),
        first_act=plain(found.get(FIRST_ACT, 0)),
        late=plain(found.get(LATE, 0)),
        points=worth.points(found),
        members=who.members,
    )


def in_order(lines: Iterable[Standing]) -> list[Standing]:
    """Return lines by rank; within one rank, who has more approved, then submitted, then by name."""
    return sorted(lines, key=lambda line: (line.rank, -line.approved, -line.submitted, line.name, line.key))


def places(values: Mapping[int, Decimal | float]) -> dict[int, int]:
    """Return the rank of everyone with something, best first; equals share one (1, 1, 3)."""
    having = {key: value for key, value in values.items() if value > 0}
    ordered = sorted(having.values())
    return {key: 1 + len(ordered) - bisect_right(ordered, value) for key, value in having.items()}


def with_gaps(lines: list[Standing], *, per_head: bool = False) -> list[Standing]:
    """Return ranked lines, each with what it needs to pass the one above it who has more."""
    done: list[Standing] = []
    above: Standing | None = None
    for line in lines:
        if done and done[-1].rank < line.rank:
            above = done[-1]
        gap = _gap(line, above, per_head=per_head) if above else 0
        done.append(replace(line, to_pass=gap, passes=above.name if above else ""))
    return done


def _gap(line: Standing, above: Standing, *, per_head: bool) -> int:
    ahead = Decimal(above.enrolled)
    if per_head and line.members and above.members:
        ahead = ahead * line.members / above.members
    return max(1, floor(ahead - Decimal(line.enrolled)) + 1)


@dataclass(frozen=True)
class Place:
    """Where somebody stands: their line, those around it, and how many places they moved within the week."""

    mine: Standing
    around: list[Standing]
    of: int
    week_change: int | None

    @property
    def words(self) -> str:
        """What passes the next one."""
        return passing_words(self.mine)


def passing_words(line: Standing) -> str:
    """Return "3 more pass Jonas Weber", or a word for who leads."""
    if not line.to_pass:
        return _("Nobody has more.") if line.enrolled else _("The first one enrolled leads.")
    words = ngettext("%(n)d more passes %(name)s.", "%(n)d more pass %(name)s.", line.to_pass)
    return words % {"n": line.to_pass, "name": line.passes}
