"""Who agrees before a customer is asked: the road is drafted, tried on what was asked, put in force, and gone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from references.requests.enums import CandidateState
from references.requests.models import Candidate
from refprogram.governance.approvals.models import Chain
from tests.browser.street import Street
from tests.cast import Cast
from tests.factories.requests import in_review, owned_speaker, request_of

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def choose(page: Page, within: Locator, label: str, words: str, found: str) -> None:
    """Choose by typing, and by the keyboard alone."""
    expect(within.locator(".ts-control").first).to_be_visible()  # it takes the place of the select
    within.get_by_role("combobox", name=label).focus()
    page.keyboard.type(words)
    option = page.get_by_role("option", name=found).first
    expect(option).to_be_visible()
    expect(option).to_have_class(re.compile("active"))
    page.keyboard.press("Enter")


def test_a_step_is_added_tried_and_asked(street: Street, cast: Cast) -> None:
    for part in ("admin", "finance", "marketer"):
        cast[part]
    lately = in_review(request_of(cast.rep, purpose="Last week"), owned_speaker(cast.other_team_rep))
    contact = owned_speaker(cast.other_team_rep, name="Pacific Grid")
    request = request_of(cast.rep, purpose="Borealis")

    page = street.come("admin", Chain.objects.get(kind="reference_ask").get_absolute_url())
    street.look("routing-chain")
    page.get_by_role("link", name="Draft a new version").press("Enter")
    step = page.get_by_role("group", name="One more step")
    choose(page, step, "Who is asked", "Finance", "Anyone of: Finance")
    choose(page, step, "Only for", "Reference", "Reference call")
    street.look("routing-draft")
    page.get_by_role("button", name="Keep, then publish").press("Enter")
    street.says(f"{lately.account.name}: {lately.request.title}")  # it is tried on what was really asked
    street.says("New: Finance")
    street.look("routing-tried")
    page.get_by_role("button", name="Put it in force").press("Enter")
    street.says("Version 2 is in force.")

    page = street.come("marketer", request.get_absolute_url())
    page.get_by_role("button", name="Propose Pacific Grid").click()
    street.says("Waiting for")
    street.use(PHONE)
    page = street.follow(cast.other_team_rep, f"May we ask {contact.person.name}")
    street.press(f"Yes, ask {contact.person.name}")
    assert state_of(request) == CandidateState.IN_APPROVAL
    page = street.follow(cast.finance, "Pacific Grid")
    street.press("Approve")
    street.drain()
    assert state_of(request) == CandidateState.INVITED
    page = street.follow(contact.person, "Would you")
    expect(page.get_by_role("button", name="Yes, gladly")).to_be_visible()


def state_of(request: object) -> str:
    return Candidate.objects.get(request=request).state
