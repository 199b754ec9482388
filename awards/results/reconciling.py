"""From orders to awards: several winners, nobody twice, nobody too soon again. Pure; the reasons are told to people."""

import enum
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from awards.results.enums import AwardKind


class Why(enum.StrEnum):
    """Why an entry gets what it gets, or does not."""

    RANK = "rank"
    JOINT = "joint"
    WON_ELSEWHERE = "won_elsewhere"
    WON_BEFORE = "won_before"
    BELOW_SCORE = "below_score"
    MOVED_UP = "moved_up"


@dataclass(frozen=True)
class Ranked:
    """One entry in the order of its category. `entrant` is the same for all entries of one customer or team."""

    entry: int
    entrant: Hashable
    rank: int
    score: float


@dataclass(frozen=True)
class Field:
    """One category, its order (best first), and its rules. `barred`: entrants who won it too lately."""

    name: int
    order: Sequence[Ranked]
    precedence: int = 1
    winners: int = 1
    least_entries: int = 1
    least_score: float = 0.0
    barred: frozenset[Hashable] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Proposal:
    """What one entry gets. `rank` counts within the category's awards: 1 is its best winner."""

    field: int
    entry: int
    kind: AwardKind
    rank: int
    why: Why


def propose(fields: Sequence[Field], *, one_each: bool, placed: int, alternates: int) -> list[Proposal]:
    """Return every award, category by category in their precedence.

    Entries that share a rank at the edge all win. A category with fewer entries than it needs gives no award. Who
    already won, here or lately, is passed over, and the next moves up; with `one_each` that holds over all categories.
    """
    won: set[Hashable] = set()
    given: list[Proposal] = []
    for one in sorted(fields, key=lambda one: one.precedence):
        if len(one.order) >= one.least_entries:
            given += _awards(one, won if one_each else set(), placed=placed, alternates=alternates)
    return given


def _awards(one: Field, won: set[Hashable], *, placed: int, alternates: int) -> list[Proposal]:
    """Return the awards of one category; adds its winners to `won`."""
    winners, passed = _winners(one, won)
    at_rank = [ranked.rank for ranked in winners]
    given = [
        Proposal(
            one.name,
            ranked.entry,
            AwardKind.JOINT if at_rank.count(ranked.rank) > 1 else AwardKind.WINNER,
            1 + sum(rank < ranked.rank for rank in at_rank),
            _why(ranked, passed, at_rank),
        )
        for ranked in winners
    ]
    won |= {ranked.entrant for ranked in winners}
    rest = [ranked for ranked in one.order if ranked not in winners]
    for place, ranked in enumerate(rest[: placed + alternates]):
        kind = AwardKind.PLACED if place < placed else AwardKind.ALTERNATE
        given.append(Proposal(one.name, ranked.entry, kind, len(winners) + place + 1, passed.get(ranked, Why.RANK)))
    return given


def _winners(one: Field, won: set[Hashable]) -> tuple[list[Ranked], dict[Ranked, Why]]:
    """Return who wins, and who was passed over and why."""
    winners: list[Ranked] = []
    passed: dict[Ranked, Why] = {}
    for ranked in one.order:
        full = len(winners) >= one.winners and ranked.rank != winners[-1].rank
        if full:
            break
        if ranked.score < one.least_score:
            passed[ranked] = Why.BELOW_SCORE
        elif ranked.entrant in one.barred:
            passed[ranked] = Why.WON_BEFORE
        elif ranked.entrant in won or any(ranked.entrant == other.entrant for other in winners):
            passed[ranked] = Why.WON_ELSEWHERE
        else:
            winners.append(ranked)
    return winners, passed


def _why(ranked: Ranked, passed: dict[Ranked, Why], ranks: Sequence[int]) -> Why:
    if ranks.count(ranked.rank) > 1:
        return Why.JOINT
    return Why.MOVED_UP if any(other.rank < ranked.rank for other in passed) else Why.RANK
