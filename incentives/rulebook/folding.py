"""A rule as a fold over the stream: what has been given so far, and one more event, make what is given now.

Pure: no database, no clock. The relay folds events as they come (`paying.py`), the simulation folds those of a year
(`incentives.simulation`); both call `Fold`, so a live rule simulated gives what it gave. All amounts are whole numbers
(points, badges, tickets, cents); what does not divide is rounded down, the rest of shares goes to the first.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, NamedTuple

from incentives.rulebook.definition import Cap, Condition, Definition, Gift, Op, Span
from incentives.rulebook.vocabulary import BY_TOPIC, FactKind, holders_of
from refprogram.kernel import rollups

ALL: Final = ""  # the holder of what a rule has given to everybody together


class Happening(NamedTuple):
    """One event of the stream, as rules see it; `day` is the day it counts for, in the program's zone."""

    id: int
    topic: str
    subject: tuple[str, int]
    account_id: int | None
    payload: Mapping[str, Any]
    occurred_at: dt.datetime
    day: dt.date


class Someone(NamedTuple):
    """A person as rules see them: colleagues have a role, customers none."""

    id: int
    role: str | None = None
    team_id: int | None = None
    region_id: int | None = None
    hired_on: dt.date | None = None


class Effect(NamedTuple):
    """What one event makes of one rule: so much for somebody; with `waits` only promised until that topic follows."""

    key: str
    rule: "LiveRule"
    person: Someone
    amount: int
    happening: Happening
    waits: str = ""
    until: dt.datetime | None = None


class Tally:
    """What a rule has given to one holder, span by span: `sums["quarter:2026-10-01"] == [amount, times]`."""

    __slots__ = ("changed", "sums")

    def __init__(self, sums: dict[str, list[int]] | None = None) -> None:
        self.sums = sums or {}
        self.changed = False

    def given(self, span: str) -> int:
        """Return how much was given in a span."""
        return self.sums[span][0] if span in self.sums else 0

    def times(self, span: str) -> int:
        """Return how often something was given in a span."""
        return self.sums[span][1] if span in self.sums else 0

    def add(self, spans: Iterable[str], amount: int, times: int = 1) -> None:
        """Count what was given, or with minus signs what was taken back."""
        for span in spans:
            sums = self.sums.setdefault(span, [0, 0])
            sums[0] += amount
            sums[1] += times
        self.changed = True


Tallies = MutableMapping[tuple[int, str], Tally]


@dataclass(frozen=True, eq=False)
class LiveRule:
    """A version of a rule for the time that it was on (`since` to `until`; None: without end).

    `others` are what its other versions say: it counts for their caps, too. `only`: the persons whom it gives to alone
    while it is tried; None: everybody whom its definition means.
    """

    id: int
    version: int
    name: str
    definition: Definition
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    others: tuple[Definition, ...] = ()
    only: frozenset[int] | None = None
    holds: Callable[[Mapping[str, Any]], bool] = field(init=False)
    spans: tuple[Span, ...] = field(init=False)
    spans_of_all: tuple[Span, ...] = field(init=False)

    def __post_init__(self) -> None:
        versions = (self.definition, *self.others)
        caps = [cap for version in versions for cap in version.caps]
        own = {cap.span for cap in caps if cap.each} | {version.fading.span for version in versions if version.fading}
        object.__setattr__(self, "holds", compiled(self.definition))
        object.__setattr__(self, "spans", tuple(sorted(own | {Span.TOTAL})))
        shared = {cap.span for cap in caps if not cap.each} | {Span.TOTAL}
        object.__setattr__(self, "spans_of_all", tuple(sorted(shared)))

    def reaches(self, person: Someone) -> bool:
        """Whether it gives to somebody: in its audience, and while it is tried one of the few."""
        return _is_in(self.definition.audience, person) and (self.only is None or person.id in self.only)

    def was_on(self, happening: Happening) -> bool:
        """Whether it gives for what happened then."""
        at, day, definition = happening.occurred_at, happening.day, self.definition
        return (
            (self.since is None or self.since <= at)
            and (self.until is None or at < self.until)
            and (definition.starts_on is None or definition.starts_on <= day)
            and (definition.ends_on is None or day <= definition.ends_on)
        )


