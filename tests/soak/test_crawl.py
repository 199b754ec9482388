"""Every link that a page offers opens for who reads it: each role follows them, at a desk's width and on a phone."""

import re
from collections import deque

import pytest
from django.conf import settings
from django.core.management import call_command

from refprogram.people.demo import NAMES, address
from refprogram.people.models import User
from tests.browsing import SETTLED, WIDTHS
from tests.cast import signed_in
from tests.soak.length import lasting, tell

pytestmark = pytest.mark.browser

SCALE = 60
ELSEWHERE = re.compile(r"/(auth/logout|static|api|admin|dev)/|.*[?&]format=")
OFFERED = """() => [...document.querySelectorAll('a[href^="/"]:not([download])')]
  .map((link) => link.getAttribute('href').split('#')[0])"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def shape(link):
    """Return what pages of one kind have in common: one account is as good as another."""
    path = link.partition("?")[0]
    return re.sub(r"(?<=/)([a-z0-9]{12}|[0-9]+|(?<=/s/)[^/]+)(?=/)", "X", path)


class Reader:
    """One role in a browser of its own; `ahead` are links that it was offered and has not opened, with where."""

    def __init__(self, browser, site, role):
        self.site, self.faults, self.opened = site, [], 0
        self.ahead, self.known = deque([("/", "the sign-in")]), {"/"}
        context = browser.new_context(reduced_motion="reduce")
        cookie = signed_in(User.objects.get(email=address(role))).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("console", lambda message: self._note(message.text) if message.type == "error" else None)
        self.page.on(
            "response", lambda answer: self._note(f"{answer.status} {answer.url}") if answer.status > 399 else None
        )

    def open_next(self):
        """Open one page and look at it at each width; what it offers comes last in the row."""
        self.here = self.ahead.popleft()
        self.opened += 1
        self.page.goto(f"{self.site}{self.here[0]}")
        for width, height in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.evaluate(SETTLED)
            if self.page.evaluate(TOO_WIDE):
                self._note(f"scrolls sideways at {width} px")
        for link in self.page.evaluate(OFFERED):
            if shape(link) not in self.known and not ELSEWHERE.match(link):
                self.known.add(shape(link))
                self.ahead.append((link, self.here[0]))

    def _note(self, fault):
        self.faults.append(f"{self.here[0]}, offered on {self.here[1]}: {fault}")


def test_what_is_offered_opens(browser, site, capsys):
    call_command("demo", scale=SCALE, verbosity=0)
    readers = {role: Reader(browser, site, role) for role in NAMES}
    going_on = lasting(0.25)

    while (ahead := [reader for reader in readers.values() if reader.ahead]) and going_on():
        for reader in ahead:
            reader.open_next()

    left = sum(len(reader.ahead) for reader in readers.values())
    tell(capsys, f"{sum(one.opened for one in readers.values())} pages opened by {len(readers)} roles, {left} left")
    assert {role: reader.faults for role, reader in readers.items() if reader.faults} == {}
