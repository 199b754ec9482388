"""Places and prizes of a SPIFF, without the database. Equal figures share a place, and what lies on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Place:
    """One person's place, what they did for it, and what it would bring."""

    person_id: int
    figure: int
    place: int
    prize: Decimal


def places(figures: Mapping[int, int], prizes: Sequence[Decimal], least: int) -> list[Place]:
    """Return everybody with at least `least`, best first.

    n with the same figure stand on the first of n places and share the prizes of all of them: rounded down to the
    cent, so that no more is paid than was promised.
    """
    ranked = sorted(((figure, person) for person, figure in figures.items() if figure >= least), key=_best_first)
    found: list[Place] = []
    at = 0
    while at < len(ranked):
        figure = ranked[at][0]
        equal = [person for each, person in ranked[at:] if each == figure]
        pot = sum(prizes[at : at + len(equal)], Decimal("0.00"))
        share = (pot / len(equal)).quantize(CENT, ROUND_DOWN)
        found += [Place(person, figure, at + 1, share) for person in equal]
        at += len(equal)
    return found


def _best_first(row: tuple[int, int]) -> tuple[int, int]:
    return -row[0], row[1]


@dataclass(frozen=True)
class Gain:
    """So many more would bring so much more, if everybody else stood still."""

    steps: int
    more: Decimal


def next_gain(figures: Mapping[int, int], prizes: Sequence[Decimal], least: int, person_id: int) -> Gain | None:
    """Return the fewest more with which this person would get more; None where nothing would bring more."""
    own = figures.get(person_id, 0)
    now = _prize_of(figures, prizes, least, person_id)
    # A prize only grows where one draws level with somebody, passes them, or reaches the least.
    worth_trying = {own + 1, least, *figures.values(), *(figure + 1 for figure in figures.values())}
    for figure in sorted(each for each in worth_trying if each > own):
        then = _prize_of({**figures, person_id: figure}, prizes, least, person_id)
        if then > now:
            return Gain(figure - own, then - now)
    return None


def _prize_of(figures: Mapping[int, int], prizes: Sequence[Decimal], least: int, person_id: int) -> Decimal:
    found = places(figures, prizes, least)
    return next((place.prize for place in found if place.person_id == person_id), Decimal("0.00"))
