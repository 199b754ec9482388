"""Somebody who walks the street: signs in as one colleague after the other, and opens the links that arrive by mail."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from playwright.sync_api import Page, expect

from references.requests.models import ReferenceRequest
from tests.browsing import sign_out
from tests.mailbox import mails_to, token_in

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@dataclass
class Street:
    """One browser, and everything that a test of a whole journey asks for."""

    page: Page
    site: str
    sign_in: Callable[[Page, str], None]
    axe: Callable[[Page], None]
    pictures: Callable[[Page, str], list[Path]]
    drain: Callable[[], int]
    mailoutbox: Iterable[EmailMessage]
    time_machine: Any
    screen: dict[str, int] = field(default_factory=lambda: dict(DESK))

    def use(self, screen: dict[str, int]) -> None:
        """Go on at a phone or a desk."""
        self.screen = dict(screen)
        self.page.set_viewport_size(self.screen)  # type: ignore[arg-type]

    def come(self, part: str, path: str = "/") -> Page:
        """Sign in as a colleague and open a page; what happened before has been carried to everybody by then."""
        self.drain()
        self.sign_in(self.page, part)
        return self.open(path)

    def open(self, path: str) -> Page:
        """Open a page of the program."""
        self.page.goto(f"{self.site}{path}")
        return self.page

    def follow(self, reader: Any, subject: str) -> Page:
        """Open, signed in as nobody, the link of the newest mail that somebody got under this subject."""
        self.drain()
        mails = [mail for mail in mails_to(reader, self.mailoutbox) if subject in str(mail.subject)]
        assert mails, [(mail.to, mail.subject) for mail in self.mailoutbox]
        sign_out(self.page)
        return self.open(f"/s/{token_in(mails[-1])}/")

    def look(self, name: str) -> None:
        """Check the page that is shown, and keep its pictures."""
        self.axe(self.page)
        self.pictures(self.page, f"street-{name}")
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.use(self.screen)

    def wait_until_held(self, request: ReferenceRequest) -> None:
        """Let the time come on which a customer agreed, and look at the page again."""
        at = request.candidates.values_list("scheduled_at", flat=True).get()
        self.time_machine.move_to(at + dt.timedelta(hours=1))
        self.page.reload()

    def says(self, words: str) -> None:
        """Wait until the page says something."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def tick(self, name: str) -> None:
        """Tick a box that nobody has ticked for them."""
        box = self.page.get_by_role("checkbox", name=name)
        expect(box).not_to_be_checked()
        box.check()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()
