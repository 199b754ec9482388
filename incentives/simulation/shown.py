"""What came out of a trial, as its page says it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incentives.rulebook.definition import Gift
from incentives.rulebook.sentences import amount_of
from incentives.simulation.figures import A_BURST, FEW
from refprogram.kernel.templatetags import rp

NAMES = {
    Gift.POINTS: gettext_lazy("Points"),
    Gift.MONEY: gettext_lazy("Money"),
    Gift.BADGE: gettext_lazy("Badges"),
    Gift.TICKET: gettext_lazy("Tickets"),
}
NOTHING: dict[str, Any] = {
    "total": 0, "people": 0, "gini": 0.0, "months": [], "rules": [],
    "exposure": {"own": 0.0, "pair": 0.0, "bursts": 0.0},
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One figure side by side: what it is, what was, what would be, and what it means."""

    name: Any
    was: Any
    would: Any
    hint: Any = ""


@dataclass(frozen=True)
class Moved:
    """One person who would get more, or less."""

    name: str
    was: str
    would: str
    by: str


@dataclass(frozen=True)
class Side:
    """One gift: the figures side by side, month by month, who wins and who loses."""

    gift: Gift
    name: Any
    lines: list[Line]
    heads: list[tuple[Any, str]]
    months: list[list[Any]]
    rules_would: list[tuple[str, str]]
    rules_was: list[tuple[str, str]]
    winners: list[Moved]
    losers: list[Moved]
    words: str


def for_reader(result: Mapping[str, Any], *, sees_pay: bool) -> Mapping[str, Any]:
    """Return a result as its reader may know it: whose pay it is is for who answers for pay.

    So are sums of few people, in all, of a month or of a rule: they tell what each of them is paid.
    """
    name = Gift.MONEY.value
    if sees_pay or name not in result.get("people", {}):
        return result
    tabs = [result[side]["gifts"].get(name) for side in ("would", "was")]
    if any(tab["people"] < FEW for tab in tabs if tab is not None):
        return _without_money(result)
    few = {key for tab in tabs if tab is not None for key in (*tab.get("few_months", ()), *tab.get("few_rules", ()))}
    told = {**result, "people": {**result["people"], name: {**result["people"][name], "winners": [], "losers": []}}}
    for side, tab in zip(("would", "was"), tabs, strict=True):
        if tab is not None:
            # What was tried before few were counted shows neither months nor rules.
            lines = {part: tab[part] if "few_months" in tab else [] for part in ("months", "rules")}
            shown = {part: [line for line in lines[part] if line[0] not in few] for part in lines}
            told[side] = {**result[side], "gifts": {**result[side]["gifts"], name: {**tab, **shown}}}
    return told


def _without_money(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a result with nothing of what is paid; `few` says that there is something."""
    name = Gift.MONEY.value

    def others(gifts: Mapping[str, Any]) -> dict[str, Any]:
        return {gift: facts for gift, facts in gifts.items() if gift != name}

    sides = {side: {**result[side], "gifts": others(result[side]["gifts"])} for side in ("would", "was")}
    return {**result, **sides, "people": others(result["people"]), "few": True}


def sides(result: Mapping[str, Any], names: Mapping[int, str]) -> list[Side]:
    """Return what came out, gift by gift."""
    would, was = result["would"]["gifts"], result["was"]["gifts"]
    return [_side(gift, would, was, result["people"], names) for gift in Gift if gift in would or gift in was]


def _side(
    gift: Gift, would: Mapping[str, Any], was: Mapping[str, Any], people: Mapping[str, Any], names: Mapping[int, str]
) -> Side:
    new, old, moved = would.get(gift, NOTHING), was.get(gift, NOTHING), people[gift]
    return Side(
        gift=gift,
        name=NAMES[gift],
        lines=_lines(gift, old, new),
        heads=[(_("Month"), ""), (_("As it was"), ""), (_("As tried"), "")],
        months=_months(gift, old, new),
        rules_would=[(name, amount_of(gift, amount)) for name, amount in new["rules"]],
        rules_was=[(name, amount_of(gift, amount)) for name, amount in old["rules"]],
        winners=[_moved(gift, line, names) for line in moved["winners"]],
        losers=[_moved(gift, line, names) for line in moved["losers"]],
        words=_("%(more)d would get more, %(less)d less, %(same)d the same.") % moved,
    )


def _lines(gift: Gift, was: Mapping[str, Any], would: Mapping[str, Any]) -> list[Line]:
    def both(read: Any) -> tuple[Any, Any]:
        return read(was), read(would)

    own = _("Given to who did it themselves.")
    pair = _("The most that one colleague’s acts give to one other.")
    bursts = _("Given on days with %(n)d times or more from one rule.") % {"n": A_BURST}
    return [
        Line(_("In all"), *both(lambda side: amount_of(gift, side["total"]))),
        Line(_("People"), *both(lambda side: rp.number(side["people"]))),
        Line(_("Spread"), *both(lambda side: f"{side['gini']:.2f}"), _("Gini: 0 all alike, 1 all with one.")),
        Line(_("By their own hand"), *both(lambda side: rp.pct(side["exposure"]["own"])), own),
        Line(_("One pair"), *both(lambda side: rp.pct(side["exposure"]["pair"])), pair),
        Line(_("In bursts"), *both(lambda side: rp.pct(side["exposure"]["bursts"])), bursts),
    ]


def _months(gift: Gift, was: Mapping[str, Any], would: Mapping[str, Any]) -> list[list[Any]]:
    old, new = dict(was["months"]), dict(would["months"])
    unit = 100 if gift == Gift.MONEY else 1
    return [
        [date_format(dt.date.fromisoformat(month), "F Y"), old.get(month, 0) // unit, new.get(month, 0) // unit]
        for month in sorted({*old, *new})
    ]


def _moved(gift: Gift, line: list[int], names: Mapping[int, str]) -> Moved:
    person, was, would = line
    by = would - was
    sign = "+" if by > 0 else "−"
    return Moved(
        name=names.get(person, _("somebody")),
        was=amount_of(gift, was),
        would=amount_of(gift, would),
        by=f"{sign}{amount_of(gift, abs(by))}",
    )


def waiting(result: Mapping[str, Any]) -> str:
    """Return what of the tried rules' points waits, or did not come true."""
    would = result["would"]
    if not would["waiting"] and not would["lost"]:
        return ""
    words = _("%(waiting)s more wait for a milestone; %(lost)s did not come true and are not counted.")
    return words % {name: amount_of(Gift.POINTS, would[name]) for name in ("waiting", "lost")}


def proof(result: Mapping[str, Any]) -> str:
    """Return how what the rules of then fold to compares with what the ledger says."""
    money = result.get("few") or Gift.MONEY.value in result["people"]
    if money and not result["pots"] and Gift.POINTS.value not in result["people"]:
        return ""
    folded = result["was"]["gifts"].get(Gift.POINTS.value, NOTHING)["total"] + result["was"]["lost"]
    if folded == result["posted"]:
        return _("The rules of then, folded again, give what the ledger says: %(points)s.") % {
            "points": amount_of(Gift.POINTS, folded)
        }
    words = _(
        "The rules of then fold to %(folded)s, the ledger says %(posted)s: what is not yet relayed, or was seeded."
    )
    return words % {name: amount_of(Gift.POINTS, n) for name, n in (("folded", folded), ("posted", result["posted"]))}
