"""The drawing itself: pure, and repeatable by anybody who has the secret and the list.

Before the first ticket a secret is made, and its SHA-256 is published: nobody can choose another secret later. When
the draw is over, the tickets are written as one list (a line for each row, `person:count`, in the order in which they
came) whose SHA-256 is published too: nobody can slip a ticket in. The winning number of attempt `n` is

    HMAC-SHA256(secret, "<hash of the list>:<n>")  modulo  the number of tickets

where values above the last whole multiple are passed over, so that every ticket has the same chance. Tickets are
numbered from 0 along the list. Whoever has won already is passed over.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

_RANGE = 2**256


@dataclass(frozen=True)
class Held:
    """So many tickets that one row of the list brings its person."""

    person: str
    count: int


@dataclass(frozen=True)
class Drawn:
    """One winner: who, with which ticket, at which attempt."""

    place: int
    person: str
    number: int
    attempt: int


def new_secret() -> str:
    """Return a secret that nobody can guess."""
    return secrets.token_hex(32)


def commitment_of(secret: str) -> str:
    """Return what is published of a secret before the first ticket."""
    return hashlib.sha256(secret.encode()).hexdigest()


def as_text(held: Sequence[Held]) -> str:
    """Return the list as it is hashed and shown."""
    return "".join(f"{one.person}:{one.count}\n" for one in held)


def hash_of(held: Sequence[Held]) -> str:
    """Return the hash of the list."""
    return hashlib.sha256(as_text(held).encode()).hexdigest()


def number_of(*, secret: str, list_hash: str, attempt: int, total: int) -> int | None:
    """Return the ticket that an attempt hits; None where the value lies above the last whole multiple."""
    value = int.from_bytes(hmac.digest(secret.encode(), f"{list_hash}:{attempt}".encode(), "sha256"))
    return value % total if value < _RANGE - _RANGE % total else None


def draw(*, secret: str, held: Sequence[Held], places: int) -> list[Drawn]:
    """Return the winners, the first first; fewer than `places` where not so many people have tickets."""
    total, list_hash = sum(one.count for one in held), hash_of(held)
    people = {one.person for one in held if one.count > 0}
    won: list[Drawn] = []
    attempt = 0
    while len(won) < min(places, len(people)):
        number = number_of(secret=secret, list_hash=list_hash, attempt=attempt, total=total)
        person = "" if number is None else holder_of(held, number)
        if number is not None and person not in {one.person for one in won}:
            won.append(Drawn(len(won) + 1, person, number, attempt))
        attempt += 1
    return won


def holder_of(held: Sequence[Held], number: int) -> str:
    """Return whose ticket this number is."""
    for one in held:
        if number < one.count:
            return one.person
        number -= one.count
    message = "no ticket has this number"
    raise ValueError(message)
