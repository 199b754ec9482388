"""A contest is planned, announced and opened; everybody reads its page without an account, and passes it on."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from awards.contests import services
from awards.models import Contest
from tests.browsing import sign_out
from tests.factories.contests import PrizeFactory, QuestionFactory

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 1000}


def plan(page: Page, site, axe, pictures) -> None:
    page.goto(f"{site}/contests/")
    axe(page)
    page.get_by_role("link", name="Plan a contest").first.click()
    page.get_by_label("Name", exact=True).fill("The Proof Awards 2031")
    page.get_by_label("Award", exact=True).fill("The Proof Awards")
    event = timezone.now() + dt.timedelta(days=400)
    page.get_by_label("Award event").fill(f"{event:%Y-%m-%dT19:00}")
    axe(page)
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", name="The Proof Awards 2031")).to_be_visible()
    expect(page.get_by_text("No category yet")).to_be_visible()
    axe(page)


def fill(page: Page, axe, pictures) -> None:
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_text("0 of 29 lines are done")).to_be_visible()
    page.get_by_role("button", name="Done").first.click()
    expect(page.get_by_text("1 of 29 lines are done")).to_be_visible()
    axe(page)
    pictures(page, "contest-plan")
    page.get_by_role("link", name="Concept").click()
    page.get_by_label("A name for the award").fill("Proof")
    page.get_by_role("button", name="Throw it in").click()
    page.get_by_role("link", name="Add a category").click()
    page.get_by_label("Name", exact=True).fill("Supply")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Supply", exact=True)).to_be_visible()
    page.get_by_role("link", name="Write what the public reads").click()
    page.get_by_label("Headline").fill("You changed a number. Show us which.")
    page.get_by_label("What it is").fill("An award for people, not for software.")
    page.get_by_role("button", name="Save").click()
    axe(page)
    pictures(page, "contest-concept")


def open_it(page: Page, axe) -> None:
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("button", name="Announce it").click()
    page.get_by_role("dialog").get_by_role("button", name="Announce it").click()
    expect(page.get_by_text("Announced: the public page is open.")).to_be_visible()
    page.get_by_role("button", name="Open for entries now").click()
    page.get_by_role("dialog").get_by_role("button", name="Open for entries now").click()
    expect(page.get_by_role("link", name="Public page")).to_be_visible()
    axe(page)


def test_a_contest_from_its_plan_to_its_public_page(page: Page, site, sign_in, axe, pictures, faults) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "marketer")
    plan(page, site, axe, pictures)
    fill(page, axe, pictures)
    open_it(page, axe)
    pictures(page, "contest")
    contest = Contest.objects.get()
    PrizeFactory(contest=contest)
    services.answer(QuestionFactory(contest=contest, text="Who may enter?"), text="You.", public=True, by=contest.owner)

    sign_out(page)
    page.goto(f"{site}/awards/")
    axe(page)
    page.get_by_role("link", name="You changed a number. Show us which.").click()
    expect(page.get_by_role("heading", name="You changed a number. Show us which.")).to_be_visible()
    expect(page.get_by_text("Dinner with our chief executive")).to_be_visible()
    expect(page.locator("meta[property='og:image']")).to_have_count(1)
    axe(page)
    pictures(page, "contest-site")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Start your entry").first.click()
    expect(page).to_have_url(f"{site}/awards/{contest.slug}/enter/")
    page.goto(f"{site}/awards/{contest.slug}/share/")
    axe(page)
    pictures(page, "contest-share")
    assert page.request.get(f"{site}/awards/{contest.slug}/overview.pdf").headers["content-type"] == "application/pdf"
