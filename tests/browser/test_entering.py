"""A customer enters a contest without an account: from the invitation's mail to the receipt, on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from awards.entries import services
from awards.entries.enums import EntryState
from awards.models import ContestEntry, EntryMetric
from tests.factories.contests import CategoryFactory, PrizeFactory
from tests.factories.entries import InviteFactory, open_contest
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def invited(drain: Any, mailoutbox: Any) -> tuple[Any, str]:
    """Invite a customer; return the invitation and the way that its mail names."""
    contest = open_contest(name="The Proof Awards")
    CategoryFactory(contest=contest, name="Finance")
    PrizeFactory(contest=contest)
    invite = services.invite(invite=InviteFactory(contest=contest), by=contest.owner)
    drain()
    (mail,) = mails_to(invite.contact.person, mailoutbox)
    return invite, f"/s/{token_in(mail)}/"


def write(page: Page, axe: Any, pictures: Any) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Tell what you achieved")
    axe(page)
    page.get_by_label("Title", exact=True).fill("Books closed in three days")
    page.get_by_label("Finance").check()
    page.get_by_label("What was the problem?").fill("The month ended with two nights at the office.")
    page.get_by_label("What did you do?").fill("We match what comes in each evening.")
    page.get_by_label("What got better?").select_option(label="Time")
    page.get_by_label("What was measured").fill("Days to close the month")
    page.get_by_label("Before", exact=True).fill("8")
    page.get_by_label("After", exact=True).fill("3")
    page.get_by_label("Unit").fill("days")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("This figure may be published").check()
    expect(page.locator("#saved")).to_contain_text("saved")
    pictures(page, "entry-write")


def test_a_customer_enters_on_a_phone(
    page: Page, site: str, drain: Any, mailoutbox: Any, axe: Any, pictures: Any, faults: Any
) -> None:
    page.set_viewport_size(PHONE)
    invite, way = invited(drain, mailoutbox)

    page.goto(f"{site}{way}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Would you enter The Proof Awards?")
    axe(page)
    pictures(page, "entry-invitation")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Yes, begin my entry").click()
    write(page, axe, pictures)
    page.set_viewport_size(PHONE)

    page.reload()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Books closed in three days")
    page.get_by_role("button", name="Add a result").click()
    expect(page.get_by_label("What was measured")).to_have_count(2)
    page.get_by_role("button", name="Take away").nth(1).click()
    expect(page.get_by_label("What was measured")).to_have_count(1)
    page.get_by_role("button", name="Check and hand in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Look at it once more")
    axe(page)
    page.get_by_label("Our logo").check()
    pictures(page, "entry-send")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Hand in the entry").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your entry has arrived.")
    axe(page)
    pictures(page, "entry-receipt")
    drain()
    entry = ContestEntry.objects.get(invite=invite)
    assert (entry.state, EntryMetric.objects.get(entry=entry).after) == (EntryState.SUBMITTED, 3)
    assert entry.consents.get(use="logo").given
    assert any(entry.code in mail.subject for mail in mails_to(entry.owner, mailoutbox))
