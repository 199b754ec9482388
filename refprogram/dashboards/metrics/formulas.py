"""The formulas: from facts (plain numbers, as kept) to a value, or to the reason why there is none. No database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

Facts = Mapping[str, Any]

NO_DATA: Final = "no_data"  # nothing happened that could be counted
TOO_FEW: Final = "too_few"  # fewer than can carry the figure
NOT_SET: Final = "not_set"  # somebody has to say a number first
NOT_KEPT: Final = "not_kept"  # nobody wrote down how it stood that day
PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True)
class Measured:
    """What came out: a value with the number of rows behind it, perhaps an interval; or `why` there is none."""

    value: Decimal | None = None
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    why: str = ""


Formula = Callable[[Facts], Measured]


def none(why: str = NO_DATA, n: int | None = None) -> Measured:
    """Return that there is no value, and why."""
    return Measured(None, n, why=why)


def exact(value: Any) -> Decimal:
    """Return a number as it is kept."""
    return Decimal(str(value)).quantize(PLACES) + 0  # never minus nought


def plain(name: str, *, n: str = "") -> Formula:
    """Return the formula that takes one fact as it is; `n` names the fact that counts what is behind it."""

    def of(facts: Facts) -> Measured:
        count = facts.get(n) if n else None
        value = facts.get(name)
        return none(n=count) if value is None else Measured(exact(value), count)

    return of


def total(name: str, n: str) -> Formula:
    """Return the formula of a sum: no rows, no value."""

    def of(facts: Facts) -> Measured:
        return Measured(exact(facts[name]), facts[n]) if facts[n] else none(n=0)

    return of


def share(part: tuple[str, ...], whole: tuple[str, ...], *, n: str = "") -> Formula:
    """Return the formula 100 x sum of the parts / sum of the whole, in percent; nothing to divide by, no value.

    `n` names the fact that counts the rows, where the whole is no count.
    """

    def of(facts: Facts) -> Measured:
        below = sum(facts[name] for name in whole)
        if not below:
            return none(n=0)
        return Measured(exact(100 * sum(facts[name] for name in part) / below), facts[n] if n else below)

    return of


def ratio(above: str, below: str, *, n: str = "") -> Formula:
    """Return the formula above / below."""

    def of(facts: Facts) -> Measured:
        if not facts[below]:
            return none(n=0)
        return Measured(exact(Decimal(str(facts[above])) / Decimal(str(facts[below]))), facts[n or below])

    return of


def gap(facts: Facts) -> Measured:
    """Return (needed - available) / available in percent: more than is there, or less."""
    needed, there = Decimal(str(facts["needed"])), facts["available"]
    if there is None:
        return none(NOT_SET)
    available = Decimal(str(there))
    return Measured(exact(100 * (needed - available) / available)) if available else none(NOT_SET)


def win_rate(won: int, lost: int) -> Decimal | None:
    """Return won / (won + lost); None where nothing was decided."""
    return Decimal(won) / (won + lost) if won + lost else None


def incremental(*, revenue: Decimal, low: Decimal | None, rate: Decimal | None) -> Decimal | None:
    """Return influenced revenue x max(0, lower bound of the lift) / win rate with a reference (both as shares)."""
    if low is None or not rate:
        return None
    return revenue * max(Decimal(0), low) / rate


def return_on(*, revenue: Decimal, margin: Decimal, cost: Decimal) -> Decimal | None:
    """Return (revenue x margin - cost) / cost in percent; None without any cost."""
    return 100 * (revenue * margin - cost) / cost if cost else None
