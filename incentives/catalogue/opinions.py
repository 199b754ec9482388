"""What a customer thinks of us is never paid for: which facts no rule for customers may listen to."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

# What somebody thought, wherever it stands in an event.
OPINIONS: Final = frozenset(
    {"answer", "csat", "grade", "nps", "opinion", "positive", "promoter", "rating", "recommends", "score", "sentiment",
     "usefulness", "would_again"}
)  # fmt: skip
# What only happens because somebody thought well of us: a rule on it would be one on that.
OF_OPINION: Final = frozenset({"asset.answered", "feedback.given", "outcome.verified", "release.agreed"})


def why_not_for_customers(topic: str, fields: Iterable[str]) -> str:
    """Return why a rule that gives to customers may not listen to this; empty where it may.

    `fields` are the facts of the event that the rule asks for. That somebody answered may count, what they said never.
    """
    heard = sorted(OPINIONS & set(fields))
    if heard:
        return _("A customer is never thanked for a good opinion: this rule may not look at “%(field)s”.") % {
            "field": heard[0]
        }
    if topic in OF_OPINION:
        return _("A customer is never thanked for a good opinion, and this happens only with one.")
    return ""