def together(rules: Sequence[LiveRule]) -> list[LiveRule]:
    """Return the versions of rules, each counting for the caps of the others of its rule as well."""
    said: dict[int, list[Definition]] = {}
    for rule in rules:
        said.setdefault(rule.id, []).append(rule.definition)
    return [replace(rule, others=tuple(said[rule.id])) for rule in rules]


@dataclass
class Fold:
    """Folds events into effects. `tallies` is what was given before, and is kept up; `pots` what pots still hold."""

    people: Mapping[int, Someone]
    tallies: Tallies
    pots: MutableMapping[int, int] = field(default_factory=dict)
    # Who somebody is by a customer's contact id.
    of_contacts: Mapping[int, int] = field(default_factory=dict)

    def effects(self, rule: LiveRule, happening: Happening) -> list[Effect]:
        """Return what a rule gives for what happened, and count it; nothing when it does not hold."""
        definition = rule.definition
        if happening.topic != definition.topic or not rule.was_on(happening) or not rule.holds(happening.payload):
            return []
        found: list[Effect] = []
        named = self._named(rule, happening)
        for (person, whole), suffix in zip(_shared(rule, named), _suffixes(named), strict=True):
            amount = self._worth(rule, happening, person, whole)
            if amount > 0:
                self._count(rule, happening, person, amount)
                found += _promised(rule, happening, person, amount, suffix)
        return found

    def take_back(self, rule: LiveRule, person: int, day: dt.date, amount: int, *, key: str = "") -> None:
        """Free the caps of what was taken back: it counts as never given. `key` is that of what had been given.

        What is given in parts was one time: the part that waits for a milestone takes none with it.
        """
        times = 0 if is_part(key) else -1
        self._tally(rule, holder(person)).add(_keys(rule.spans, day), -amount, times)
        self._tally(rule, ALL).add(_keys(rule.spans_of_all, day), -amount, times)

    def _named(self, rule: LiveRule, happening: Happening) -> list[tuple[Someone, int]]:
        """Return who is meant, with their shares: those who are there and whom the rule reaches."""
        who = BY_TOPIC[happening.topic].who[rule.definition.who]
        shares = holders_of(happening.payload, who)
        if who.customer:
            shares = [(self.of_contacts.get(contact, 0), percent) for contact, percent in shares]
        found = ((self.people.get(person), percent) for person, percent in shares)
        return [(one, percent) for one, percent in found if one is not None and rule.reaches(one)]

    def _worth(self, rule: LiveRule, happening: Happening, person: Someone, whole: int) -> int:
        """Return what it is worth this time: fading and halving first, then what caps and pot still allow."""
        definition = rule.definition
        own, shared = self._tally(rule, holder(person.id)), self._tally(rule, ALL)
        amount = whole
        if definition.fading:
            before = max(0, own.times(key_of(definition.fading.span, happening.day)))
            percents = definition.fading.percents
            amount = amount * percents[min(before, len(percents) - 1)] // 100
        if definition.halves_days:
            amount = _halved(amount, definition.halves_days, rule.since, happening.occurred_at)
        for cap in definition.caps:
            amount = min(amount, _left(cap, own if cap.each else shared, happening.day))
        if definition.pot is not None:
            amount = min(amount, self.pots.get(definition.pot, 0))
        return amount

    def _count(self, rule: LiveRule, happening: Happening, person: Someone, amount: int) -> None:
        self._tally(rule, holder(person.id)).add(_keys(rule.spans, happening.day), amount)
        self._tally(rule, ALL).add(_keys(rule.spans_of_all, happening.day), amount)
        pot = rule.definition.pot
        if pot is not None:
            self.pots[pot] = self.pots.get(pot, 0) - amount

    def _tally(self, rule: LiveRule, whose: str) -> Tally:
        key = (rule.id, whose)
        tally = self.tallies.get(key)
        if tally is None:
            tally = self.tallies[key] = Tally()
        return tally


def is_part(key: str) -> bool:
    """Whether a key is that of a part that waited for a milestone: "…:m1"."""
    return key.rpartition(":")[2].startswith("m")


def holder(person: int) -> str:
    """Return the name of a person's tally."""
    return f"p{person}"


