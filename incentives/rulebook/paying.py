"""What rules give for what happened, written down: the fold of `folding.py` between what is read and what is booked.

A batch of events costs a fixed number of statements, whatever rules and people it meets.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from incentives.badges.services import BadgeGranting, grant_many
from incentives.draws.services import TicketsIn, add_tickets
from incentives.ledger.booking import Booking, Side, book
from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Entry, Wallet
from incentives.ledger.selectors import OWN
from incentives.ledger.services import wallets_of_ids
from incentives.pay.services import AccrualIn, accrue_many
from incentives.rulebook import pots, promises
from incentives.rulebook.definition import Gift, read
from incentives.rulebook.enums import PromiseState
from incentives.rulebook.folding import ALL, Effect, Fold, Happening, LiveRule, Someone, Tally, holder, together
from incentives.rulebook.heard import happening_of
from incentives.rulebook.models import Promise, RuleSpan, RuleTally
from incentives.rulebook.vocabulary import BY_TOPIC, holders_of
from references.models import Contact
from refprogram.kernel import rollups
from refprogram.kernel.models import Event
from refprogram.people.models import Person

_SAVE: Final = """
INSERT INTO incentives_ruletally (rule_id, holder, sums)
SELECT rule_id, holder, CAST(sums AS jsonb)
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS t (rule_id, holder, sums)
ON CONFLICT (rule_id, holder) DO UPDATE SET sums = EXCLUDED.sums
"""


@transaction.atomic
def pay(events: Sequence[Event]) -> None:
    """Give for these events what the rules that were on then say, and keep what was promised for them.

    Called in the lane "rules": two batches never read the same sums at the same time.
    """
    happenings = [happening_of(event) for event in events]
    promises.hold(happenings)
    rules = rules_on({one.topic for one in happenings})
    if rules:
        fold = Fold(*_known(rules, happenings))
        held = dict(fold.pots)
        effects = [effect for one in happenings for rule in rules for effect in fold.effects(rule, one)]
        _give(effects, fold)
        pots.warn({pot: points for pot, points in held.items() if fold.pots[pot] < points})
    promises.keep(happenings)


def rules_on(topics: Iterable[str]) -> list[LiveRule]:
    """Return the rules, version by version, that were on at some time and give for one of these topics."""
    wanted = set(topics)
    rules = RuleSpan.objects.filter(topics__overlap=sorted(wanted)).values("rule")
    return [rule for rule in rules_of(RuleSpan.objects.filter(rule__in=rules)) if rule.definition.topic in wanted]


def rules_of(spans: QuerySet[RuleSpan]) -> list[LiveRule]:
    """Return rules for the times that they were on; `spans` are all of each rule."""
    rows = spans.select_related("rule").order_by("rule_id", "pk")
    return together([_live(row) for row in rows])


def _live(row: RuleSpan) -> LiveRule:
    only = None if row.only is None else frozenset(row.only)
    definition = read(row.definition)
    return LiveRule(row.rule_id, row.version, row.rule.name, definition, row.since, row.until, only=only)


# ---------------------------------------------------------------- what is known before


def _known(
    rules: Sequence[LiveRule], happenings: Sequence[Happening]
) -> tuple[Mapping[int, Someone], dict[tuple[int, str], Tally], dict[int, int], Mapping[int, int]]:
    """Return people, tallies, pots and customers' persons of a batch: a query each, where there is anything to ask."""
    named, contacts = named_in(rules, happenings)
    of_contacts = persons_of_contacts(contacts)
    people = people_of(named | set(of_contacts.values()))
    rows = RuleTally.objects.filter(
        rule__in={rule.id for rule in rules}, holder__in=[ALL, *(holder(pk) for pk in people)]
    )
    tallies = {(row.rule_id, row.holder): Tally(row.sums) for row in rows}
    paid_from = {rule.definition.pot for rule in rules if rule.definition.pot is not None}
    held = Wallet.objects.select_for_update(no_key=True).filter(pk__in=paid_from).order_by("pk") if paid_from else ()
    return people, tallies, {wallet.pk: wallet.budget for wallet in held}, of_contacts


