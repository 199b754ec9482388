"""What gave nothing because the most of a span is reached: said on "My points", booked nowhere."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, TextField
from django.utils import timezone

from incentives.ledger.models import Entry
from incentives.rulebook.definition import Cap, Gift, Span
from incentives.rulebook.enums import RuleState
from incentives.rulebook.folding import Fold, LiveRule, Tally, holder, key_of
from incentives.rulebook.heard import happening_of
from incentives.rulebook.models import Rule, RuleTally
from incentives.rulebook.paying import people_of
from incentives.rulebook.sentences import A_SPAN
from incentives.rulebook.vocabulary import BY_TOPIC, Who
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Event
from refprogram.kernel.prepared import Given, Prepared
from refprogram.kernel.timeline import entries as sentences
from refprogram.people.models import Person, User

MOST = 20  # lines per rule


@dataclass(frozen=True)
class Unpaid:
    """Something that gave no points: what happened, and by which rule and cap it would have."""

    rule: Rule
    cap: Cap
    why: Any
    occurred_at: dt.datetime

    @property
    def span(self) -> Any:
        """For how long the cap counts, in words."""
        return A_SPAN[self.cap.span]


def unpaid(viewer: User) -> list[Unpaid]:
    """Return what the viewer did that gave nothing in the present span, newest first; a query for each rule used up."""
    used_up = _used_up(viewer.person)
    found = [(rule, cap, event) for rule, cap in used_up for event in _gave_nothing(rule, cap, viewer.person)]
    events = [event for _rule, _cap, event in found]
    told: dict[int | None, Any] = {line.event_id: line.text for line in sentences(events, viewer)}
    lines = [Unpaid(rule, cap, told.get(event.pk, ""), event.occurred_at) for rule, cap, event in found]
    return sorted(lines, key=lambda line: line.occurred_at, reverse=True)


_TALLIES = Prepared(
    lambda: (
        RuleTally.objects.filter(holder=Given("holder", TextField()), rule__state=RuleState.LIVE)
        .select_related("rule")
        .order_by("rule_id")
    )
)


def _used_up(person: Person) -> list[tuple[Rule, Cap]]:
    """Return the rules that give this person no more points for now, with the cap that says so: the longest."""
    today = rollups.day_of(timezone.now())
    found: list[tuple[Rule, Cap]] = []
    for row in _TALLIES(holder=holder(person.pk)):
        says, tally = row.rule.says, Tally(row.sums)
        if says.gives.gift != Gift.POINTS:
            continue
        reached = [cap for cap in says.caps if cap.each and tally.given(key_of(cap.span, today)) >= cap.most]
        if reached:
            found.append((row.rule, max(reached, key=lambda cap: list(Span).index(cap.span))))
    return found


def _gave_nothing(rule: Rule, cap: Cap, person: Person) -> list[Event]:
    """Return the span's events that the rule would have paid this person for, had it not been used up."""
    says = rule.says
    who = BY_TOPIC[says.topic].who[says.who]
    given = Entry.objects.filter(rule=rule, event=OuterRef("pk"), postings__wallet__person=person)
    events = Event.objects.filter(~Exists(given), _names(who, person), topic=says.topic)
    begins = [at for at in (rule.live_since, _begin(cap.span)) if at is not None]
    if begins:
        events = events.filter(occurred_at__gte=max(begins))
    # As if the rule had given nothing yet: whoever then gets something would have got it, but for the cap.
    live = LiveRule(rule.pk, rule.version, rule.name, says, rule.live_since)
    people, pots = people_of([person.pk]), {} if says.pot is None else {says.pot: says.gives.amount}
    newest = events.order_by("-id")[:MOST]
    return [one for one in newest if Fold(people, {}, dict(pots)).effects(live, happening_of(one))]


def _names(who: Who, person: Person) -> Q:
    """Return which events may name a person: alone, or among those who share."""
    alone = Q(**{f"payload__{who.field}": person.pk}) if who.field else Q()
    return alone | Q(**{f"payload__{who.shares}__contains": [[person.pk]]}) if who.shares else alone


def _begin(span: Span) -> dt.datetime | None:
    """Return when the present span began; None: there was no beginning."""
    if span == Span.TOTAL:
        return None
    today = rollups.day_of(timezone.now())
    first = today if span == Span.DAY else rollups.start_of(Period(span.value), today)
    return rollups.moment_of(first)
