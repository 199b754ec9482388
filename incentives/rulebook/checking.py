"""What makes no sense in a rule, each with the sentence that says why."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from incentives import policy
from incentives.badges.models import Badge
from incentives.catalogue.opinions import why_not_for_customers
from incentives.draws.models import Draw
from incentives.ledger.enums import WalletKind
from incentives.ledger.models import Wallet
from incentives.rulebook import circles
from incentives.rulebook.definition import Cap, Condition, Definition, Gift, Op, Span, faults_of, read
from incentives.rulebook.enums import RuleState
from incentives.rulebook.models import Rule
from incentives.rulebook.vocabulary import BADGE_GRANTED, BY_TOPIC, Fact, FactKind, Occasion

MOST_LINES = 10
MOST_DAYS = 3_650
MOST_EVER = 10**9
Faults = Iterator[tuple[str, str]]  # (part of the definition, what is wrong with it)
_LENGTH = {Span.DAY: 1, Span.WEEK: 7, Span.MONTH: 31, Span.QUARTER: 92, Span.YEAR: 366, Span.TOTAL: 10**6}


def faults(kept: dict[str, Any], *, of: Rule | None = None) -> dict[str, str]:
    """Return what is wrong with a definition, by the part of it; empty: it makes sense. `of`: the rule that says it."""
    found = faults_of(kept)
    if found:
        return found
    rule = read(kept)
    occasion = BY_TOPIC.get(rule.topic)
    if occasion is None:
        return {"topic": _("No rule can give for that.")}
    checks = (
        _who(rule, occasion),
        _conditions(rule, occasion),
        _gives(rule),
        _circle(rule, of),
        _caps(rule),
        _milestones(rule, occasion),
        _fading(rule),
        _dates(rule),
        _pot(rule),
    )
    # Of each the first fault alone, and of each part: what comes after it often follows from it.
    told: dict[str, str] = {}
    for check in checks:
        for part, why in islice(check, 1):
            told.setdefault(part, why)
    return told


def _who(rule: Definition, occasion: Occasion) -> Faults:
    who = occasion.who.get(rule.who)
    if who is None:
        yield "who", _("What happens there does not name whom you mean. Choose somebody whom it names.")
        return
    audience = rule.audience
    if who.customer and (audience.roles or audience.teams or audience.regions or audience.hired_before):
        yield "audience", _("Customers have no role, team or day of hire here: leave the audience empty.")
    if who.customer and rule.gives.gift == Gift.MONEY:
        yield "gives", _("Customers are not paid: money would turn a reference into a vendor.")
    if who.customer and rule.gives.gift == Gift.TICKET:
        yield "gives", _("Draws are among colleagues: a customer’s ticket could not win.")
    if who.customer and (why := why_not_for_customers(rule.topic, [one.fact for one in rule.conditions])):
        yield "conditions", why


# ---------------------------------------------------------------- conditions


def _conditions(rule: Definition, occasion: Occasion) -> Faults:
    if len(rule.conditions) > MOST_LINES:
        yield "conditions", _("At most %(n)d conditions.") % {"n": MOST_LINES}
    for condition in rule.conditions:
        fact = occasion.facts.get(condition.fact)
        if fact is None:
            yield "conditions", _("“%(fact)s” is not known of what happens there.") % {"fact": condition.fact}
        elif wrong := _condition(condition, fact):
            yield "conditions", wrong
    yield from _contradiction(rule.conditions, occasion)


def _condition(condition: Condition, fact: Fact) -> str:
    label = {"fact": fact.label}
    if not condition.values:
        return _("Say what %(fact)s has to be.") % label
    if condition.op in {Op.AT_LEAST, Op.AT_MOST}:
        if fact.kind != FactKind.NUMBER:
            return _("%(fact)s cannot be more or less.") % label
        return "" if _is_number(condition.values) else _("Compare %(fact)s with one number.") % label
    if fact.kind == FactKind.NUMBER:
        return _("Compare %(fact)s by “at least” or “at most”.") % label
    if fact.kind == FactKind.FLAG:
        return "" if condition.values in {(True,), (False,)} else _("Say yes or no.")
    known = {value for value, _word in fact.choices()}
    unknown = [value for value in condition.values if value not in known]
    return _("“%(value)s” is not one of %(fact)s.") % {**label, "value": unknown[0]} if unknown else ""


def _is_number(values: tuple[Any, ...]) -> bool:
    return len(values) == 1 and isinstance(values[0], int) and not isinstance(values[0], bool)


def _contradiction(conditions: Iterable[Condition], occasion: Occasion) -> Faults:
    """Refuse conditions on one fact that nothing can meet together."""
    by_fact: dict[str, list[Condition]] = {}
    for condition in conditions:
        by_fact.setdefault(condition.fact, []).append(condition)
    for name, asked in by_fact.items():
        fact = occasion.facts[name]
        if fact.kind == FactKind.NUMBER:
            lows = [int(one.values[0]) for one in asked if one.op == Op.AT_LEAST]
            highs = [int(one.values[0]) for one in asked if one.op == Op.AT_MOST]
            possible = not lows or not highs or max(lows) <= min(highs)
        else:  # what may be nothing, or something else, cannot be shut out by saying what it is not
            closed = fact.kind == FactKind.FLAG or any(one.op == Op.IS for one in asked)
            possible = not closed or bool(_left_of(fact, asked))
        if not possible:
            words = _("Nothing meets these conditions together: look at %(fact)s.")
            yield "conditions", words % {"fact": fact.label}


def _left_of(fact: Fact, asked: Iterable[Condition]) -> set[Any]:
    left = {True, False} if fact.kind == FactKind.FLAG else {value for value, _word in fact.choices()}
    for condition in asked:
        left = left & set(condition.values) if condition.op == Op.IS else left - set(condition.values)
    return left


# ---------------------------------------------------------------- what it gives


def _gives(rule: Definition) -> Faults:
    gives = rule.gives
    if gives.gift == Gift.BADGE:
        known = gives.of is not None and Badge.objects.filter(pk=gives.of, retired_at__isnull=True).exists()
        if not known or gives.amount != 1:
            yield "gives", _("Choose one badge that is given.")
        return
    if gives.gift == Gift.TICKET and (gives.of is None or not Draw.objects.filter(pk=gives.of).exists()):
        yield "gives", _("Choose the draw that the tickets are for.")
    unit, most = (100, policy.MOST_CENTS) if gives.gift == Gift.MONEY else (1, policy.MOST_POINTS)
    if not 0 < gives.amount <= most:
        yield "gives", _("Between 1 and %(most)d at once.") % {"most": most // unit}


def _circle(rule: Definition, of: Rule | None) -> Faults:
    """Refuse a rule by which badges would bring badges without end, together with the rules that are on."""
    if not circles.chains(rule):
        return
    on = Rule.objects.filter(state=RuleState.LIVE, definition__topic=BADGE_GRANTED).order_by("pk")
    others = [circles.Named(one.name, one.says) for one in on if of is None or one.pk != of.pk]
    way = circles.circle(rule, others)
    if way is not None:
        yield "gives", circles.in_words(rule, way)


def _caps(rule: Definition) -> Faults:
    if len({(cap.span, cap.each) for cap in rule.caps}) < len(rule.caps):
        yield "caps", _("Say the most for a span once.")
    for cap in rule.caps:
        if cap.most <= 0:
            yield "caps", _("The most is at least one: a rule that never gives anything is one that is off.")
        if cap.most > MOST_EVER:
            yield "caps", _("So much is no limit: leave it out.")
        if cap.most < rule.gives.amount:
            yield "caps", _("The most cannot be less than what is given once.")
    yield from _caps_in_order(rule)


def _caps_in_order(rule: Definition) -> Faults:
    """Refuse a longer span that allows less than a shorter one: the shorter would never bind."""
    for one in rule.caps:
        for other in rule.caps:
            longer = _LENGTH[other.span] > _LENGTH[one.span]
            if one.each == other.each and longer and other.most < one.most:
                yield "caps", _("A longer span cannot allow less than a shorter one: it would never be reached.")
    yield from _each_within_all(rule.caps)


def _each_within_all(caps: Iterable[Cap]) -> Faults:
    of_all = {cap.span: cap.most for cap in caps if not cap.each}
    for cap in caps:
        if cap.each and cap.span in of_all and cap.most > of_all[cap.span]:
            yield "caps", _("One person cannot get more than all together.")


def _milestones(rule: Definition, occasion: Occasion) -> Faults:
    if not rule.milestones:
        return
    if rule.gives.gift != Gift.POINTS:
        yield "milestones", _("Only points can wait for a milestone.")
    if any(one.topic not in occasion.then for one in rule.milestones):
        yield "milestones", _("That does not follow on what the rule gives for.")
    if any(one.percent <= 0 or one.days <= 0 for one in rule.milestones):
        yield "milestones", _("A share is at least 1 %, and it waits for at least a day.")
    if any(one.days > MOST_DAYS for one in rule.milestones):
        yield "milestones", _("Nothing waits longer than ten years.")
    if sum(one.percent for one in rule.milestones) > 100:
        yield "milestones", _("The shares that wait are more than all of it.")
    if len({one.topic for one in rule.milestones}) < len(rule.milestones):
        yield "milestones", _("Name each milestone once.")


def _fading(rule: Definition) -> Faults:
    fading = rule.fading
    if rule.halves_days is not None and rule.halves_days <= 0:
        yield "halves_days", _("It halves after at least a day.")
    if rule.halves_days is not None and rule.halves_days > MOST_DAYS:
        yield "halves_days", _("It halves within ten years, or not at all.")
    if fading is None:
        return
    if rule.gives.gift == Gift.BADGE:
        yield "fading", _("A badge is given whole or not at all.")
    if not 1 <= len(fading.percents) <= MOST_LINES or fading.percents[0] == 0:
        yield "fading", _("Name what the first, second, third … time is worth; the first more than nothing.")
        return
    if any(not 0 <= percent <= 100 for percent in fading.percents):
        yield "fading", _("Each time is worth between 0 and 100 %.")
    if list(fading.percents) != sorted(fading.percents, reverse=True):
        yield "fading", _("It is worth less each time: a later one cannot be worth more than an earlier one.")


def _dates(rule: Definition) -> Faults:
    if rule.starts_on and rule.ends_on and rule.ends_on < rule.starts_on:
        yield "ends_on", _("It would end before it begins.")


def _pot(rule: Definition) -> Faults:
    if rule.pot is None:
        return
    if rule.gives.gift != Gift.POINTS:
        yield "pot", _("A pot pays points only.")
    if not Wallet.objects.filter(pk=rule.pot, kind=WalletKind.POT).exists():
        yield "pot", _("There is no such pot.")
