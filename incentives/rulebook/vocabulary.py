"""What rules can be about: what happens, whom it names, and what is known of it. In words, as rules are read.

One occasion per topic of the stream. What people do in the CRM comes by the hundred thousand and is summed first: rules
hear of a week's activity, a month's use and a month's records, one event for each person. Every topic here is
subscribed to `incentives.handlers.apply_rules`; a test compares the two, and each fact with what the topic tells.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from incentives.rulebook import offered


class FactKind(StrEnum):
    """What can be asked of a fact: yes or no, one of several, or how much."""

    FLAG = "flag"
    CHOICE = "choice"
    NUMBER = "number"


Choices = Callable[[], Iterable[tuple[Any, Any]]]


@dataclass(frozen=True)
class Fact:
    """One thing that is known of what happened: a field of the event, and how conditions on it read.

    `yes` and `no` say a flag within a sentence ("in a gap cell"); `choices` are (value, word) of what can be chosen.
    """

    label: Any
    kind: FactKind
    yes: Any = ""
    no: Any = ""
    choices: Choices = tuple


@dataclass(frozen=True)
class Who:
    """Whom a rule can give to: the person of this id, or those of a field of shares `[[person, team, region, %], …]`.

    `customer` says that it is a customer's person (the field then holds a contact): never what they think may count.
    """

    label: Any
    field: str
    shares: str = ""
    customer: bool = False


@dataclass(frozen=True)
class Occasion:
    """Something that happens, that rules can give for. `then` names what may follow on it, as milestones."""

    topic: str
    when: Any
    who: Mapping[str, Who]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    then: tuple[str, ...] = ()


# A rule that listens to it and gives a badge may set off others, and itself: `circles.py`.
BADGE_GRANTED: Final = "badge.granted"

_NOMINATOR = {
    "nominator": Who(_("the nominator"), "nominator", shares="credits"),
}
_NOMINATION = {
    "in_gap": Fact(_("the gap"), FactKind.FLAG, _("in a gap cell"), _("outside of the gap cells")),
    "region": Fact(_("the region"), FactKind.CHOICE, choices=offered.regions),
    "team": Fact(_("the team"), FactKind.CHOICE, choices=offered.teams),
    "industry": Fact(_("the industry"), FactKind.CHOICE, choices=offered.industries),
    "target": Fact(_("the recruiting target"), FactKind.FLAG, _("for a recruiting target"), _("without a target")),
    "campaign": Fact(_("the campaign"), FactKind.FLAG, _("in a campaign"), _("outside of campaigns")),
}
_ASKED = {
    "requester": Who(_("who asked for it"), "requester"),
}
_ACTIVITY = {"activity": Fact(_("the activity"), FactKind.CHOICE, choices=offered.activities)}
_ENTRY = {
    "colleague": Who(_("the colleagues with a share in it"), "", shares="credits"),
}
_COLLEAGUE = {"colleague": Who(_("the colleague"), "person")}
_PLACE = {
    "region": Fact(_("the region"), FactKind.CHOICE, choices=offered.regions),
    "team": Fact(_("the team"), FactKind.CHOICE, choices=offered.teams),
}
_DAYS = {"days": Fact(_("the number of their working days"), FactKind.NUMBER)}
_INTERNAL = {"internal": Fact(_("the contest"), FactKind.FLAG, _("of an internal contest"), _("of a customer"))}

OCCASIONS: Final = (
    Occasion(
        "nomination.submitted", _("a nomination is made"), _NOMINATOR, _NOMINATION,
        then=("nomination.approved", "nomination.enrolled", "nomination.first_act"),
    ),
    Occasion(
        "nomination.approved", _("a nomination is approved"), _NOMINATOR, _NOMINATION,
        then=("nomination.enrolled", "nomination.first_act"),
    ),
    Occasion(
        "nomination.enrolled", _("a nomination is enrolled"), _NOMINATOR, _NOMINATION, then=("nomination.first_act",)
    ),
    Occasion(
        "nomination.first_act", _("somebody’s nominated customer first does something for us"), _NOMINATOR, _NOMINATION
    ),
    Occasion(
        "request.submitted", _("a reference is asked for"), {"requester": Who(_("who asks"), "requester")},
        {**_ACTIVITY, "amount": Fact(_("the deal’s amount"), FactKind.NUMBER)},
    ),
    Occasion(
        "reference.delivered", _("a reference is delivered"),
        {
            "owner": Who(_("the account owner"), "owner"),
            **_ASKED,
            "contact": Who(_("the customer who spoke"), "contact", customer=True),
        },
        {
            **_ACTIVITY,
            "assumed": Fact(_("the proof"), FactKind.FLAG, _("as far as anybody said"), _("as somebody confirmed")),
        },
    ),
    Occasion(
        "survey.answered", _("a survey is answered"),
        {"owner": Who(_("the account owner"), "owner"),
         "contact": Who(_("the customer who answered"), "contact", customer=True)},
    ),
    Occasion("entry.submitted", _("an entry is put forward to a contest"), _ENTRY, _INTERNAL),
    Occasion("entry.shortlisted", _("an entry comes onto the shortlist"), _ENTRY, _INTERNAL),
    Occasion(
        "week.counted", _("somebody’s week of activity is settled"), _COLLEAGUE,
        {
            "score": Fact(_("what it came to"), FactKind.NUMBER),
            "activities": Fact(_("the number of activities"), FactKind.NUMBER),
            **_PLACE,
        },
    ),
    Occasion(
        "adoption.counted", _("somebody’s month of using the CRM is counted"), _COLLEAGUE,
        {"percent": Fact(_("the percent of days on which it was used"), FactKind.NUMBER), **_DAYS, **_PLACE},
    ),
    Occasion(
        "quality.month_closed", _("somebody’s month of data quality is closed"), _COLLEAGUE,
        {
            "score": Fact(_("the score"), FactKind.NUMBER),
            "records": Fact(_("the number of records"), FactKind.NUMBER),
            **_DAYS,
            **_PLACE,
        },
    ),
    Occasion("quality.won", _("somebody kept their records best in a month"), _COLLEAGUE),
    Occasion(
        BADGE_GRANTED, _("somebody gets a badge"), {"person": Who(_("who wears it"), "person")},
        {"badge": Fact(_("the badge"), FactKind.CHOICE, choices=offered.badges)},
    ),
)  # fmt: skip
BY_TOPIC: Final[Mapping[str, Occasion]] = {occasion.topic: occasion for occasion in OCCASIONS}
# All that reaches the rules: what they give for, and what may follow on it.
TOPICS: Final = frozenset(BY_TOPIC) | {then for occasion in OCCASIONS for then in occasion.then}


def holders_of(payload: Mapping[str, Any], who: Who) -> list[tuple[int, int]]:
    """Return whom an event names as `who`: (id, share in percent); one without shares has all."""
    shared = payload.get(who.shares) if who.shares else None
    if shared:
        return [(person, percent) for person, _team, _region, percent in shared]
    one = payload.get(who.field) if who.field else None
    return [(one, 100)] if isinstance(one, int) else []
