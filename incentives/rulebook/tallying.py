"""What a new version of a rule begins with: its caps count what the rule gave before in the spans that go on.

Tallies are kept for the spans that versions so far asked for. A version that asks for another one finds it counted here
once, from what was given; from then on every version counts for it (`folding.together`).

Two customers' people who turn out to be one share one limit: what each was given is summed (`join`), and counted anew
for each when they are two again (`part`). All in the lane "rules".
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from incentives.badges.models import BadgeGrant
from incentives.draws.models import Ticket
from incentives.ledger.enums import BookingKind
from incentives.ledger.models import Entry
from incentives.ledger.selectors import OWN
from incentives.pay.models import Accrual
from incentives.rulebook.definition import Gift, Span
from incentives.rulebook.folding import ALL, Tally, holder, is_part, key_of
from incentives.rulebook.models import Rule, RuleTally
from incentives.rulebook.paying import rules_of
from refprogram.kernel import rollups
from refprogram.kernel.models import Delivery, Event

Sums = dict[str, list[int]]  # by holder: amount, times
FREES_CAPS = "incentives.handlers.free_caps"


class Given(NamedTuple):
    """So much that a rule gave to a person for one event, and how often that counts."""

    person: int
    at: dt.datetime
    amount: int
    times: int


class Asked(NamedTuple):
    """What is looked for: what a rule gave since then (None: ever), to these people (None: all)."""

    rule: Rule
    since: dt.datetime | None = None
    people: Collection[int] | None = None


def catch_up(rule: Rule) -> None:
    """Count what the rule gave in the present day, week, … for each span of its new version. In the lane "rules"."""
    versions = rules_of(rule.spans.all())
    newest = next(one for one in versions if one.version == rule.version)
    if len(versions) == 1:
        return
    today = rollups.day_of(timezone.now())
    for span in {*newest.spans, *newest.spans_of_all} - {Span.TOTAL}:
        _set(rule, key_of(span, today), _sums(rule, _begin(span, today)))


def _begin(span: Span, day: dt.date) -> dt.datetime:
    return rollups.moment_of(day if span == Span.DAY else rollups.start_of(span.value, day))


def _sums(rule: Rule, since: dt.datetime) -> Sums:
    sums: Sums = defaultdict(lambda: [0, 0])
    for given in _given(Asked(rule, since)):
        for whose in (holder(given.person), ALL):
            sums[whose][0] += given.amount
            sums[whose][1] += given.times
    return sums


def _set(rule: Rule, key: str, sums: Sums) -> None:
    rows = list(RuleTally.objects.filter(rule=rule).order_by("pk"))
    for row in rows:
        row.sums[key] = sums.get(row.holder, [0, 0])
    RuleTally.objects.bulk_update(rows, ["sums"], batch_size=500)


# ---------------------------------------------------------------- two who are one


def join(gone: int, stays: int) -> list[int]:
    """Let what counted for one person count for another; return the rules that this is about."""
    theirs = list(RuleTally.objects.filter(holder=holder(gone)).order_by("pk"))
    rows = {row.rule_id: row for row in RuleTally.objects.filter(holder=holder(stays), rule__in=_rules(theirs))}
    for row in theirs:
        into = rows.setdefault(row.rule_id, RuleTally(rule_id=row.rule_id, holder=holder(stays)))
        both = Tally(into.sums)
        for span, (amount, times) in row.sums.items():
            both.add([span], amount, times)
        into.sums = both.sums
        into.save()
        row.delete()
    return _rules(theirs)


def _rules(rows: Iterable[RuleTally]) -> list[int]:
    return [row.rule_id for row in rows]


def part(rules: Iterable[int], people: Collection[int]) -> None:
    """Count anew what these rules gave to each of these persons, who were one for a while: as it is booked today."""
    for rule in Rule.objects.filter(pk__in=list(rules)).order_by("pk"):
        kept = {row.holder: row for row in RuleTally.objects.filter(rule=rule, holder__in=map(holder, people))}
        spans = {span for row in kept.values() for span in row.sums}
        counted = {whose: Tally() for whose in map(holder, people)}
        for given in _given(Asked(rule, people=people)):
            day = rollups.day_of(given.at)
            keys = {key_of(span, day) for span in Span} & spans
            counted[holder(given.person)].add(keys, given.amount, given.times)
        for whose, tally in counted.items():
            RuleTally.objects.update_or_create(rule=rule, holder=whose, defaults={"sums": tally.sums})


# ---------------------------------------------------------------- what was given


def _given(asked: Asked) -> Iterable[Given]:
    return _GIVEN[asked.rule.says.gives.gift](asked)


def _points(asked: Asked) -> Iterable[Given]:
    """Yield what was earned or promised and not taken back. Parts of one time are one time."""
    entries = Entry.objects.filter(
        rule=asked.rule, kind=BookingKind.EARNED, event__isnull=False,
        postings__book__in=OWN, postings__wallet__person__isnull=False,
    )  # fmt: skip
    # A wallet that went over to another one is that one's.
    whose = Coalesce("postings__wallet__merged_into__person", "postings__wallet__person")
    lines = entries.annotate(who=whose).filter(_asked_for(asked, "who")).order_by("pk")
    gone, seen = _taken_back(asked.rule), set()
    for pk, key, person, at, amount in lines.values_list("pk", "key", "who", "occurred_at", "postings__amount"):
        time = key.rpartition(":")[0] if is_part(key) else key
        first = time not in seen
        seen.add(time)
        taken = pk in gone
        yield Given(person, at, 0 if taken else amount, first - (taken and not is_part(key)))


def _asked_for(asked: Asked, person: str = "person") -> Q:
    since = Q(occurred_at__gte=asked.since) if asked.since is not None else Q()
    return since if asked.people is None else since & Q(**{f"{person}__in": list(asked.people)})


def _taken_back(rule: Rule) -> set[int]:
    """Return the entries that gave what was taken back, as far as caps have heard of it."""
    owed = Delivery.objects.filter(event=OuterRef("pk"), handler=FREES_CAPS, done_at__isnull=True)
    news = Event.objects.filter(topic="points.reversed", subject_type="entry")
    heard = news.filter(~Exists(owed)).filter(subject_id=OuterRef("pk"))
    rows: QuerySet[Entry] = Entry.objects.filter(Exists(heard), rule=rule, reversed_by__isnull=False)
    return {
        int(key.removeprefix("settle:")) if kind == BookingKind.VESTED else pk
        for pk, key, kind in rows.values_list("pk", "key", "kind")
    }


def _badges(asked: Asked) -> Iterable[Given]:
    rows = BadgeGrant.objects.filter(_asked_for(asked), rule=asked.rule).values_list("person", "occurred_at")
    return (Given(person, at, 1, 1) for person, at in rows)


def _tickets(asked: Asked) -> Iterable[Given]:
    rows = Ticket.objects.filter(_asked_for(asked), rule=asked.rule).values_list("person", "occurred_at", "count")
    return (Given(person, at, count, 1) for person, at, count in rows)


def _money(asked: Asked) -> Iterable[Given]:
    rows = Accrual.objects.filter(_asked_for(asked), rule=asked.rule, reverses__isnull=True)
    return (
        Given(person, at, int(amount * 100), 1)
        for person, at, amount in rows.values_list("person", "occurred_at", "amount")
    )


_GIVEN: dict[Gift, Callable[[Asked], Iterable[Given]]] = {
    Gift.POINTS: _points,
    Gift.BADGE: _badges,
    Gift.TICKET: _tickets,
    Gift.MONEY: _money,
}