# ---------------------------------------------------------------- conditions


def compiled(definition: Definition) -> Callable[[Mapping[str, Any]], bool]:
    """Return the conditions of a rule as one question to what an event tells."""
    facts = BY_TOPIC[definition.topic].facts if definition.topic in BY_TOPIC else {}
    asked = [_question(one, facts[one.fact].kind) for one in definition.conditions if one.fact in facts]
    return lambda payload: all(question(payload) for question in asked)


def _question(condition: Condition, kind: FactKind) -> Callable[[Mapping[str, Any]], bool]:
    name, wanted, op = condition.fact, condition.values, condition.op
    if op in {Op.AT_LEAST, Op.AT_MOST}:
        limit = Decimal(str(wanted[0]))
        sign = 1 if op == Op.AT_LEAST else -1
        return lambda payload: (number := _number(payload.get(name))) is not None and sign * (number - limit) >= 0
    if kind == FactKind.FLAG:
        return lambda payload: (bool(payload.get(name)) in wanted) == (op == Op.IS)
    return lambda payload: (payload.get(name) in wanted) == (op == Op.IS)


def _number(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _is_in(audience: Any, person: Someone) -> bool:
    return (
        (not audience.roles or person.role in audience.roles)
        and (not audience.teams or person.team_id in audience.teams)
        and (not audience.regions or person.region_id in audience.regions)
        and (audience.hired_before is None or (person.hired_on is not None and person.hired_on < audience.hired_before))
    )


# ---------------------------------------------------------------- how much


def _shared(rule: LiveRule, named: Sequence[tuple[Someone, int]]) -> list[tuple[Someone, int]]:
    """Divide what is given by the shares; what is left over by rounding goes to the first. A badge is not divided."""
    gives = rule.definition.gives
    if gives.gift == Gift.BADGE:
        return [(person, gives.amount) for person, _percent in named]
    parts = [gives.amount * percent // 100 for _person, percent in named]
    if parts and sum(percent for _person, percent in named) == 100:
        parts[0] += gives.amount - sum(parts)
    return [(person, part) for (person, _percent), part in zip(named, parts, strict=True)]


def _suffixes(named: Sequence[tuple[Someone, int]]) -> list[str]:
    """Return what tells the keys of several holders apart; the first has none."""
    return ["" if n == 0 else f":{holder(person.id)}" for n, (person, _percent) in enumerate(named)]


def _left(cap: Cap, tally: Tally, day: dt.date) -> int:
    return max(0, cap.most - tally.given(key_of(cap.span, day)))


def _halved(amount: int, days: int, since: dt.datetime | None, at: dt.datetime) -> int:
    """Return what is left after some half-lives, rounded to the nearest whole number (half to even)."""
    if since is None:
        return amount
    passed = (at - since).total_seconds() / 86_400
    return round(amount * 0.5 ** (max(0.0, passed) / days))


def _promised(rule: LiveRule, happening: Happening, person: Someone, amount: int, suffix: str) -> list[Effect]:
    """Divide into what is given at once and what waits for milestones."""
    key = f"{happening.id}:{rule.id}:{rule.version}{suffix}"
    waiting: list[Effect] = []
    for n, milestone in enumerate(rule.definition.milestones, start=1):
        part = amount * milestone.percent // 100
        if part > 0:
            until = happening.occurred_at + dt.timedelta(days=milestone.days)
            waiting.append(Effect(f"{key}:m{n}", rule, person, part, happening, milestone.topic, until))
    now = amount - sum(effect.amount for effect in waiting)
    return [Effect(key, rule, person, now, happening), *waiting] if now else waiting


# ---------------------------------------------------------------- spans


@lru_cache(maxsize=4096)
def key_of(span: Span, day: dt.date) -> str:
    """Return how a span that a day lies in is called in tallies: "quarter:2026-10-01"."""
    if span == Span.TOTAL:
        return Span.TOTAL.value
    starts_on = day if span == Span.DAY else rollups.start_of(span.value, day)
    return f"{span.value}:{starts_on.isoformat()}"


@lru_cache(maxsize=4096)
def _keys(spans: tuple[Span, ...], day: dt.date) -> tuple[str, ...]:
    return tuple(key_of(span, day) for span in spans)
