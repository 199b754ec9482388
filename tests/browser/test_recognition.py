"""A letter in an executive's own name, and a newsletter: drafted from facts, edited, sent, read."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from incentives.newsletters import sending
from incentives.newsletters.models import Newsletter
from incentives.recognition.levels import ENROLLED
from incentives.recognition.models import Letter
from incentives.recognition.services import draft_letter, give_thanks
from refprogram.kernel import rollups
from tests.browser.street import PHONE, Street
from tests.cast import Cast

pytestmark = pytest.mark.browser


def test_a_letter_and_a_newsletter_from_the_first_words_to_their_readers(street: Street, cast: Cast) -> None:
    now = dt.datetime.now(dt.UTC)
    rollups.add(metric=ENROLLED, at=now, keys={"rep": cast.rep.person_id}, value=2)
    draft_letter(about=cast.rep, writer=cast.executive, actor=cast.marketer)
    give_thanks(to=cast.support, words="You lent me your best customer", actor=cast.rep)
    write_the_letter(street)
    read_the_letter(street, cast)
    make_the_newsletter(street)
    read_the_newsletter(street, cast)


def write_the_letter(street: Street) -> None:
    page = street.come("executive")
    page.get_by_role("link", name="Read and send it").click()
    street.says("2 customers you nominated became references.")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Letter").fill("Dear Rhea,\n\nTwo customers speak for us because you asked them.\n\nThank you.")
    street.look("letter-edit")
    street.press("Keep the letter")
    street.press("Send")
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    street.says("Sent, in your name.")
    street.look("letter-sent")


def read_the_letter(street: Street, cast: Cast) -> None:
    row = Letter.objects.get()
    street.use(PHONE)
    page = street.come("rep", "/recognition/")
    street.look("my-recognition")
    page.get_by_role("link", name=row.subject).click()
    street.says("Two customers speak for us because you asked them.")
    street.come("support", "/feed/")
    street.says("You lent me your best customer")
    street.says("Two customers speak for us because you asked them.")
    street.look("feed")


def make_the_newsletter(street: Street) -> None:
    page = street.come("marketer", "/newsletters/new/")
    page.get_by_label("Title").fill("Who helped whom in November")
    street.press("Draft it")
    street.says("Rhea Rep thanks Sami Support: You lent me your best customer")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Text").fill("A short one.\n\n## Thanks\n- Sami lent Rhea a customer")
    street.press("Keep and preview")
    expect(page.get_by_role("heading", name="Thanks")).to_be_visible()
    street.look("newsletter-preview")
    street.press("Send")
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    street.says("It is on its way.")
    sending.send_all()


def read_the_newsletter(street: Street, cast: Cast) -> None:
    street.follow(cast.support, "Who helped whom in November")
    street.says("Sami lent Rhea a customer")
    street.look("newsletter-on-the-web")
    assert Newsletter.objects.get().opened == 1
