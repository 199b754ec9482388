"""Pages against the floor: each round does every case once, in random order, the floor before each."""

import itertools
import random
import re
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nominations.models import Nomination
from references.accounts.segments import written
from references.content.models import Asset, Board
from references.content.services import token_of
from references.models import Account, RecruitingTarget, ReferenceRequest, SurveyInvitation, TargetPlan
from refprogram.governance.models import Approval, Fulfilment, Fund
from refprogram.kernel import links
from refprogram.kernel.models import FormAnswer
from refprogram.people.models import User
from tests.bench.servers import Server

NOBODY = "nobody"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Case:
    """One page: how it is asked, what it may cost, and what was measured."""

    name: str
    path: str
    goal: float
    queries_goal: int
    htmx: bool = False
    post: Callable[[], str] | None = None
    fresh: Callable[[], str] | None = None  # an address of its own each time: what can be done only once
    who: str = ""  # the mail address of who asks; empty: who runs the program; NOBODY: behind a link, not signed in
    seconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    size: int = 0
    queries: int = 0
    repeated: int = 0

    def address(self) -> str:
        """Return where it is asked this time."""
        return self.fresh() if self.fresh else self.path


def cases() -> list[Case]:
    """Return the pages of contract.md's goals that exist so far."""
    account = Account.objects.filter(state="active").order_by("pk")[0]
    request = ReferenceRequest.objects.filter(state="submitted").order_by("pk")[0]
    nomination = Nomination.objects.filter(state="screening").order_by("pk")[0]
    approval = Approval.objects.filter(state="pending").order_by("pk")[0]
    fund = Fund.objects.filter(state="open").order_by("pk")[0]
    gift = Fulfilment.objects.filter(state="delivered").order_by("pk")[0]
    invitation = SurveyInvitation.objects.filter(state="sent", survey__state="running").order_by("pk")[0]
    target = RecruitingTarget.objects.filter(state="open").order_by("pk")[0]
    plan = TargetPlan.objects.order_by("pk")[0]
    story = Asset.objects.filter(state="published").order_by("pk")[0]
    board = Board.objects.filter(closed_at__isnull=True).order_by("pk")[0]
    cell = written(target.cell)
    door = links.issue(purpose="survey", subject=invitation, person_id=invitation.contact.person_id)
    door = door.removeprefix(settings.BASE_URL)
    return [
        Case("accounts, 50 rows", "/accounts/", 4, 8),
        Case("accounts, filtered", "/accounts/?state=active", 4, 8),
        Case("accounts, searched", "/accounts/?q=nord", 4, 8),
        Case("accounts, htmx fragment", "/accounts/?sort=-fatigue", 2.5, 8, htmx=True),
        Case("nominations, 50 rows", "/nominations/", 4, 8),
        Case("duplicate hint", f"/nominations/accounts/?{urlencode({'q': account.name[:-1]})}", 2, 8, htmx=True),
        Case("requests, 50 rows", "/requests/", 4, 8),
        Case("ledger, 50 rows", "/ledger/", 4, 8),
        Case("account", account.get_absolute_url(), 3, 12),
        Case("nomination", nomination.get_absolute_url(), 3, 12),
        Case("request", request.get_absolute_url(), 3, 12),
        Case("coverage map", "/coverage/", 4, 8),
        Case("coverage map, a third held", "/coverage/?rows=use_case&cols=persona&by=industry&value=Retail", 4, 8),
        Case("coverage, a cell chosen", f"/coverage/?at={cell}", 4, 9),
        Case("coverage, who could nominate", f"/coverage/people/?at={cell}", 4, 8, htmx=True),
        Case("coverage, bench planner", "/coverage/planner/", 4, 8),
        Case("recruiting target", target.get_absolute_url(), 3, 12),
        Case("plans", "/coverage/plans/", 3, 8),
        Case("plan", plan.get_absolute_url(), 3, 12),
        Case("request, matches", f"{request.get_absolute_url()}matches/", 3, 12, htmx=True),
        Case("asks of a month", "/asks/", 4, 8),
        Case("consents, 50 rows", "/consents/", 4, 8),
        Case("stories, 50 rows", "/content/", 4, 8),
        Case("stories, as columns", "/content/columns/", 4, 8),
        Case("story", story.get_absolute_url(), 3, 20),
        Case("library, 24 cards", "/library/", 4, 8),
        Case("library, searched", "/library/?q=clinics", 4, 9),
        Case("share page, by link", f"/s/{token_of(board)}/", 3, 9, who=NOBODY),
        Case("asks, 50 rows", "/asks/list/", 4, 8),
        Case("give and take of an account", f"{account.get_absolute_url()}goodwill/", 2.5, 8, htmx=True),
        Case("program settings", "/settings/program/", 4, 8),
        Case("approvals", "/approvals/", 3, 8),
        Case("approval", approval.get_absolute_url(), 3, 12),
        Case("budgets", "/budgets/", 3, 8),
        Case("fund", fund.get_absolute_url(), 3, 8),
        Case("gifts, 50 rows", "/fulfilments/", 4, 8),
        Case("gift", gift.get_absolute_url(), 3, 12),
        Case("survey", invitation.survey.get_absolute_url(), 3, 12),
        Case("survey, answer by link", door, 3, 8, who=NOBODY),
        Case("survey, what is typed is kept", door, 3, 20, post=_typed, who=NOBODY),
        Case("survey, answer is sent", "", 3, 45, post=_answer, fresh=_doors().__next__, who=NOBODY),
        Case("form builder", invitation.survey.form.design.get_absolute_url(), 3, 8),
        Case("search box", "/search/?q=nordbridge", 3.5, 12, htmx=True),
        Case("standings", "/standings/", 3, 12),
        Case("points leaderboard", "/rewards/leaderboard/", 3, 12),
        Case("executive page", "/dashboards/", 3, 15),
        Case("executive page, program", "/dashboards/program/", 4, 15),
        Case("executive page, sales", "/dashboards/sales/", 4, 15, who="sales-head@demo.example"),
        Case("executive page, a team", "/dashboards/sales/", 4, 15, who="manager@demo.example"),
        Case("executive page, jury", "/dashboards/jury/", 4, 15),
        Case("executive page, support", "/dashboards/support/", 4, 15, who="support@demo.example"),
        Case("form post (my settings)", "/settings/", 3, 12, post=_profile),
    ]


