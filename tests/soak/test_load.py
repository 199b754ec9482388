"""Twenty people at once, on a real web server with workers of its own: every answer is one, none takes for ever."""

import http.client
import itertools
import threading
import time
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

from nominations.models import Nomination
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.cast import signed_in
from tests.soak.length import lasting, tell
from tests.soak.serving import PATIENCE, served

pytestmark = pytest.mark.worker

PEOPLE = 20
PAGES = (
    *("/", "/nav/counts/", "/accounts/", "/accounts/?q=north&sort=-name", "/requests/", "/nominations/", "/standings/"),
    *("/rewards/", "/rewards/leaderboard/", "/search/?q=an", "/settings/", "/accounts/?format=csv"),
)


class Visitor(threading.Thread):
    """Reads every page, nominates a customer, and begins again."""

    def __init__(self, user, port, going_on):
        super().__init__(name=str(user.public_id))
        self.port, self.going_on, self.answers, self.slowest = port, going_on, Counter(), 0.0
        client = signed_in(user)
        client.get("/nominations/new/?name=x")  # brings the cookie against forged forms
        self.cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        self.csrf = client.cookies["csrftoken"].value

    def run(self):
        for number in itertools.takewhile(lambda number: number == 0 or self.going_on(), itertools.count()):
            for page in PAGES:
                self.ask("GET", page)
            account = f"{self.name} {number}"
            said = {"account_name": account, "why": "They love us", "csrfmiddlewaretoken": self.csrf}
            self.ask("POST", f"/nominations/new/?{urlencode({'name': account})}", urlencode(said))

    def ask(self, method, path, body=None):
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            self.answers[method, path.partition("?")[0], answer.status] += 1
        except OSError as fault:
            self.answers[method, path.partition("?")[0], repr(fault)] += 1
        finally:
            connection.close()
        self.slowest = max(self.slowest, time.monotonic() - began)


@pytest.fixture
def web(outside):
    """The program as `make run` serves it: two processes of four threads; return its port."""
    with served(outside, "--workers", "2", "--threads", "4") as port:
        yield port


def test_twenty_people_at_once(web, outside, capsys):
    call_command("demo", scale=200, verbosity=0)
    outside.start_worker()
    field = User.objects.select_related("person").filter(role__in=[Role.REP, Role.SUPPORT]).order_by("pk")[:PEOPLE]
    going_on = lasting(0.15)
    visitors = [Visitor(user, web, going_on) for user in field]
    before = Nomination.objects.count()
    began = time.monotonic()
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    seconds = time.monotonic() - began

    answers = sum((visitor.answers for visitor in visitors), Counter())
    slowest = max(visitor.slowest for visitor in visitors)
    tell(
        capsys,
        f"{sum(answers.values())} requests of {len(visitors)} people in {seconds:.0f} s, slowest {slowest:.1f} s",
    )
    assert len(visitors) == PEOPLE
    assert {what: count for what, count in answers.items() if what[2] not in {200, 302}} == {}
    assert Nomination.objects.count() - before == answers["POST", "/nominations/new/", 302] >= PEOPLE
    log = (outside.state / "logs" / "web.log").read_text(encoding="utf-8")
    assert "Traceback" not in log, log[-4000:]
    call_command("verify")
