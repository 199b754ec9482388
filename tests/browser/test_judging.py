"""A judge on a phone, by keyboard: from the mail through the papers and two entries to the receipt."""

import re

import pytest
from playwright.sync_api import Page, expect

from awards.judging import services
from awards.judging.services.doors import door_address
from awards.models import Ballot
from tests.factories.judging import accepted, judging

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def link_in(mail) -> str:
    return re.search(r"https?://\S+/s/\S+", mail.body)[0]


def sign_the_papers(page: Page, axe) -> None:
    expect(page.get_by_role("heading", name="Before you judge")).to_be_visible()
    axe(page)
    page.get_by_label("I keep what I read here to myself").check()
    page.get_by_label("There is none.").check()
    page.get_by_role("button", name="Agree and go on").click()


def score_by_keys(page: Page, level: str) -> None:
    expect(page.get_by_role("heading", name="Your score")).to_be_visible()
    for _criterion in range(4):
        page.keyboard.press(level)
    expect(page.locator("[data-total] b")).to_have_text({"4": "75.0", "3": "50.0"}[level])
    page.get_by_label(re.compile("^Why")).fill("The figures are proved.")
    expect(page.locator("#saved")).to_contain_text("Saved")


def test_a_judge_scores_by_keyboard_on_a_phone(page, site, drain, mailoutbox, axe, pictures, faults):
    room = judging(entries=2)
    judge = accepted(contest=room.contest)
    for place in room.places:
        services.assign_by_hand(round=room.round, place=place, judge=judge, by=room.contest.owner)
    drain()
    mine = [mail for mail in mailoutbox if judge.person.email in mail.to[0] and "/s/" in mail.body]

    page.set_viewport_size(PHONE)
    page.goto(link_in(mine[-1]))
    page.get_by_role("button", name="Yes, open it").click()
    sign_the_papers(page, axe)
    expect(page.get_by_text("0 of 2 scored.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Begin with the first entry").click()
    score_by_keys(page, "4")
    axe(page)
    pictures(page, "judging-score")
    page.set_viewport_size(PHONE)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("2 of 2.")).to_be_visible()
    score_by_keys(page, "3")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("This is what counts.")).to_be_visible()
    axe(page)
    drain()
    assert sorted(float(ballot.total) for ballot in Ballot.objects.all()) == [50, 75]
    assert "Recorded" in mailoutbox[-1].subject


def test_an_old_tab_is_told_and_nothing_is_lost(page, context, site, axe, faults):
    room = judging()
    page.goto(door_address(room.judge))
    page.get_by_role("button", name="Yes, open it").click()
    url = f"{site}/judging/work/{room.work[0].public_id}/"
    page.goto(url)
    other = context.new_page()
    other.goto(url)

    page.keyboard.press("4")
    expect(page.locator("#saved")).to_contain_text("Saved")
    other.keyboard.press("2")

    expect(other.locator("#saved")).to_contain_text("saved something newer")
    axe(other)
    other.get_by_role("button", name="keep what stands here").click()
    expect(other.locator("#saved")).to_contain_text("Saved")
    assert {score.value for score in Ballot.objects.get().scores.all()} == {2}
