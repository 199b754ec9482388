"""What happens to reference requests, and who may read it.

Reasons and answers in people's own words stay on the rows; the stream holds ids and facts.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic
from refprogram.people.enums import Role

OVERVIEW = frozenset(
    {Role.MARKETER, Role.ADMIN, Role.SALES_HEAD, Role.EXECUTIVE, Role.LEGAL, Role.FINANCE, Role.MANAGER}
)


def concerned(user: Any, event: Event) -> bool:
    """Overview roles and managers read all of it, others what they asked for, own or did."""
    if user.role in OVERVIEW:
        return True
    people = (event.actor_id, event.payload.get("requester"), event.payload.get("owner"))
    return user.person_id in people


_PEOPLE = {"requester": "person", "owner": "person", "colleague": "person"}
_OF_CANDIDATE = {
    **_PEOPLE,
    "request": "referencerequest",
    "contact": "contact",
    "opportunity": "opportunity",
    "activity": "activitytype",
}
_TRIED = ("request", "contact", "requester", "owner")
_AGREED = _("agreed to ask")
_SILENT = _("went on without an answer, to ask")


def _request(name: str, sentence: Any, *fields: str, tone: str, icon: str, silent: bool = False) -> Topic:
    refs = {"opportunity": "opportunity", "activity": "activitytype", **_PEOPLE}
    return Topic(
        name,
        sentence,
        fields=("requester", *fields),
        refs={field: kind for field, kind in refs.items() if field in ("requester", *fields)},
        visible=concerned,
        tone=tone,
        icon=icon,
        silent=silent,
    )


def _candidate(name: str, sentence: Any, *fields: str, tone: str, icon: str, silent: bool = False) -> Topic:
    return Topic(
        name,
        sentence,
        fields=(*_TRIED, *fields),
        refs={field: kind for field, kind in _OF_CANDIDATE.items() if field in (*_TRIED, *fields)},
        visible=concerned,
        tone=tone,
        icon=icon,
        silent=silent,
    )


def knows_of_restriction(user: Any, event: Event) -> bool:
    """Who asked, and those who may read that they are restricted."""
    if user.role in {Role.MARKETER, Role.SALES_HEAD, Role.ADMIN}:
        return True
    return bool(event.payload.get("requester") == user.person_id)


def concerned_too(user: Any, event: Event) -> bool:
    """Who is concerned, and the colleague to whom it was passed on."""
    return concerned(user, event) or bool(event.payload.get("colleague") == user.person_id)


# What was looked for in vain: facts for whoever counts what the program lacks.
LACKING = ("why", "activity", "industry", "region", "product", "employees", "use_case", "persona")

TOPICS = [
    replace(
        _request(
            "request.exception_asked", _("{actor} asked for an exception"), tone="wait", icon="scale", silent=True
        ),
        visible=knows_of_restriction,
    ),
    _request(
        "request.submitted",
        _("{actor} asked for a reference: {subject}"),
        *("activity", "opportunity", "amount"),
        tone="info",
        icon="inbox",
    ),
    _request("request.changed", _("{actor} changed the need"), "fields", tone="idle", icon="edit", silent=True),
    _request("request.asked_back", _("{actor} asked a question back"), tone="wait", icon="chat"),
    _request("request.answered", _("{actor} answered the question"), tone="info", icon="chat"),
    _request(
        "request.decided", _("{actor} ended the request without a reference"), "decision", tone="stop", icon="flag"
    ),
    _request("request.unfilled", _("A customer was lacking"), *LACKING, tone="stop", icon="target", silent=True),
    replace(
        _request(
            "request.passed_on",
            _("{actor} passed it on to {colleague}"),
            *("colleague", "due"),
            tone="info",
            icon="send",
        ),
        visible=concerned_too,
    ),
    replace(
        _request(
            "request.by_content",
            _("{actor} answered it with stories: {board}"),
            *("board", "assets"),
            tone="ok",
            icon="book",
            silent=True,
        ),
        refs={"requester": "person", "board": "board"},
    ),
    _request("request.settled", _("{actor} settled it"), tone="ok", icon="check"),
    replace(
        _request(
            "request.closed", _("{actor} closed the request{unheard}"), "unheard", tone="ok", icon="check", silent=True
        ),
        words={
            "unheard": {
                None: "",
                "customer": _("; the customer did not say how it was"),
                "requester": _("; the requester did not say how it was"),
                "both": _("; neither side said how it was"),
            }
        },
    ),
    _candidate("candidate.proposed", _("{actor} proposed {contact} at {account}"), tone="info", icon="send"),
    replace(
        _candidate("candidate.owner_approved", _("{actor} {implied} {contact}"), "implied", tone="ok", icon="check"),
        words={
            "implied": {
                None: _AGREED,
                False: _AGREED,
                True: _("needed nobody else’s word to ask"),
                "silent": _SILENT,
            }
        },
    ),
    _candidate("candidate.owner_declined", _("{actor} would rather not ask {contact}"), tone="stop", icon="x"),
    _candidate(
        "candidate.owner_reminded",
        _("The owner of {account} was reminded"),
        "rung",
        tone="wait",
        icon="clock",
        silent=True,
    ),
    _candidate(
        "candidate.went_up", _("The owner of {account} did not answer: it went up"), "rung", tone="wait", icon="up"
    ),
    _candidate("candidate.cleared", _("Everybody agreed to ask {contact}"), tone="ok", icon="check", silent=True),
    _candidate("candidate.not_approved", _("{actor} does not agree to ask {contact}"), tone="stop", icon="x"),
    _candidate("candidate.accepted", _("{contact} at {account} said yes"), "times", tone="ok", icon="heart"),
    _candidate(
        "candidate.declined", _("{contact} at {account} said not this time"), "cancelled", tone="stop", icon="x"
    ),
    replace(
        _candidate(
            "candidate.scheduled",
            _("{actor} {moved} a time with {contact}"),
            *("at", "moved", "before"),
            tone="info",
            icon="calendar",
        ),
        words={"moved": {None: _("chose"), True: _("changed")}},
    ),
    _candidate(
        "candidate.lined_up",
        _("{actor} put {contact} at {account} next in line"),
        tone="idle",
        icon="list",
        silent=True,
    ),
    _candidate("candidate.no_reply", _("{contact} at {account} has not answered"), tone="wait", icon="clock"),
    replace(
        _candidate(
            "candidate.no_show",
            _("The conversation with {contact} did not take place: {side} stayed away"),
            *("side", "at"),
            tone="stop",
            icon="calendar",
        ),
        words={"side": {"prospect": _("the prospect"), "customer": _("the customer")}},
    ),
    _candidate(
        "candidate.released", _("{contact} at {account} is no longer needed"), "invited", tone="idle", icon="undo"
    ),
    replace(
        _candidate(
            "reference.delivered",
            _("{contact} at {account} spoke for us{assumed}"),
            *("opportunity", "activity", "assumed"),
            tone="ok",
            icon="star",
        ),
        words={"assumed": {None: "", False: "", True: _(", as far as anybody has said")}},
    ),
    _candidate(
        "candidate.unsettled",
        _("{actor} needs another time with {contact}"),
        *("by", "before"),
        tone="wait",
        icon="calendar",
    ),
    _candidate(
        "candidate.promised", _("{actor} wrote down what {contact} was promised"), tone="info", icon="edit", silent=True
    ),
    _candidate("candidate.thanked", _("{actor} thanked {contact} at {account}"), tone="ok", icon="heart", silent=True),
    _candidate(
        "reference.logged",
        _("{actor} wrote down that {contact} at {account} spoke for us"),
        *("opportunity", "activity"),
        tone="ok",
        icon="star",
        silent=True,
    ),
    Topic(
        "feedback.given",
        _("{actor} told how it went: {rating} of 5"),
        fields=(*_TRIED, "side", "rating"),
        refs={field: _OF_CANDIDATE[field] for field in _TRIED},
        visible=concerned,
        tone="info",
        icon="chat",
    ),
]
