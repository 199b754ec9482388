"""How an assignment reads: why not one's first choice, and what the whole gains. No query, no effect."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from references.assignment.selectors import Others
from references.requests.models import AssignmentPick, ReferenceRequest
from references.requests.words import FACTORS
from refprogram.kernel.templatetags import rp


class Line(NamedTuple):
    """One request of an assignment as its page draws it."""

    pick: AssignmentPick
    account: str
    who: str
    parts: list[tuple[str, int]]
    best: str
    cost: int
    why: str
    refused: str


class Compared(NamedTuple):
    """One figure beside what first come, first served would have reached; `good`: whether this one is better."""

    name: str
    ours: str
    theirs: str
    good: bool | None


def line_of(pick: AssignmentPick, names: Others) -> Line:
    """Return one line."""
    facts = pick.facts
    best = names.accounts.get(facts.get("best", 0))
    return Line(
        pick=pick,
        account=pick.account.name if pick.account else "",
        who=pick.contact.person.name if pick.contact else "",
        parts=[(str(name), facts.get("parts", {}).get(key, 0)) for key, name in FACTORS.items()],
        best=best.name if best else "",
        cost=facts["best_score"] - pick.score if pick.account and "best_score" in facts else 0,
        why=why(pick, best.name if best else _("The first choice"), names),
        refused=facts.get("refused", ""),
    )


def legend(weights: dict[str, int]) -> list[tuple[str, int]]:
    """Return what a score is made of, in the order (and so the colours) of its bar: what is stored in JSON has none."""
    return [(str(name), weights[key]) for key, name in FACTORS.items() if key in weights]


def why(pick: AssignmentPick, best: str, names: Others) -> str:
    """Say in a sentence why a request does not get whom it would choose by itself."""
    facts = pick.facts
    if facts["why"] == "nobody":
        return _("No customer who meets the must-haves may be asked today.")
    if facts["why"] == "first":
        return _("Its own first choice.")
    if facts["why"] == "kept_back":
        return _("%(best)s (%(points)d) is kept back for requests that may use reserves.") % {
            "best": best,
            "points": facts["best_score"],
        }
    return _elsewhere(facts, best, names.requests.get(facts["by"]), _cost(pick))


def _cost(pick: AssignmentPick) -> int | None:
    return pick.facts["best_score"] - pick.score if pick.account_id else None


def _elsewhere(facts: Mapping[str, Any], best: str, other: ReferenceRequest | None, cost: int | None) -> str:
    said = {
        "best": best,
        "points": facts["best_score"],
        "other": other.purpose if other else _("another request"),
        "there": facts["there"],
        "left": facts["there_next"],
        "cost": cost,
        "amount": rp.money_short(Decimal(facts["amount"])),
    }
    if facts["there_next"] is None:
        return _("%(best)s (%(points)d) goes to “%(other)s”, which has nobody else.") % said
    loss = facts["there"] - facts["there_next"]
    if cost is None or loss >= cost:
        return (
            _("%(best)s (%(points)d) goes to “%(other)s”: without them it would fall from %(there)d to %(left)d.")
            % said
        )
    if Decimal(facts["amount"]):
        return _("%(best)s (%(points)d) goes to “%(other)s”: that deal is worth %(amount)s.") % said
    return _("%(best)s (%(points)d) goes to “%(other)s”: so the whole is served best.") % said


def compared(facts: Mapping[str, Any]) -> list[Compared]:
    """Return the figures of an assignment beside those of first come, first served."""
    ours, theirs = facts["ours"], facts["first_come"]
    rows = [
        ("answered", _("Requests answered"), rp.number, 1),
        ("worth", _("Worth to the whole"), rp.number, 1),
        ("points", _("Points of all matches"), rp.number, 1),
        ("fresh", _("Not asked for half a year"), rp.number, 1),
        ("load", _("Fatigue index of those asked, on average"), rp.number, -1),
        ("kept_back", _("Taken from the reserve"), rp.number, -1),
        ("concentration", _("Asks that lie with the most asked tenth"), rp.pct, -1),
    ]
    return [
        Compared(str(name), str(shown(ours[key])), str(shown(theirs[key])), _better(ours[key], theirs[key], sign))
        for key, name, shown, sign in rows
    ]


def _better(ours: float, theirs: float, sign: int) -> bool | None:
    return None if ours == theirs else (ours - theirs) * sign > 0


def gain(facts: Mapping[str, Any]) -> int:
    """Return how much more the whole is worth than first come, first served."""
    return int(facts["ours"]["worth"] - facts["first_come"]["worth"])
