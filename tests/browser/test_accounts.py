"""A customer is left alone in two taps, another one says yes by mail; every page of the room stands up to axe."""

import re

import pytest
from playwright.sync_api import Page, expect

from references.accounts import services
from tests.browsing import sign_out
from tests.factories.references import (
    AccountFactory,
    ContactFactory,
    OpportunityFactory,
    ProductFactory,
    reserved,
    speaker,
)

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_support_freezes_in_two_taps(page: Page, site, sign_in, axe, pictures, cast) -> None:
    contact = speaker(name="Kestrel Freight", owner=cast.rep, csm=cast.support, city="Rotterdam")
    OpportunityFactory(account=contact.account, owner=cast.rep, product=ProductFactory())
    reserved(contact, actor=cast.rep)
    sign_in(page, "support")
    page.goto(f"{site}{contact.account.get_absolute_url()}")
    expect(page.get_by_text("agreed to take part")).to_be_visible()
    axe(page)
    page.set_viewport_size(PHONE)  # its button stands at the left edge there: the menu opens to the right
    page.locator("summary", has_text="Freeze").click()
    escalation = page.get_by_role("button", name="Open escalation")
    expect(escalation).to_be_in_viewport(ratio=1)
    escalation.click()
    expect(page.get_by_text("Kestrel Freight is frozen.")).to_be_visible()
    expect(page.get_by_text("Dates that are agreed stay")).to_be_visible()
    axe(page)
    pictures(page, "account-frozen")
    page.get_by_role("button", name="Lift: Open escalation").click()
    expect(page.get_by_text("The freeze is lifted.")).to_be_visible()


def test_the_customer_says_yes(page: Page, site, sign_in, axe, pictures, cast, drain, mailoutbox) -> None:
    contact = ContactFactory(account=AccountFactory(name="Oriel Bank"), person__name="Ana Sousa")
    sign_in(page, "marketer")
    page.goto(f"{site}{contact.get_absolute_url()}")
    axe(page)
    page.get_by_role("link", name="Invite").click()
    page.get_by_label("Reference call").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()
    drain()
    sign_out(page)
    page.goto(re.search(r"http\S+/s/\S+", mailoutbox[0].body)[0])
    axe(page)
    pictures(page, "invitation")
    page.get_by_label("Reference call").check()
    page.get_by_text("Something else").click()
    page.get_by_label("Quote").check()
    page.get_by_role("button", name="Yes, I take part").click()
    expect(page.get_by_role("heading", name="Thank you. We are glad to have you")).to_be_visible()
    axe(page)
    sign_in(page, "marketer")
    page.goto(f"{site}{contact.get_absolute_url()}")
    expect(page.get_by_text("Reference call, quote").first).to_be_visible()
    axe(page)


def test_lists_and_forms(page: Page, site, sign_in, axe, pictures, cast) -> None:
    account = speaker(name="Kestrel Freight", owner=cast.rep).account
    services.freeze(account=speaker().account, kind="legal", actor=cast.marketer)
    sign_in(page, "marketer")
    for path, name in (
        ("/accounts/", "accounts"),
        ("/accounts/?q=nobody", "accounts-nothing"),
        ("/accounts/add/", "account-add"),
        (f"{account.get_absolute_url()}edit/", "account-edit"),
        (f"{account.get_absolute_url()}freeze/", "account-freeze"),
        (f"{account.contacts.get().get_absolute_url()}consent/", "consent"),
        ("/opportunities/", "opportunities"),
    ):
        page.goto(f"{site}{path}")
        axe(page)
        pictures(page, name)


def test_a_similar_name_is_seen_while_typing(page: Page, site, sign_in) -> None:
    AccountFactory(name="Kestrel Freight")
    sign_in(page, "marketer")
    page.goto(f"{site}/accounts/add/")
    page.get_by_label("Name").press_sequentially("Kestral Freight", delay=10)
    expect(page.get_by_text("Is it one of these?")).to_be_visible()
