"""The map as arithmetic: what one reference counts for, in every cell of every cut. No database.

A cut is up to three dimensions; its cells count accounts once each, so no cut can be summed from another (a customer
with two products stands in two cells of one). So all 42 cuts are kept.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Final, NamedTuple

from references.accounts.segments import MOST_IN_A_CELL, Dimension, in_order

DIMENSIONS: Final = tuple(Dimension)
MOST_DIMENSIONS: Final = MOST_IN_A_CELL
Values = Mapping[str, Mapping[str, int]]


class Key(NamedTuple):
    """One cell: the cut's name and the value of each of its dimensions; unused places are empty."""

    cut: str
    first: str = ""
    second: str = ""
    third: str = ""


@dataclass(frozen=True)
class Counts:
    """Who is available in a cell: accounts, and people at them."""

    available: int = 0
    contacts: int = 0


@cache
def cuts() -> tuple[tuple[Dimension, ...], ...]:
    """Return every choice of up to three dimensions, each in the one order."""
    return tuple(chosen for size in range(MOST_DIMENSIONS + 1) for chosen in combinations(DIMENSIONS, size))


def name_of(dimensions: Iterable[str]) -> str:
    """Return a cut's name."""
    return ".".join(in_order(dimensions))


def key_of(cell: Mapping[str, str]) -> Key:
    """Return the key of a cell `{dimension: value}`."""
    chosen = in_order(cell)
    return Key(name_of(chosen), *(cell[one] for one in chosen))


def keys_of(values: Values) -> Iterator[tuple[Key, int | None]]:
    """Yield each cell in which a reference with these values stands; with a persona, how many people it has there."""
    for chosen in cuts():
        name = ".".join(chosen)
        persona = Dimension.PERSONA in chosen
        for combined in product(*(values[one].items() for one in chosen)):
            people = combined[-1][1] if persona else None  # persona is the last of the order
            yield Key(name, *(value for value, _n in combined)), people


def count(facts: Iterable[tuple[Values, int]]) -> dict[Key, Counts]:
    """Return what available references (values, people who take part) count for together."""
    accounts: Counter[Key] = Counter()
    contacts: Counter[Key] = Counter()
    for values, everybody in facts:
        for key, people in keys_of(values):
            accounts[key] += 1
            contacts[key] += everybody if people is None else people
    return {key: Counts(number, contacts[key]) for key, number in accounts.items()}


def difference(after: Mapping[Key, Counts], before: Mapping[Key, Counts]) -> dict[Key, Counts]:
    """Return what must be added to the kept cells, zeros left out."""
    found = {}
    for key in {*after, *before}:
        new, old = after.get(key, Counts()), before.get(key, Counts())
        if new != old:
            found[key] = Counts(new.available - old.available, new.contacts - old.contacts)
    return found
