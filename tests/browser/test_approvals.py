"""Ask, approve from the mail on a phone, see it approved; a chain drafted, tried out and published by keyboard."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from incentives.models import Rule
from incentives.rulebook.enums import RuleState
from refprogram.governance.approvals.models import Chain, ChainVersion
from tests.browsing import sign_out
from tests.cast import Cast
from tests.factories.approvals import asked
from tests.factories.incentives import RuleFactory
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


def test_asked_and_approved_from_the_mail_on_a_phone(
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
    head, marketer = cast.sales_head, cast.marketer
    rule = RuleFactory(name="Autumn calls", state=RuleState.DRAFT, created_by=marketer)
    page.set_viewport_size(DESKTOP)
    sign_in(page, "marketer")
    page.goto(f"{site}{rule.get_absolute_url()}")
    page.get_by_role("button", name="Ask to switch it on").click()
    expect(page.get_by_text("Asked. The rule goes on as soon as it is approved.")).to_be_visible()
    page.get_by_role("link", name="See who is asked").click()
    expect(page.get_by_text("Asked: Hanna Head")).to_be_visible()
    axe(page)
    pictures(page, "approval-road")

    drain()
    sign_out(page)
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/s/{token_in(mails_to(head, mailoutbox)[0])}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Switch on the rule “Autumn calls”")
    axe(page)
    pictures(page, "approval-link")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Thank you: you approved it")).to_be_visible()
    axe(page)

    drain()
    assert Rule.objects.get(pk=rule.pk).state == RuleState.LIVE
    sign_in(page, "marketer")
    page.goto(f"{site}/approvals/")
    expect(page.get_by_text("Approved").first).to_be_visible()
    page.get_by_role("link", name="Switch on the rule “Autumn calls”").click()
    expect(page.get_by_text("Hanna Head approved, from the mail")).to_be_visible()
    assert faults == []


def test_one_tap_on_the_desk(page: Page, site: str, sign_in: Any, axe: Any, faults: list[str], cast: Cast) -> None:
    cast.finance  # noqa: B018 - is asked
    asked(cast.rep, label="A second camera")
    page.set_viewport_size(PHONE)
    sign_in(page, "finance")
    page.goto(f"{site}/")
    expect(page.get_by_text("Approve? A second camera")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved. Rhea Rep is told.")).to_be_visible()
    expect(page.get_by_text("Approve? A second camera")).to_be_hidden()
    assert faults == []


def _find(page: Page, within: Any, label: str, words: str, found: str) -> None:
    """Choose somebody by typing, as everybody does who has more colleagues than a list can show."""
    within.get_by_role("combobox", name=label).focus()
    page.keyboard.type(words)
    option = page.get_by_role("option", name=found).first
    expect(option).to_be_visible()
    expect(option).to_have_class(re.compile("active"))
    page.keyboard.press("Enter")


def test_a_chain_by_keyboard(
    page: Page, site: str, sign_in: Any, axe: Any, pictures: Any, faults: list[str], cast: Cast
) -> None:
    for part in ("legal", "executive", "admin"):
        cast[part]
    chain = Chain.objects.get(kind="money")
    page.set_viewport_size(DESKTOP)
    sign_in(page, "admin")
    page.goto(f"{site}/approvals/chains/")
    axe(page)
    pictures(page, "chains")
    page.get_by_role("link", name="Money", exact=True).press("Enter")
    page.get_by_role("link", name="Draft a new version").press("Enter")

    second = page.get_by_role("group", name="One more step")
    _find(page, second, "Who is asked", "Legal", "Anyone of: Legal")
    second.get_by_label("From").press_sequentially("500")
    _find(page, second, "Then asked", "Executive", "Anyone of: Executive sponsor")
    axe(page)
    pictures(page, "chain-edit")
    page.get_by_role("button", name="Keep the draft").press("Enter")
    expect(page.get_by_text("Draft kept. Try it out, then publish it.")).to_be_visible()

    _find(page, page.locator("#dry-run"), "Asked by", "Levi", "Levi Legal")
    page.get_by_label("Amount").press_sequentially("800")
    page.get_by_role("button", name="Show who would be asked").press("Enter")
    expect(page.get_by_text("Levi Legal asked for it, so it goes on to Executive sponsor")).to_be_visible()
    axe(page)
    pictures(page, "chain-dry-run")

    page.get_by_role("link", name="Try it and publish").press("Enter")
    expect(page.get_by_text("Every step that names a role or a person finds somebody.")).to_be_visible()
    axe(page)
    pictures(page, "chain-publish")
    page.get_by_role("button", name="Put it in force").press("Enter")
    expect(page.get_by_text("Version 2 is in force.")).to_be_visible()
    version = ChainVersion.objects.get(chain=chain, number=2)
    assert [(step.position, step.role, step.amount_from) for step in version.steps.all()] == [
        (1, "finance", None),
        (2, "legal", 500),
    ]
    assert faults == []
