"""Folding rules over a past span of the stream. Reads only: nothing is booked, told or kept.

Live rules, folded with the times that they were on, give what they gave: the same fold, the same events in the same
order (of their ids). Two things that the relay saw may since have changed, and are taken as they are today: who is in
which team and role, and which contact is which person.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.db import connection

from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Entry, Posting, Wallet
from incentives.rulebook.folding import Effect, Fold, Happening, LiveRule
from incentives.rulebook.paying import people_of_all, persons_of_all_contacts
from incentives.rulebook.vocabulary import BY_TOPIC
from refprogram.kernel import rollups
from refprogram.kernel.models import Event

TAKEN_BACK: Final = "points.reversed"
BEGINNING: Final = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
END: Final = dt.datetime(9999, 12, 30, tzinfo=dt.UTC)
AT_ONCE: Final = 5000  # rows that the server hands over at once
_ROWS: Final = """
SELECT id, topic, subject_type, subject_id, account_id, actor_id, payload, occurred_at,
       CAST(occurred_at AT TIME ZONE %(zone)s AS date), at
FROM kernel_event
WHERE topic = ANY(%(topics)s) AND id <= %(upto)s AND occurred_at >= %(since)s AND occurred_at < %(before)s
ORDER BY id
"""

Tell = Callable[[int], None]
Receive = Callable[[Effect, int | None], None]  # what is given, and who did what it is given for


@dataclass(frozen=True)
class Stretch:
    """Which part of the stream is folded: what happened from `first` to `last`, of the events up to `upto`."""

    first: dt.date
    last: dt.date
    upto: int

    @property
    def since(self) -> dt.datetime:
        """When it begins, in the program's zone."""
        return rollups.moment_of(self.first)

    @property
    def before(self) -> dt.datetime:
        """When it is over."""
        return rollups.moment_of(self.last + dt.timedelta(days=1))


@dataclass
class Replay:
    """Rules over a stretch of the stream. `from_the_start`: what was around it is folded too, but told to nobody.

    What was told late was folded after what happened after it, and caps are filled in the order of telling. Pots are
    filled and get back what was given up when they were; a trial, which is about what might be, has all that was ever
    put in to begin with.

    After `run`, `waiting` holds what was promised and had not come true when the stretch ended.
    """

    rules: Sequence[LiveRule]
    stretch: Stretch
    from_the_start: bool = False
    waiting: dict[tuple[str, str, int], list[Effect]] = field(default_factory=lambda: defaultdict(list))

    def run(self, receive: Receive, tell: Tell = lambda done: None) -> None:
        """Fold event by event; tell `receive` of all that is given, and how many events are done."""
        fold, by_topic = self._fold(), self._by_topic()
        filling = _fillings(fold.pots, self.rules) if self.from_the_start else []
        taken_back = _taken_back({rule.id for rule in self.rules}) if self.from_the_start else {}
        for done, (happening, actor, told_at) in enumerate(self._happenings(bool(taken_back)), start=1):
            while filling and filling[-1].at <= told_at:
                _fill(fold, filling.pop())
            if happening.topic == TAKEN_BACK:
                self._free(fold, happening, taken_back)
            for rule in by_topic.get(happening.topic, ()):
                self._give(fold.effects(rule, happening), happening, actor, receive)
            if self.waiting:
                self._keep(happening)
            if done % AT_ONCE == 0:
                tell(done)

    def _give(self, effects: Sequence[Effect], happening: Happening, actor: int | None, receive: Receive) -> None:
        for effect in effects:
            if effect.waits:
                self.waiting[(effect.waits, *happening.subject)].append(effect)
            if self.stretch.first <= happening.day <= self.stretch.last:
                receive(effect, actor)

    def count(self) -> int:
        """Return how many events it has to fold."""
        since, before = self._bounds()
        events = Event.objects.filter(topic__in=self._topics(), pk__lte=self.stretch.upto)
        return events.filter(occurred_at__gte=since, occurred_at__lt=before).count()

    def _fold(self) -> Fold:
        customers = any(BY_TOPIC[rule.definition.topic].who[rule.definition.who].customer for rule in self.rules)
        pots = {rule.definition.pot for rule in self.rules if rule.definition.pot is not None}
        return Fold(
            people=people_of_all(),
            tallies={},
            pots=dict.fromkeys(pots, 0) if self.from_the_start else filled(pots),
            of_contacts=persons_of_all_contacts() if customers else {},
        )

    def _by_topic(self) -> Mapping[str, list[LiveRule]]:
        found: dict[str, list[LiveRule]] = defaultdict(list)
        for rule in sorted(self.rules, key=lambda rule: (rule.id, rule.version)):
            found[rule.definition.topic].append(rule)
        return dict(found)

    def _topics(self) -> list[str]:
        return sorted({topic for rule in self.rules for topic in rule.definition.topics})

    def _bounds(self) -> tuple[dt.datetime, dt.datetime]:
        return (BEGINNING, END) if self.from_the_start else (self.stretch.since, self.stretch.before)

    def _happenings(self, with_taken_back: bool) -> Iterator[tuple[Happening, int | None, dt.datetime]]:
        """Read the stream in the order of its ids, so much at once that memory stays small whatever its length."""
        since, before = self._bounds()
        asked = {
            "zone": settings.TIME_ZONE,
            "topics": [*self._topics(), *([TAKEN_BACK] if with_taken_back else [])],
            "upto": self.stretch.upto,
            "since": since,
            "before": before,
        }
        with connection.chunked_cursor() as cursor:
            cursor.itersize = AT_ONCE  # type: ignore[attr-defined]  # psycopg2's own
            cursor.execute(_ROWS, asked)
            for key, topic, kind, subject, account, actor, payload, at, day, told_at in cursor:
                yield Happening(key, topic, (kind, subject), account, json.loads(payload), at, day), actor, told_at

    def _keep(self, happening: Happening) -> None:
        """What was promised for this and came in time is kept: it waits no more."""
        key = (happening.topic, *happening.subject)
        left = [one for one in self.waiting.pop(key, ()) if one.until is None or happening.occurred_at > one.until]
        if left:
            self.waiting[key] = left

    def _free(self, fold: Fold, happening: Happening, taken_back: Mapping[int, "TakenBack"]) -> None:
        entry = taken_back.get(happening.subject[1])
        rules = {(rule.id, rule.version): rule for rule in self.rules}
        rule = rules.get((entry.rule, entry.version)) if entry else None
        person = happening.payload.get("person")
        if entry is not None and rule is not None and person is not None:
            fold.take_back(rule, person, entry.day, happening.payload["points"], key=entry.key)


