"""What a replay adds up to: cost by month and rule, who gets what, how evenly, and how far it can be gamed.

Pure. Amounts are whole numbers in the gift's own unit (points, badges, tickets, cents).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from incentives.rulebook.definition import Gift
from incentives.rulebook.folding import Effect

A_BURST: Final = 5  # times on one day that one rule gives to one person
MOST_NAMED: Final = 10  # winners, and losers
FEW: Final = 5  # of fewer people a sum of money says what each is paid

Person = int


def gini(amounts: Iterable[int]) -> float:
    """Return how unevenly amounts are spread: 0 all alike, towards 1 all with one. Nothing at all is even.

    G = Σ (2i - n - 1) x_i / (n Σ x_i), x ascending, i from 1: the half relative mean difference (Gini 1912; Sen, On
    Economic Inequality, 1973, section 2.7).
    """
    ascending = sorted(amounts)
    n, total = len(ascending), sum(ascending)
    if not total:
        return 0.0
    return sum((2 * i - n - 1) * amount for i, amount in enumerate(ascending, start=1)) / (n * total)


@dataclass
class Tab:
    """What a set of rules gives of one gift, added up effect by effect."""

    total: int = 0
    by_month: dict[dt.date, int] = field(default_factory=lambda: defaultdict(int))
    by_rule: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    by_person: dict[Person, int] = field(default_factory=lambda: defaultdict(int))
    by_actor: dict[tuple[Person | None, Person], int] = field(default_factory=lambda: defaultdict(int))
    bursts: int = 0
    # What a rule gave a person on the last day on which it gave them something: (day, times, amount).
    last_day: dict[tuple[int, Person], tuple[dt.date, int, int]] = field(default_factory=dict)

    # Whose money is in the sum of a month, and of a rule: counted for money alone.
    in_month: dict[dt.date, set[Person]] = field(default_factory=lambda: defaultdict(set))
    in_rule: dict[int, set[Person]] = field(default_factory=lambda: defaultdict(set))

    def pay(self, person: Person, month: dt.date, rule: int, cents: int) -> None:
        """Count money that somebody gets for a month."""
        self.total += cents
        self.by_month[month] += cents
        self.by_rule[rule] += cents
        self.by_person[person] += cents
        self.in_month[month].add(person)
        self.in_rule[rule].add(person)

    def add(self, effect: Effect, actor: Person | None) -> None:
        """Count what one event gave."""
        amount, person, day = effect.amount, effect.person.id, effect.happening.day
        self.total += amount
        self.by_month[day.replace(day=1)] += amount
        self.by_rule[effect.rule.id] += amount
        self.by_person[person] += amount
        self.by_actor[actor, person] += amount
        self._count_burst((effect.rule.id, person), day, amount)
        if effect.rule.definition.gives.gift == Gift.MONEY:
            self.in_month[day.replace(day=1)].add(person)
            self.in_rule[effect.rule.id].add(person)

    def _count_burst(self, whose: tuple[int, Person], day: dt.date, amount: int) -> None:
        before, times, given = self.last_day.get(whose, (day, 0, 0))
        if before != day:
            times, given = 0, 0
        self.last_day[whose] = (day, times + 1, given + amount)
        if times + 1 == A_BURST:
            self.bursts += given + amount
        elif times + 1 > A_BURST:
            self.bursts += amount

    def lose(self, effect: Effect) -> None:
        """Take off what was promised and did not come true."""
        self.total -= effect.amount
        self.by_month[effect.happening.day.replace(day=1)] -= effect.amount
        self.by_rule[effect.rule.id] -= effect.amount
        self.by_person[effect.person.id] -= effect.amount


@dataclass
class Outcome:
    """What a set of rules gives, gift by gift, and what of it still waits for milestones."""

    tabs: dict[Gift, Tab] = field(default_factory=dict)
    waiting: int = 0
    lost: int = 0

    def add(self, effect: Effect, actor: Person | None) -> None:
        """Count what one event gave."""
        gift = effect.rule.definition.gives.gift
        self.tabs.setdefault(gift, Tab()).add(effect, actor)

    def settle(self, promised: Iterable[Effect], at: dt.datetime) -> None:
        """Count promises that did not come true: those that ran out before `at` are lost, the others wait."""
        for effect in promised:
            if effect.until is not None and effect.until < at:
                self.tabs[Gift.POINTS].lose(effect)
                self.lost += effect.amount
            else:
                self.waiting += effect.amount

    def told(self, names: Mapping[int, str]) -> dict[str, Any]:
        """Return it as it is kept: JSON, in one order; `names` are those of the rules, by id."""
        return {
            "waiting": self.waiting,
            "lost": self.lost,
            "gifts": {gift.value: _told(self.tabs[gift], names) for gift in Gift if gift in self.tabs},
        }


def _told(tab: Tab, names: Mapping[int, str]) -> dict[str, Any]:
    got = [amount for amount in tab.by_person.values() if amount > 0]
    return {
        "total": tab.total,
        "people": len(got),
        "gini": round(gini(got), 4),
        "months": [[month.isoformat(), amount] for month, amount in sorted(tab.by_month.items())],
        "rules": [[names[rule], amount] for rule, amount in sorted(tab.by_rule.items())],
        "exposure": exposure(tab),
        "few_months": [month.isoformat() for month, people in sorted(tab.in_month.items()) if len(people) < FEW],
        "few_rules": [names[rule] for rule, people in sorted(tab.in_rule.items()) if len(people) < FEW],
    }


def exposure(tab: Tab) -> dict[str, float]:
    """Return which share of what is given invites gaming, each from 0 to 1.

    `own`: given to who did it oneself. `pair`: the most that one colleague's acts give to one other. `bursts`: given
    on days on which a rule gave somebody something A_BURST times or more.
    """
    if tab.total <= 0:
        return {"own": 0.0, "pair": 0.0, "bursts": 0.0}
    own = sum(amount for (actor, person), amount in tab.by_actor.items() if actor == person)
    pairs = [amount for (actor, person), amount in tab.by_actor.items() if actor is not None and actor != person]
    shares = {"own": own, "pair": max(pairs, default=0), "bursts": tab.bursts}
    return {name: round(min(amount, tab.total) / tab.total, 4) for name, amount in shares.items()}


def compared(now: Mapping[Person, int], tried: Mapping[Person, int]) -> dict[str, Any]:
    """Return who gets more and who less, as `[person, now, tried]`, most first; and how many of each there are."""
    moved = {person: tried.get(person, 0) - now.get(person, 0) for person in {*now, *tried}}
    lines = sorted(moved.items(), key=lambda line: (-abs(line[1]), line[0]))
    more = [(person, by) for person, by in lines if by > 0]
    less = [(person, by) for person, by in lines if by < 0]
    return {
        "more": len(more),
        "less": len(less),
        "same": len(moved) - len(more) - len(less),
        "winners": [[person, now.get(person, 0), tried.get(person, 0)] for person, _by in more[:MOST_NAMED]],
        "losers": [[person, now.get(person, 0), tried.get(person, 0)] for person, _by in less[:MOST_NAMED]],
    }
