"""What a new version of a rule begins with: its caps count what the rule gave before in the spans that go on.

Tallies are kept for the spans that versions so far asked for. A version that asks for another one finds it counted here
once, from what was given; from then on every version counts for it (`folding.together`).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from incentives.badges.models import BadgeGrant
from incentives.draws.models import Ticket
from incentives.ledger.enums import BookingKind
from incentives.ledger.models import Entry
from incentives.ledger.selectors import OWN
from incentives.pay.models import Accrual
from incentives.rulebook.definition import Gift, Span
from incentives.rulebook.folding import ALL, holder, is_part, key_of
from incentives.rulebook.models import Rule, RuleTally
from incentives.rulebook.paying import rules_of
from refprogram.kernel import rollups
from refprogram.kernel.models import Delivery, Event

Sums = dict[str, list[int]]  # by holder: amount, times
Given = tuple[int, int, int]  # person, amount, times
FREES_CAPS = "incentives.handlers.free_caps"


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
    for person, amount, times in _GIVEN[rule.says.gives.gift](rule, since):
        for whose in (holder(person), ALL):
            sums[whose][0] += amount
            sums[whose][1] += times
    return sums


def _set(rule: Rule, key: str, sums: Sums) -> None:
    rows = list(RuleTally.objects.filter(rule=rule).order_by("pk"))
    for row in rows:
        row.sums[key] = sums.get(row.holder, [0, 0])
    RuleTally.objects.bulk_update(rows, ["sums"], batch_size=500)


# ---------------------------------------------------------------- what was given


def _points(rule: Rule, since: dt.datetime) -> Iterable[Given]:
    """Yield what was earned or promised and not taken back. Parts of one time are one time."""
    entries = Entry.objects.filter(rule=rule, kind=BookingKind.EARNED, event__isnull=False, occurred_at__gte=since)
    lines = entries.filter(postings__book__in=OWN, postings__wallet__person__isnull=False).order_by("pk")
    gone, seen = _taken_back(rule), set()
    for pk, key, person, amount in lines.values_list("pk", "key", "postings__wallet__person", "postings__amount"):
        time = key.rpartition(":")[0] if is_part(key) else key
        first = time not in seen
        seen.add(time)
        taken = pk in gone
        yield person, 0 if taken else amount, first - (taken and not is_part(key))


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


def _badges(rule: Rule, since: dt.datetime) -> Iterable[Given]:
    rows = BadgeGrant.objects.filter(rule=rule, occurred_at__gte=since).values_list("person", flat=True)
    return ((person, 1, 1) for person in rows)


def _tickets(rule: Rule, since: dt.datetime) -> Iterable[Given]:
    rows = Ticket.objects.filter(rule=rule, occurred_at__gte=since).values_list("person", "count")
    return ((person, count, 1) for person, count in rows)


def _money(rule: Rule, since: dt.datetime) -> Iterable[Given]:
    rows = Accrual.objects.filter(rule=rule, reverses__isnull=True, occurred_at__gte=since)
    return ((person, int(amount * 100), 1) for person, amount in rows.values_list("person", "amount"))


_GIVEN: dict[Gift, Callable[[Rule, dt.datetime], Iterable[Given]]] = {
    Gift.POINTS: _points,
    Gift.BADGE: _badges,
    Gift.TICKET: _tickets,
    Gift.MONEY: _money,
}