@dataclass(frozen=True)
class TakenBack:
    """An entry of a rule that was taken back: for which day it counted, and its key."""

    rule: int
    version: int
    day: dt.date
    key: str


def _taken_back(rules: set[int]) -> dict[int, TakenBack]:
    """Return the entries of rules that were taken back, by id."""
    gone = list(Entry.objects.filter(rule__in=rules, reversed_by__isnull=False))
    # What came true counted when it was promised.
    promised = {entry.pk: int(entry.key.removeprefix("settle:")) for entry in gone if entry.kind == BookingKind.VESTED}
    promises = Entry.objects.in_bulk(promised.values())
    given = {entry.pk: promises[promised[entry.pk]] if entry.pk in promised else entry for entry in gone}
    return {
        pk: TakenBack(entry.rule_id or 0, entry.rule_version or 0, rollups.day_of(entry.occurred_at), entry.key)
        for pk, entry in given.items()
    }


@dataclass(frozen=True)
class Filling:
    """So much that was put into a pot, or came back, or went to others than the rules that are folded; and when."""

    at: dt.datetime
    pot: int
    amount: int


def _fillings(pots: Iterable[int], rules: Iterable[LiveRule]) -> list[Filling]:
    """Return what moved pots besides these rules, the last first."""
    sides = Posting.objects.filter(wallet__in=set(pots), book=Book.BUDGET)
    others = sides.exclude(entry__kind=BookingKind.EARNED, entry__rule__in={rule.id for rule in rules})
    rows = others.order_by("-entry__created_at", "-pk")
    return [Filling(*row) for row in rows.values_list("entry__created_at", "wallet", "amount")]


def _fill(fold: Fold, filling: Filling) -> None:
    fold.pots[filling.pot] += filling.amount


def filled(pots: set[int]) -> dict[int, int]:
    """Return all that was ever put into pots: what they held before anything was given from them."""
    funded = Entry.objects.filter(kind=BookingKind.FUNDED, postings__wallet__in=pots)
    sums: dict[int, int] = defaultdict(int)
    for pot, amount in funded.values_list("postings__wallet", "postings__amount"):
        sums[pot] += amount
    return {pot: sums[pot] for pot in Wallet.objects.filter(pk__in=pots).values_list("pk", flat=True)}


def last_event() -> int:
    """Return the id of the last event there is: what a trial is read up to, so that it can be done again."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
