"""A customer on a phone: reads what was agreed, sets a number, pauses, answers what waits, takes everything back."""

import re

import pytest
from playwright.sync_api import Page, expect

from references.accounts.enums import Membership
from references.customer_page.addresses import address_of
from tests.factories.requests import invited

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_a_customer_looks_after_their_own_page(page: Page, site, axe, pictures, faults) -> None:
    candidate = invited()
    contact = candidate.contact
    page.set_viewport_size(PHONE)
    path = "/s/" + address_of(contact).split("/s/")[1]
    page.goto(site + path)
    axe(page)
    pictures(page, "customer-page")
    page.get_by_label("In three months, at most").fill("1")
    page.get_by_role("button", name="Keep these numbers").click()
    expect(page.get_by_text("Nobody asks you more often than that.")).to_be_visible()
    contact.refresh_from_db()
    assert contact.cap_per_quarter == 1
    page.get_by_role("button", name="Say yes, no, or when").click()
    page.get_by_role("button", name="Yes, gladly").click()
    expect(page.get_by_role("heading", name="Thank you for saying yes")).to_be_visible()
    page.goto(site + path)
    expect(page.get_by_role("heading", name="Agreed with you")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text(re.compile("You asked for a pause"))).to_be_visible()
    axe(page)
    page.get_by_role("button", name="End the pause").click()
    page.get_by_text("End everything", exact=True).click()
    page.get_by_role("button", name="Yes, end everything").click()
    expect(page.get_by_text("Everything is taken back.")).to_be_visible()
    contact.refresh_from_db()
    assert contact.state == Membership.RETIRED
