"""A rep nominates on a phone; the owner answers by link; a marketer screens by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nominations.models import Nomination
from tests.cast import Cast
from tests.factories.nominations import NominationFactory, screened
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_a_nomination_on_a_phone(
    page: Page, site: str, sign_in: Any, axe: Any, pictures: Any, faults: list[str], cast: Cast
) -> None:
    contact = ContactFactory(account=AccountFactory(name="Nordvik Shipping AS", country="Norway", owner=cast.rep))
    NominationFactory(account=AccountFactory(name="Nordvale Dairies"), nominator=UserFactory(name="Tom Okafor"))
    page.set_viewport_size(PHONE)
    sign_in(page, "rep")

    page.goto(f"{site}/nominations/new/")
    page.get_by_role("combobox", name="Nominate a customer").press_sequentially("Nordv")
    expect(page.get_by_text("Nominated by Tom Okafor")).to_be_visible()
    axe(page)
    pictures(page, "nominate-search")
    page.get_by_role("option", name="Nordvik Shipping AS").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nominate Nordvik Shipping AS")
    expect(page.get_by_label("E-mail")).to_be_hidden()  # the contact that we know is chosen
    page.get_by_label("Why them?").fill("Empty kilometres down by a third.")
    page.get_by_label("Reference call").check()
    axe(page)
    pictures(page, "nominate-form")
    page.get_by_role("button", name="Nominate Nordvik Shipping AS").click()

    expect(page.get_by_text("Nordvik Shipping AS is nominated. Thank you!")).to_be_visible()
    axe(page)
    pictures(page, "nomination")
    nomination = Nomination.objects.get(account=contact.account)
    assert (nomination.contact, nomination.activities) == (contact, ["call"])


def test_the_owner_answers_from_the_mail(
    page: Page,
    site: str,
    axe: Any,
    pictures: Any,
    faults: list[str],
    cast: Cast,
    drain: Callable[[], int],
    mailoutbox: Any,
) -> None:
    nomination = NominationFactory(account=AccountFactory(name="Kestrel Freight", owner=cast.rep))
    drain()
    page.goto(f"{site}/s/{token_in(mails_to(cast.rep, mailoutbox)[0])}/")
    axe(page)
    pictures(page, "owner-check")
    page.get_by_label("Anything we should know?").fill("Renewal in March.")
    page.get_by_role("button", name="Not now").click()

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    nomination.refresh_from_db()
    assert (nomination.owner_answer, nomination.owner_note) == ("not_now", "Renewal in March.")


def test_screening_by_keyboard(
    page: Page, site: str, sign_in: Any, axe: Any, pictures: Any, faults: list[str], cast: Cast
) -> None:
    first = ContactFactory(account=AccountFactory(name="Oriel Bank"))
    screened(NominationFactory(account=first.account, contact=first))
    screened(NominationFactory(account=AccountFactory(name="Vantage Rail")))
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, "marketer")
    page.goto(f"{site}/nominations/screening/")
    expect(page.get_by_text("1 of 2")).to_be_visible()
    axe(page)
    pictures(page, "screening")
    page.set_viewport_size({"width": 1440, "height": 900})

    heading = page.get_by_role("heading", level=1)
    page.keyboard.press("j")
    expect(heading).to_have_text("Vantage Rail")
    page.keyboard.press("k")
    expect(heading).to_have_text("Oriel Bank")
    for key in "435":
        page.keyboard.press(key)
    expect(page.locator("[data-total]")).to_have_text("12")
    page.keyboard.press("a")
    expect(page.get_by_text("Oriel Bank is approved")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vantage Rail")

    page.keyboard.press("n")
    page.keyboard.type("We have eleven railways.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("The queue is empty")).to_be_visible()
    pictures(page, "screening-empty")
    states = dict(Nomination.objects.values_list("account__name", "state"))
    assert states == {"Oriel Bank": "outreach", "Vantage Rail": "not_approved"}


def test_standings_are_drawn(page: Page, site: str, sign_in: Any, axe: Any, pictures: Any, cast: Cast) -> None:
    sign_in(page, "rep")
    page.goto(f"{site}/standings/")
    axe(page)
    pictures(page, "standings")
    page.goto(f"{site}/nominations/")
    axe(page)
    pictures(page, "nominations-empty")
