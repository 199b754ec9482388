"""My desk: what needs this person now, and the figures that this person is judged by."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.ledger import selectors as ledger
from incentives.models import Posting
from incentives.recognition import standings as point_standings
from nominations import selectors as nominations
from nominations.enums import NominationState
from nominations.standings import ranking as standings
from references.accounts import selectors as accounts
from references.accounts.views.lists import AccountList
from references.requests import selectors as requests
from references.requests.enums import RequestState
from references.requests.models import ReferenceRequest
from references.requests.views.lists import RequestList
from refprogram.dashboards import by_role
from refprogram.dashboards.drill import view_of
from refprogram.dashboards.figures import Stat
from refprogram.dashboards.kept_counts import PLACE, kept_or
from refprogram.kernel.desk import DeskItem
from refprogram.kernel.enums import Period
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import at_a_glance
from refprogram.people.models import User

NOON, EVENING = 12, 18
FIELD = {Role.REP, Role.SUPPORT, Role.MANAGER}
PROGRAM = {Role.MARKETER, Role.ADMIN}
WITH_PROGRAM = PROGRAM | {Role.SALES_HEAD, Role.EXECUTIVE, Role.FINANCE, Role.LEGAL}  # a judge sees none of it
STEPS = (RequestState.SUBMITTED, RequestState.MATCHING, RequestState.CONFIRMED, RequestState.DELIVERED)


@dataclass(frozen=True)
class Queue:
    """One queue of the program with its size, and a word about its age."""

    name: str
    count: int | str
    age: str
    url: str
    state: str = ""


@dataclass(frozen=True)
class MyRequest:
    """One of my open requests and how far it is."""

    row: ReferenceRequest
    steps: list[dict[str, str]]


@dataclass(frozen=True)
class Desk:
    """Everything on one desk. What a role does not have stays empty and is not drawn."""

    greeting: str
    facts: str
    items: list[DeskItem]
    nominate: bool = False
    moments: Sequence[Any] = ()
    queues: list[Queue] = field(default_factory=list)
    my_requests: list[MyRequest] = field(default_factory=list)
    place: standings.Place | None = None
    points: point_standings.Position | None = None
    balance: int | None = None
    program: accounts.Facts | None = None
    figures: requests.RequestCounts | None = None
    headlines: list[Stat] = field(default_factory=list)
    liability: list[Stat] = field(default_factory=list)
    booked: list[Posting] = field(default_factory=list)
    agreements: by_role.Agreements | None = None
    judges: bool = False

    @property
    def tiles(self) -> list[list[Stat]]:
        """The rows of figures under the greeting."""
        return [stats for stats in (self.headlines, self.liability) if stats]

    @property
    def free_url(self) -> str:
        """Who is free to be asked today."""
        return view_of(AccountList, "free")


def desk_of(user: User) -> Desk:
    """Return a colleague's desk: the same page for everyone, filled by role."""
    items = items_for(user)
    in_field, runs = user.role in FIELD, user.role in PROGRAM
    return Desk(
        greeting=_greeting(user),
        facts=_facts(items),
        items=items,
        nominate=in_field,
        moments=nominations.good_moments(user) if in_field else (),
        queues=queues(user) if runs else [],
        my_requests=_my_requests(user) if in_field else [],
        place=kept_or(user, nominations.place_of, PLACE) if in_field else None,
        points=point_standings.points_to_next(user, period=Period.QUARTER) if in_field else None,
        balance=ledger.balance_of(user.person) if in_field else None,
        program=accounts.facts(user) if user.role in WITH_PROGRAM else None,
        figures=requests.request_counts(user) if user.role in WITH_PROGRAM else None,
        headlines=by_role.headlines(user),
        liability=by_role.liability(user),
        booked=by_role.last_booked(user),
        agreements=by_role.agreements(user),
        judges=user.role == Role.JUDGE and not items,
    )


def items_for(user: User) -> list[DeskItem]:
    """Return what every room puts on this desk, the most urgent first, then the oldest."""
    rooms = [import_string(path) for path in settings.DESKS]
    with at_a_glance(user):
        found = [item for room in rooms for item in room(user)]
    return sorted(found, key=lambda item: (item.urgency, item.since))


def _greeting(user: User) -> str:
    hour = timezone.localtime().hour
    name = {"name": user.first_name}
    if hour < NOON:
        return _("Good morning, %(name)s") % name
    return _("Good afternoon, %(name)s") % name if hour < EVENING else _("Good evening, %(name)s") % name


def _facts(items: list[DeskItem]) -> str:
    number = len(items)
    today = date_format(timezone.localdate(), "l j F")
    if not number:
        return _("%(day)s. Nothing waits for you.") % {"day": today}
    return ngettext("%(day)s. %(n)s thing needs you.", "%(day)s. %(n)s things need you.", number) % {
        "day": today,
        "n": rp.number(number),
    }


def queues(user: User) -> list[Queue]:
    """Return the queues of who runs the program, with their ages."""
    at_risk, to_match = requests.waiting(user)
    screening, oldest = nominations.to_screen()
    checks, _consents = accounts.program_queues(user)
    return [
        Queue(
            _("Requests at risk"),
            at_risk,
            _("due within a day, or late") if at_risk else _("nothing is late"),
            view_of(RequestList, "risk"),
            "late" if at_risk else "",
        ),
        Queue(
            _("To match"),
            to_match,
            _("waiting for a proposal"),
            view_of(RequestList, "match"),
        ),
        Queue(
            _("Nominations to screen"),
            screening,
            _("oldest %(when)s") % {"when": _ago(oldest)} if oldest else _("nothing waits"),
            reverse("nominations:screening"),
        ),
        Queue(
            _("Checks due"),
            checks if checks <= accounts.COUNTED_TO else accounts.capped(checks),
            _("owners to confirm"),
            view_of(AccountList, "checks"),
        ),
    ]


def _ago(moment: dt.datetime) -> str:
    return str(rp.relative_words((moment - timezone.now()).total_seconds()))


def _my_requests(user: User) -> list[MyRequest]:
    return [MyRequest(row, steps_of(row)) for row in requests.own_open(user)]


def steps_of(row: ReferenceRequest) -> list[dict[str, str]]:
    """Return the journey of an open request for the stepper: asked, matching, customer agreed, held."""
    words = (_("Asked"), _("Matching"), _("Customer agreed"), _("Held"))
    state = RequestState.SUBMITTED if row.state == RequestState.NEEDS_INFO else RequestState(row.state)
    at = STEPS.index(state)
    marks = ["done" if i < at else "now" if i == at else "" for i in range(len(STEPS))]
    return [{"text": word, "state": mark} for word, mark in zip(words, marks, strict=True)]


def counts(user: User) -> dict[str, int]:
    """Return the numbers beside the navigation: my desk, requests to match, nominations to screen."""
    found = {"desk": len(items_for(user))}
    if user.role in PROGRAM:
        found["requests"] = requests.waiting(user).to_match
        found["nominations"] = nominations.stage_counts()[NominationState.SCREENING]
    return found
