"""The face-time walk: offered, asked for from the customer's page, agreed by mail, held, said how it was, answered."""

import datetime as dt

import pytest
from django.utils import timezone

from refprogram.governance.facetime.enums import FeedbackState, TalkState
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeTalk
from tests.factories.facetime import past
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.browser


def working_day():
    """Return a day in about two weeks on which people work."""
    day = timezone.localdate() + dt.timedelta(days=14)
    return day - dt.timedelta(days=max(day.weekday() - 4, 0))


def link_in(mailoutbox, reader):
    """Return the last address of ours that somebody was sent."""
    body = next(mail.body for mail in reversed(mailoutbox) if reader in mail.to[0])
    return next(word for word in body.split() if "/s/" in word)


def offer(page, site, axe):
    page.goto(f"{site}/face-time/new/")
    axe(page)
    page.get_by_label("Where the product goes").check()
    page.get_by_label("Customers", exact=True).check()
    page.get_by_label("Day", exact=True).fill(working_day().isoformat())
    page.get_by_label("At", exact=True).fill("16:00")
    page.get_by_role("button", name="Offer it").click()
    page.get_by_text("One hour is offered.").wait_for()
    axe(page)


def ask_for_it(page, axe):
    page.get_by_role("link", name="Ask for time with an executive").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Why is it worth their time?").fill("They decide in March, and have never met us.")
    axe(page)
    page.get_by_role("button", name="Ask for it").click()
    page.get_by_text("Executive is asked", exact=True).wait_for()


def answer_by_link(page, axe, url, button, heading):
    page.goto(url)
    axe(page)
    page.get_by_role("button", name=button).click()
    page.get_by_role("heading", name=heading).wait_for()


def say_how_it_was(page, axe, url):
    page.goto(url)
    page.get_by_text("4", exact=True).click()
    page.get_by_label("What should we do now?").fill("Show us the plan in May.")
    axe(page)
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Thank you").wait_for()


def decide_and_answer(page):
    page.get_by_role("link", name="Decide what follows").click()
    page.get_by_label("Done already").check()
    page.get_by_label("What is done, or why not?").fill("The plan is in your inbox.")
    page.get_by_role("button", name="Decide, and write the answer").click()
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("Answered", exact=True).first.wait_for()


def test_the_walk(page, site, sign_in, axe, pictures, drain, mailoutbox, cast):
    contact = ContactFactory(account=AccountFactory(name="Northwind", owner=cast.rep))
    sign_in(page, "executive")
    offer(page, site, axe)
    sign_in(page, "rep")
    page.goto(f"{site}{contact.account.get_absolute_url()}")
    ask_for_it(page, axe)
    drain()
    answer_by_link(page, axe, link_in(mailoutbox, cast.executive.email), "Agree: invite them", "Agreed, thank you")
    drain()
    guest = link_in(mailoutbox, contact.person.email)
    answer_by_link(page, axe, guest, "Yes, I come", "You are expected")
    talk = past(FaceTimeTalk.objects.get())
    page.goto(f"{site}{talk.get_absolute_url()}")
    page.get_by_role("button", name="It took place").click()
    page.get_by_text("The guests are asked how it was").wait_for()
    say_how_it_was(page, axe, guest)
    page.goto(f"{site}{talk.get_absolute_url()}")
    axe(page)
    decide_and_answer(page)
    pictures(page, "face-time-talk")
    drain()
    page.goto(link_in(mailoutbox, contact.person.email))
    page.get_by_text("The plan is in your inbox.").wait_for()
    assert FaceTimeTalk.objects.get().state == TalkState.CLOSED
    assert FaceTimeFeedback.objects.get().state == FeedbackState.ANSWERED
