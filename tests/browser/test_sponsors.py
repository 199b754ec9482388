"""A promise from the mail to the figure: opened on a phone, one tap, and the rate is there; then all is handed over."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from refprogram.governance.sponsors import services
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from tests.browsing import sign_out
from tests.cast import Cast
from tests.factories.sponsors import SponsorPledgeFactory, SponsorshipFactory
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_an_executive_keeps_a_promise_from_a_phone(
    page: Page,
    site: str,
    sign_in: Any,
    axe: Any,
    pictures: Any,
    faults: list[str],
    cast: Cast,
    drain: Callable[[], int],
    mailoutbox: Any,
) -> None:
    executive, heir, today = cast.executive, cast.sales_head, timezone.localdate()
    row = SponsorshipFactory(user=executive, starts_on=today - dt.timedelta(days=90))
    pledge = SponsorPledgeFactory(
        sponsorship=row, due_on=today, every_weeks=4, words="Open the all-hands with references"
    )
    services.remind()
    drain()

    page.set_viewport_size(PHONE)
    page.goto(f"{site}/s/{token_in(mails_to(executive, mailoutbox)[0])}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Open the all-hands with references")
    expect(page.get_by_text("nothing wins a customer like another customer")).to_be_visible()
    axe(page)
    pictures(page, "sponsor-link")
    page.get_by_label("What happened?").fill("Two hundred people")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Thank you: it is noted as done")).to_be_visible()
    expect(page.get_by_text("1 of 1")).to_be_visible()
    axe(page)
    assert SponsorPledge.objects.get(pk=pledge.pk).proof == "Two hundred people"

    sign_in(page, "executive")
    page.goto(f"{site}/sponsors/mine/")
    expect(page.locator(".rp-big")).to_contain_text("100")
    axe(page)
    pictures(page, "sponsor-mine")
    sign_out(page)

    sign_in(page, "marketer")
    page.goto(f"{site}/sponsors/")
    axe(page)
    pictures(page, "sponsors")
    page.get_by_role("link", name=executive.name).first.click()
    page.get_by_role("link", name="Hand over").click()
    page.get_by_role("combobox", name="Who backs it from today").fill(heir.name)
    page.get_by_role("option", name=heir.name).click()
    page.get_by_role("button", name="Hand over everything that is open").click()
    expect(page.get_by_text("Handed over. They get a mail")).to_be_visible()
    axe(page)
    drain()
    sign_out(page)

    page.set_viewport_size(PHONE)
    page.goto(f"{site}/s/{token_in(mails_to(heir, mailoutbox)[-1])}/")
    axe(page)
    pictures(page, "sponsor-handed")
    page.get_by_role("button", name="Yes, I take it over").click()
    expect(page.get_by_role("heading", name="Thank you: you have answered everything")).to_be_visible()
    assert Sponsorship.objects.get(ended_on=None).user == heir
    assert faults == []