def named_in(rules: Iterable[LiveRule], happenings: Iterable[Happening]) -> tuple[set[int], set[int]]:
    """Return the ids of the persons, and of the customers' contacts, whom rules may give to."""
    asked = defaultdict(set)
    for rule in rules:
        asked[rule.definition.topic].add(rule.definition.who)
    persons: set[int] = set()
    contacts: set[int] = set()
    for one in happenings:
        for name in asked.get(one.topic, ()):
            who = BY_TOPIC[one.topic].who[name]
            (contacts if who.customer else persons).update(pk for pk, _percent in holders_of(one.payload, who))
    return persons, contacts


def persons_of_contacts(contacts: Iterable[int]) -> dict[int, int]:
    """Return the persons of customers' contacts."""
    wanted = sorted(contacts)
    return dict(_their_persons(Contact.objects.filter(pk__in=wanted))) if wanted else {}


def _their_persons(contacts: QuerySet[Contact]) -> Iterable[tuple[int, int]]:
    """Return contact and person; of one that was merged into another, that one's."""
    return contacts.values_list("pk", Coalesce("merged_into__person_id", "person_id"))


def people_of(ids: Iterable[int]) -> dict[int, Someone]:
    """Return people as rules see them today, by id."""
    return _people(Person.objects.filter(pk__in=sorted(ids)))


def _people(persons: QuerySet[Person]) -> dict[int, Someone]:
    columns = ("pk", "user__role", "user__team_id", "user__team__region_id", "user__hired_on")
    return {row[0]: Someone(*row) for row in persons.filter(erased_at__isnull=True).values_list(*columns)}


def people_of_all() -> dict[int, Someone]:
    """Return everybody as rules see them today, by id: for who folds the whole stream."""
    return _people(Person.objects.all())


def persons_of_all_contacts() -> dict[int, int]:
    """Return the persons of all contacts: for who folds the whole stream."""
    return dict(_their_persons(Contact.objects.all()))


# ---------------------------------------------------------------- what is given


def _give(effects: Sequence[Effect], fold: Fold) -> None:
    by_gift: dict[Gift, list[Effect]] = defaultdict(list)
    for effect in effects:
        by_gift[effect.rule.definition.gives.gift].append(effect)
    for gift, theirs in by_gift.items():
        _GIVERS[gift](theirs, fold)
    _save(fold)


def _give_points(effects: Sequence[Effect], fold: Fold) -> None:
    wallets = wallets_of_ids({effect.person.id for effect in effects})
    paid = Wallet.objects.in_bulk({e.rule.definition.pot for e in effects if e.rule.definition.pot is not None})
    made = book([_booking(effect, wallets[effect.person.id], paid) for effect in effects])
    _take_back([effect for effect in effects if effect.key not in made], fold)  # it was given before
    new = [effect for effect in effects if effect.key in made]
    promises.make([(effect, made[effect.key], wallets[effect.person.id]) for effect in new if effect.until is not None])
    promises.tell((effect.rule.id, effect.person.id, effect.amount) for effect in new if not effect.waits)


def _booking(effect: Effect, wallet: Wallet, paid_from: Mapping[int, Wallet]) -> Booking:
    rule, person, happening = effect.rule, effect.person, effect.happening
    pot = rule.definition.pot
    source = Side(Book.BUDGET, -effect.amount, paid_from[pot]) if pot is not None else Side(Book.ISSUED, -effect.amount)
    return Booking(
        key=effect.key,
        kind=BookingKind.EARNED,
        memo=rule.name,
        sides=(source, Side(Book.PENDING if effect.waits else Book.AVAILABLE, effect.amount, wallet)),
        event_id=happening.id,
        rule_id=rule.id,
        rule_version=rule.version,
        occurred_at=happening.occurred_at,
        place={"person": person.id, "team": person.team_id, "region": person.region_id} if person.role else {},
    )


