"""A rule as it is typed: what stands in which field of the page, line by line. No sense is made of it here.

Lines of a kind are numbered: `condition-0-fact`, `cap-1-most`, `milestone-0-days`.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.utils.datastructures import MultiValueDict

from incentives.rulebook.definition import Condition, Definition, Gift, Op

Typed = MultiValueDict[str, str]
# The kinds of lines; what one is known by stands first.
LINES: Final = {
    "condition": ("fact", "op", "value"),
    "cap": ("most", "span", "each"),
    "milestone": ("percent", "topic", "days"),
}
MOST_LINES: Final = 10
EACH, ALL_TOGETHER = "each", "all"
YES, NO = "yes", "no"


def numbers(typed: Typed, kind: str) -> list[int]:
    """Return the numbers of the lines of a kind, in their order."""
    pattern = re.compile(rf"{kind}-(\d{{1,3}})-{LINES[kind][0]}")
    found = sorted(int(match[1]) for name in typed if (match := pattern.fullmatch(name)))
    return found[: MOST_LINES + 1]  # one more than are allowed is refused in words


def with_line(typed: Typed, kind: str) -> Typed:
    """Return what is typed with an empty line more."""
    more = typed.copy()
    last = max(numbers(typed, kind), default=-1)
    more.setlist(f"{kind}-{last + 1}-{LINES[kind][0]}", [""])
    return more


def without_line(typed: Typed, kind: str, number: int) -> Typed:
    """Return what is typed without a line."""
    gone = {f"{kind}-{number}-{part}" for part in LINES[kind]}
    return MultiValueDict({name: values for name, values in typed.lists() if name not in gone})


def stepped(typed: Typed, act: str) -> Typed:
    """Return what is typed after a step: `add-cap`, `drop-cap-1`; any other changes nothing."""
    step = re.fullmatch(r"(add|drop)-(condition|cap|milestone)(?:-(\d{1,3}))?", act)
    if step is None:
        return typed
    if step[1] == "add":
        return with_line(typed, step[2])
    return without_line(typed, step[2], int(step[3] or -1))


# ---------------------------------------------------------------- a definition, typed


def typed_of(name: str, says: Definition) -> Typed:
    """Return a rule as if somebody had typed it."""
    gives = says.gives
    cents = gives.gift == Gift.MONEY
    typed: dict[str, Iterable[Any]] = {
        "name": [name],
        "topic": [says.topic],
        "who": [says.who],
        "roles": says.audience.roles,
        "teams": says.audience.teams,
        "regions": says.audience.regions,
        "hired_before": _one(says.audience.hired_before),
        "gift": [gives.gift.value],
        "amount": [_amount(gives.amount, cents)],
        "badge": _one(gives.of if gives.gift == Gift.BADGE else None),
        "draw": _one(gives.of if gives.gift == Gift.TICKET else None),
        "fading_span": _one(says.fading and says.fading.span.value),
        "percents": _one(says.fading and ", ".join(map(str, says.fading.percents))),
        "halves_days": _one(says.halves_days),
        "starts_on": _one(says.starts_on),
        "ends_on": _one(says.ends_on),
        "pot": _one(says.pot),
    }
    for n, condition in enumerate(says.conditions):
        typed |= _line("condition", n, [condition.fact], [condition.op.value], _values(condition))
    for n, cap in enumerate(says.caps):
        typed |= _line("cap", n, [_amount(cap.most, cents)], [cap.span.value], [EACH if cap.each else ALL_TOGETHER])
    for n, one in enumerate(says.milestones):
        typed |= _line("milestone", n, [one.percent], [one.topic], [one.days])
    texts = {key: [str(value) for value in values] for key, values in typed.items()}
    return MultiValueDict({key: values for key, values in texts.items() if values})


def _line(kind: str, n: int, *values: Iterable[Any]) -> dict[str, Iterable[Any]]:
    return {f"{kind}-{n}-{part}": value for part, value in zip(LINES[kind], values, strict=True)}


def _one(value: Any) -> list[Any]:
    return [] if value is None else [value]


def _amount(amount: int, cents: bool) -> str:
    return f"{Decimal(amount) / 100:.2f}" if cents else str(amount)


def _values(condition: Condition) -> list[Any]:
    """Return the values of a condition; yes or no as one reads it: "is not yes" is no."""
    if all(isinstance(value, bool) for value in condition.values) and condition.values:
        return [YES if (True in condition.values) == (condition.op == Op.IS) else NO]
    return list(condition.values)
