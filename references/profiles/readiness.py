"""How ready a customer is to be a reference: 0 to 100, each part with its value, weight and date. Pure arithmetic.

Hard stops (frozen, not a reference) stand outside: they always win, whatever the score.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.profiles.policy import Figures, Part
from refprogram.kernel.templatetags.rp import day, number

NPS_TOP, CSAT_TOP = 10, 5
NO_HISTORY: Final = 0.5  # who was never asked is neither good nor bad at it


@dataclass(frozen=True)
class Facts:
    """What is known of one account, as stored. `known`: how many of the facts of a whole profile there are."""

    nps: Decimal | None = None
    nps_on: dt.date | None = None
    csat: Decimal | None = None
    csat_on: dt.date | None = None
    verified_on: dt.date | None = None
    sponsor: bool = False
    held: int = 0
    declined: int = 0
    last_on: dt.date | None = None
    consent_until: dt.date | None = None
    known: int = 0
    of: int = 1


@dataclass(frozen=True)
class Component:
    """One part of the score: its value (0 to 1), what it weighs, the words, and the day it stands for."""

    key: Part
    value: float
    weight: int
    points: float
    words: str
    on: dt.date | None = None


def components(facts: Facts, figures: Figures, today: dt.date) -> list[Component]:
    """Return all parts. Their points add up to the score (rounded at the end)."""
    made = {
        Part.SCORE: _score(facts, figures, today),
        Part.OUTCOME: _outcome(facts, figures, today),
        Part.SPONSOR: (float(facts.sponsor), _("An executive of ours knows them") if facts.sponsor else "", None),
        Part.PAST: _past(facts),
        Part.CONSENT: _consent(facts, today),
        Part.PROFILE: _profile(facts),
    }
    total = sum(figures.weights.get(part, 0) for part in Part) or 1
    return [
        Component(
            key=part,
            value=value,
            weight=figures.weights.get(part, 0),
            points=100 * figures.weights.get(part, 0) * value / total,
            words=words,
            on=on,
        )
        for part, (value, words, on) in made.items()
    ]


def total(parts: list[Component]) -> int:
    """Return the score, 0 to 100."""
    return max(0, min(100, round(sum(part.points for part in parts))))


def weight_at(on: dt.date, figures: Figures, today: dt.date) -> float:
    """Return how much of itself something of that day still counts: 1 while fresh, evenly down to 0 when stale."""
    age = (today - on).days
    fresh, stale = figures.fresh.days, figures.stale.days
    return max(0.0, min(1.0, (stale - age) / (stale - fresh)))


_Made = tuple[float, str, dt.date | None]


def _score(facts: Facts, figures: Figures, today: dt.date) -> _Made:
    """Their last answer: to how likely they recommend us, else to how satisfied they are."""
    for value, on, top in ((facts.nps, facts.nps_on, NPS_TOP), (facts.csat, facts.csat_on, CSAT_TOP)):
        if value is not None and on is not None:
            words = _("%(value)s of %(top)d") % {"value": number(value, 0 if value == int(value) else 1), "top": top}
            return float(value) / top * weight_at(on, figures, today), words, on
    return 0.0, "", None


def _outcome(facts: Facts, figures: Figures, today: dt.date) -> _Made:
    if facts.verified_on is None:
        return 0.0, "", None
    return weight_at(facts.verified_on, figures, today), _("An outcome is verified"), facts.verified_on


def _past(facts: Facts) -> _Made:
    asked = facts.held + facts.declined
    if not asked:
        return NO_HISTORY, _("Never asked yet: counts half"), None
    held = ngettext("%(n)d done", "%(n)d done", facts.held) % {"n": facts.held}
    declined = ngettext("%(n)d declined", "%(n)d declined", facts.declined) % {"n": facts.declined}
    return facts.held / asked, f"{held}, {declined}", facts.last_on


def _consent(facts: Facts, today: dt.date) -> _Made:
    if facts.consent_until is None or facts.consent_until < today:
        return 0.0, "", None
    return 1.0, _("In force until %(day)s") % {"day": day(facts.consent_until)}, None


def _profile(facts: Facts) -> _Made:
    words = _("%(n)d of %(all)d facts known") % {"n": facts.known, "all": facts.of}
    return facts.known / (facts.of or 1), words, None


def names() -> Mapping[Part, str]:
    """Return what the parts are called."""
    return {
        Part.SCORE: _("Says of us"),
        Part.OUTCOME: _("Verified outcome"),
        Part.SPONSOR: _("Sponsor"),
        Part.PAST: _("Past references"),
        Part.CONSENT: _("Consent"),
        Part.PROFILE: _("Profile"),
    }