def _typed() -> str:
    part = random.choice(("product", "people", "support", "speed"))
    stars = random.randrange(3, 6)  # at two and less "what was wrong?" is asked, too
    return f"act=save&keep=1&tab=bench&f-satisfied={stars}&f-parts={part}"


def _answer() -> str:
    return _typed().replace("act=save", "act=send")


def _doors() -> Iterator[str]:
    """Yield links of open invitations but the first; go round when all were used, with the answers taken back."""
    waiting = {"state": "sent", "survey__state": "running", "survey__kind": "csat"}
    _first, *ids = SurveyInvitation.objects.filter(**waiting).order_by("pk").values_list("pk", flat=True)
    for number in itertools.count():
        row = SurveyInvitation.objects.select_related("contact").get(pk=ids[number % len(ids)])
        SurveyInvitation.objects.filter(pk=row.pk).update(state="sent", answered_at=None, score=None, answer=None)
        FormAnswer.objects.filter(subject_type="surveyinvitation", subject_id=row.pk).delete()
        yield links.issue(purpose="survey", subject=row, person_id=row.contact.person_id).removeprefix(
            settings.BASE_URL
        )


def _profile() -> str:
    return f"name=Lena+Hoffmann&title=Reference+manager+{random.randrange(10_000)}&submit_key={uuid.uuid4()}"


def session_of(user: User) -> str:
    """Sign a user in without a form; return the session's key."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


class Visitor:
    """Asks one server, as one person."""

    def __init__(self, server: Server, cookies: str = "") -> None:
        self.server, self.cookies = server, cookies

    def ask(self, case: Case | None, path: str) -> tuple[float, int]:
        """Return (seconds, bytes) of one answer; anything but a success or a redirect stops the bench."""
        headers = {"Cookie": self.cookies}
        body = None
        if case and case.htmx:
            headers |= {"HX-Request": "true"}
        if case and case.post:
            headers |= FORM | {"X-CSRFToken": "a" * 32}
            body = case.post()
        connection = self.server.connection()
        began = time.perf_counter()
        connection.request("POST" if body else "GET", path, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        took = time.perf_counter() - began
        connection.close()
        if answer.status not in {200, 302}:
            message = f"{path}: {answer.status} {content[:400]!r}"
            raise RuntimeError(message)
        return took, len(content)


def people(found: list[Case], user: User) -> dict[str, User | None]:
    """Return who asks, by `Case.who`."""
    rows = User.objects.select_related("person").filter(email__in={case.who for case in found})
    return {"": user, NOBODY: None, **{row.email: row for row in rows}}


def measure(found: list[Case], floor: Server, program: Server, user: User, rounds: int) -> list[float]:
    """Fill in what every case took, round by round; return the floor's own seconds."""
    bare = Visitor(floor)
    visitors = {
        who: Visitor(program, "; ".join([f"csrftoken={'a' * 32}", *([f"sessionid={session_of(one)}"] if one else [])]))
        for who, one in people(found, user).items()
    }
    order, floors = list(found), []
    for number in range(rounds + 3):
        random.shuffle(order)
        for case in order:
            base, _size = bare.ask(None, "/rows")
            took, case.size = visitors[case.who].ask(case, case.address())
            if number >= 3:  # the first rounds fill caches
                floors.append(base)
                case.seconds.append(took)
                case.ratios.append(took / base)
    return floors


def client_of(user: User | None) -> Client:
    """Return a client in which the user is signed in, or nobody."""
    client = Client(headers={"host": "127.0.0.1"})
    if user is not None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def ask(client: Client, case: Case, address: str, content: str) -> Any:
    """Ask for a page once, in this process; `content` is what a form sends."""
    if case.post:
        return client.post(address, content, content_type=FORM["Content-Type"])
    return client.get(address, headers={"HX-Request": "true"} if case.htmx else None)


def count_queries(found: list[Case], user: User) -> None:
    """Fill in how many statements each case sends, and how many of them were sent twice."""
    clients = {who: client_of(one) for who, one in people(found, user).items()}
    for case in found:
        client = clients[case.who]
        for _ in range(2):
            address, content = case.address(), case.post() if case.post else ""  # what these send is not the page's
            with CaptureQueriesContext(connection) as captured:
                ask(client, case, address, content)
        sent = [re.sub(r"\s+", " ", q["sql"]) for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
        case.queries, case.repeated = len(sent), len(sent) - len(set(sent))


def median(values: list[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(values)[int(len(values) * 0.95)]
