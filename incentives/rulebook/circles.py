"""Rules that give badges for badges: what would go round for ever is found before it is switched on."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from incentives.rulebook import offered
from incentives.rulebook.definition import Definition, Gift
from incentives.rulebook.folding import compiled
from incentives.rulebook.vocabulary import BADGE_GRANTED


class Named(NamedTuple):
    """A rule that is on, by its name."""

    name: str
    says: Definition


def chains(says: Definition) -> bool:
    """Whether a rule gives a badge for a badge: only such a one can be part of a circle."""
    return says.topic == BADGE_GRANTED and says.gives.gift == Gift.BADGE


def circle(says: Definition, others: Iterable[Named]) -> list[Named] | None:
    """Return the other rules by which a rule would come back to itself, in their order; None: it does not.

    An empty list says that it would set itself off.
    """
    if not chains(says):
        return None
    links = [other for other in others if chains(other.says)]
    ways: list[list[Named]] = [[]]
    seen: set[int | None] = set()
    while ways:
        way = ways.pop(0)
        badge = (way[-1].says if way else says).gives.of
        if _hears(says, badge):
            return way
        if badge not in seen:
            seen.add(badge)
            ways += [[*way, other] for other in links if _hears(other.says, badge)]
    return None


def _hears(says: Definition, badge: int | None) -> bool:
    """Whether a rule gives for this badge."""
    return compiled(says)({"badge": badge})


def in_words(says: Definition, way: Iterable[Named]) -> str:
    """Return the sentence that names a circle."""
    names = dict(offered.badges())
    steps = [_("this rule gives “%(badge)s”") % {"badge": names.get(says.gives.of, "")}]
    for other in way:
        words = {"rule": other.name, "badge": names.get(other.says.gives.of, "")}
        steps.append(_("for that the rule “%(rule)s” gives “%(badge)s”") % words)
    steps.append(_("and for that this rule gives it again"))
    return _("Badges would go round in a circle: %(steps)s.") % {"steps": ", ".join(steps)}