def _take_back(effects: Iterable[Effect], fold: Fold) -> None:
    """Count what was not given after all as never given: caps are for what people got."""
    for effect in effects:
        fold.take_back(effect.rule, effect.person.id, effect.happening.day, effect.amount, key=effect.key)


def _give_badges(effects: Sequence[Effect], fold: Fold) -> None:
    granted = grant_many([BadgeGranting(**_facts(effect), badge_id=of) for effect, of in _with_what(effects)])
    made = {grant.key for grant in granted}
    _take_back([effect for effect in effects if effect.key not in made], fold)


def _give_tickets(effects: Sequence[Effect], fold: Fold) -> None:
    wanted = [TicketsIn(**_facts(effect), draw_id=of, count=effect.amount) for effect, of in _with_what(effects)]
    made = add_tickets(wanted)  # none where the draw is over
    _take_back([effect for effect in effects if effect.key not in made], fold)


def _give_money(effects: Sequence[Effect], fold: Fold) -> None:
    made = accrue_many(
        [AccrualIn(**_facts(effect), amount=Decimal(effect.amount) / 100, memo=effect.rule.name) for effect in effects]
    )
    _take_back([effect for effect in effects if effect.key not in made], fold)


_GIVERS: dict[Gift, Callable[[Sequence[Effect], Fold], None]] = {
    Gift.POINTS: _give_points,
    Gift.BADGE: _give_badges,
    Gift.TICKET: _give_tickets,
    Gift.MONEY: _give_money,
}


def _facts(effect: Effect) -> dict[str, Any]:
    return {
        "key": effect.key,
        "person_id": effect.person.id,
        "event_id": effect.happening.id,
        "rule_id": effect.rule.id,
        "rule_version": effect.rule.version,
        "occurred_at": effect.happening.occurred_at,
    }


def _with_what(effects: Iterable[Effect]) -> Iterable[tuple[Effect, int]]:
    """Return effects with the badge or draw that they are about; rules without one are not let on."""
    for effect in effects:
        of = effect.rule.definition.gives.of
        if of is not None:
            yield effect, of


def _save(fold: Fold) -> None:
    changed = [(rule, whose, json.dumps(t.sums)) for (rule, whose), t in sorted(fold.tallies.items()) if t.changed]
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(_SAVE, [list(column) for column in zip(*changed, strict=True)])


# ---------------------------------------------------------------- what was taken back


@transaction.atomic
def free_caps(event: Event) -> None:
    """Count what was taken back as never given: the caps of its rule are free again, its promise is void."""
    entry = Entry.objects.filter(pk=event.subject_id, rule__isnull=False).first()
    if entry is None or entry.rule_id is None or entry.rule_version is None:
        return
    Promise.objects.filter(entry=entry, state=PromiseState.OPEN).update(state=PromiseState.LOST)
    versions = rules_of(RuleSpan.objects.filter(rule=entry.rule_id))
    rule = next((one for one in versions if one.version == entry.rule_version), None)
    given = _given_for(entry)
    person = _counted_for(given)
    if rule is None or person is None:
        return
    rows = RuleTally.objects.filter(rule=entry.rule_id, holder__in=[ALL, holder(person)])
    fold = Fold({}, {(row.rule_id, row.holder): Tally(row.sums) for row in rows})
    fold.take_back(rule, person, rollups.day_of(given.occurred_at), event.payload["points"], key=given.key)
    _save(fold)


def _given_for(entry: Entry) -> Entry:
    """Return the entry that gave: for what was promised first, the promise."""
    if entry.kind != BookingKind.VESTED:
        return entry
    return Entry.objects.get(pk=entry.key.removeprefix("settle:"))


def _counted_for(given: Entry) -> int | None:
    """Return the person whose caps it counts for: who had it, or by now the one they turned out to be."""
    sides = given.postings.filter(book__in=OWN, wallet__person__isnull=False)
    return sides.values_list(Coalesce("wallet__merged_into__person", "wallet__person"), flat=True).first()
