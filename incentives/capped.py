"""What gave nothing because the most a quarter is reached: said on "My points", booked nowhere."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils import timezone

from incentives.enums import Book, RuleState
from incentives.models import Entry, Rule
from incentives.periods import quarter_of
from refprogram.kernel.models import Event
from refprogram.kernel.timeline import entries as sentences
from refprogram.people.models import Person, User

MOST = 20  # lines per rule


@dataclass(frozen=True)
class Unpaid:
    """Something that gave no points: what happened, and by which rule it would have."""

    rule: Rule
    why: Any
    occurred_at: dt.datetime


def unpaid(viewer: User) -> list[Unpaid]:
    """Return what the viewer did this quarter that gave nothing, newest first; a query more for each rule used up."""
    begins, ends = quarter_of(timezone.now())
    person = viewer.person
    used_up = _used_up(person, begins, ends)
    found = [(rule, event) for rule in used_up for event in _gave_nothing(rule, person, begins, ends)]
    events = [event for _rule, event in found]
    told: dict[int | None, Any] = {line.event_id: line.text for line in sentences(events, viewer)}
    lines = [Unpaid(rule, told.get(event.pk, ""), event.occurred_at) for rule, event in found]
    return sorted(lines, key=lambda line: line.occurred_at, reverse=True)


def _used_up(person: Person, begins: dt.datetime, ends: dt.datetime) -> list[Rule]:
    theirs = Q(
        entries__postings__person=person,
        entries__postings__book=Book.AVAILABLE,
        entries__occurred_at__gte=begins,
        entries__occurred_at__lt=ends,
    )
    live = Rule.objects.filter(state=RuleState.LIVE, cap_per_quarter__isnull=False)
    return list(
        live.filter(theirs).annotate(paid=Sum("entries__postings__amount")).filter(paid__gte=F("cap_per_quarter"))
    )


def _gave_nothing(rule: Rule, person: Person, begins: dt.datetime, ends: dt.datetime) -> list[Event]:
    """Return the quarter's events that the rule would have paid for, had it not been used up."""
    events = Event.objects.filter(
        ~Exists(Entry.objects.filter(rule=rule, event=OuterRef("pk"))),
        topic=rule.topic,
        occurred_at__gte=max(begins, rule.live_since or begins),
        occurred_at__lt=ends,
        **{f"payload__{rule.beneficiary}": person.pk},
    )
    return list(events.order_by("-id")[:MOST])
