"""A rule in words: "When a nomination is enrolled in a gap cell, the nominator gets 150 points, at most 600 a quarter."

Every part of a definition has its words here; what is no longer offered reads by its technical name.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from incentives.rulebook import offered
from incentives.rulebook.definition import Cap, Condition, Definition, Fading, Gift, Milestone, Op, Span
from incentives.rulebook.vocabulary import BY_TOPIC, Fact, FactKind, Occasion
from refprogram.kernel.templatetags import rp

A_SPAN = {
    Span.DAY: pgettext_lazy("at most 3 …", "a day"),
    Span.WEEK: pgettext_lazy("at most 3 …", "a week"),
    Span.MONTH: pgettext_lazy("at most 3 …", "a month"),
    Span.QUARTER: pgettext_lazy("at most 3 …", "a quarter"),
    Span.YEAR: pgettext_lazy("at most 3 …", "a year"),
    Span.TOTAL: pgettext_lazy("at most 3 …", "in total"),
}
_OPS = {
    Op.IS: gettext_lazy("where %(fact)s is %(value)s"),
    Op.IS_NOT: gettext_lazy("where %(fact)s is not %(value)s"),
    Op.AT_LEAST: gettext_lazy("where %(fact)s is at least %(value)s"),
    Op.AT_MOST: gettext_lazy("where %(fact)s is at most %(value)s"),
}


def sentence(rule: Definition) -> str:
    """Return a rule as one reads it, in one to some sentences."""
    occasion = BY_TOPIC.get(rule.topic)
    who = occasion.who.get(rule.who) if occasion else None
    words = {
        "when": _when(rule, occasion),
        "who": f"{who.label if who else _quoted(rule.who)}{_audience(rule)}",
        "what": what_it_gives(rule),
    }
    first = ", ".join([_("When %(when)s, %(who)s gets %(what)s") % words, *(_cap(rule, cap) for cap in rule.caps)])
    return " ".join([f"{first}.", *_further(rule)])


def what_it_gives(rule: Definition) -> str:
    """Return what a rule gives each time: "150 points", "the badge “Pathfinder”"."""
    gives = rule.gives
    if gives.gift == Gift.BADGE:
        return _("the badge “%(name)s”") % {"name": _name(offered.badges, gives.of)}
    if gives.gift == Gift.TICKET:
        words = ngettext("%(n)s ticket for “%(name)s”", "%(n)s tickets for “%(name)s”", gives.amount)
        return words % {"n": rp.number(gives.amount), "name": _name(offered.draws, gives.of)}
    return amount_of(gives.gift, gives.amount)


def amount_of(gift: Gift, amount: int) -> str:
    """Return an amount in its own words: "600 points", an amount of money, "2 badges"."""
    if gift == Gift.MONEY:
        return str(rp.money(Decimal(amount) / 100))
    words: dict[Gift, Callable[[], str]] = {
        Gift.POINTS: lambda: ngettext("%(n)s point", "%(n)s points", amount),
        Gift.BADGE: lambda: ngettext("%(n)s badge", "%(n)s badges", amount),
        Gift.TICKET: lambda: ngettext("%(n)s ticket", "%(n)s tickets", amount),
    }
    return words[gift]() % {"n": rp.number(amount)}


def _when(rule: Definition, occasion: Occasion | None) -> str:
    if occasion is None:
        return _quoted(rule.topic)
    said = [_condition(one, occasion.facts.get(one.fact)) for one in rule.conditions]
    return " ".join([str(occasion.when), *said])


def _condition(condition: Condition, fact: Fact | None) -> str:
    label = str(fact.label) if fact else _quoted(condition.fact)
    if fact is not None and fact.kind == FactKind.FLAG:
        wanted = (True in condition.values) == (condition.op == Op.IS)
        return str(fact.yes if wanted else fact.no)
    if condition.op in {Op.AT_LEAST, Op.AT_MOST}:
        values = [str(rp.number(value)) for value in condition.values]
    else:
        values = _names(lambda: list(fact.choices()) if fact else [], condition.values)
    return str(_OPS[condition.op]) % {"fact": label, "value": _either(values)}


def _either(values: list[Any]) -> str:
    texts = [str(value) for value in values]
    if len(texts) == 1:
        return texts[0]
    return _("%(some)s or %(last)s") % {"some": ", ".join(texts[:-1]), "last": texts[-1]}


def _audience(rule: Definition) -> str:
    audience = rule.audience
    parts = [
        *([_either(_names(offered.roles, audience.roles))] if audience.roles else []),
        *([_("of team %(names)s") % {"names": _either(_names(offered.teams, audience.teams))}]
          if audience.teams else []),
        *([_("in %(names)s") % {"names": _either(_names(offered.regions, audience.regions))}]
          if audience.regions else []),
        *([_("hired before %(day)s") % {"day": rp.exact(audience.hired_before)}] if audience.hired_before else []),
    ]  # fmt: skip
    return f" ({', '.join(parts)})" if parts else ""


def _cap(rule: Definition, cap: Cap) -> str:
    words = {"amount": _amount_alone(rule.gives.gift, cap.most), "span": A_SPAN[cap.span]}
    if cap.each:
        return _("at most %(amount)s %(span)s") % words
    return _("all together at most %(amount)s %(span)s") % words


def _amount_alone(gift: Gift, amount: int) -> str:
    """The unit was said before, and is only repeated for money."""
    return amount_of(gift, amount) if gift == Gift.MONEY else str(rp.number(amount))


def _further(rule: Definition) -> list[str]:
    return [
        *(_milestone(one) for one in rule.milestones),
        *([_fading(rule.fading)] if rule.fading else []),
        *([_("What it gives halves every %(n)d days after it was switched on.") % {"n": rule.halves_days}]
          if rule.halves_days else []),
        *([_runs(rule)] if rule.starts_on or rule.ends_on else []),
        *([_("The pot “%(name)s” pays.") % {"name": _name(offered.pots, rule.pot)}] if rule.pot else []),
    ]  # fmt: skip


def _milestone(milestone: Milestone) -> str:
    then = BY_TOPIC.get(milestone.topic)
    words = {
        "percent": milestone.percent,
        "then": then.when if then else _quoted(milestone.topic),
        "days": milestone.days,
    }
    return _("%(percent)d %% of it waits until %(then)s, within %(days)d days.") % words


def _fading(fading: Fading) -> str:
    steps = ", ".join(f"{percent} %" for percent in fading.percents)
    return _("One after the other %(span)s is worth %(steps)s of it.") % {"span": A_SPAN[fading.span], "steps": steps}


def _runs(rule: Definition) -> str:
    words = {"first": rp.exact(rule.starts_on), "last": rp.exact(rule.ends_on)}
    if rule.starts_on is None:
        return _("Until %(last)s.") % words
    if rule.ends_on is None:
        return _("From %(first)s on.") % words
    return _("From %(first)s to %(last)s.") % words


def _names(choices: Callable[[], offered.Choices], values: Iterable[Any]) -> list[str]:
    known = dict(choices())
    return [str(known.get(value, value)) for value in values]


def _name(choices: Callable[[], offered.Choices], value: int | None) -> str:
    return _names(choices, [value])[0]


def _quoted(name: str) -> str:
    return f"“{name}”"
