"""From the last ballot to the announcement: computed, looked through, signed by two with a code, told, published."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from awards.models import Award, Contest
from awards.results import services
from refprogram.people.models import User
from tests.browser.street import Street
from tests.cast import Cast
from tests.factories.contests import CategoryFactory, ContestFactory
from tests.factories.results import judged
from tests.mailbox import mails_to
from tests.unit.awards.test_effects import TABLE

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_a_contest_is_certified_and_published(street: Street, cast: Cast, settings: Any) -> None:
    settings.DEMO = False  # the code comes by mail alone
    for part in ("executive", "sales_head"):
        cast[part]
    category = CategoryFactory(contest=ContestFactory(owner=cast.marketer, name="Proof"), name="Supply")
    contest = judged(TABLE, category=category).contest
    page = street.come("marketer", f"/contests/{contest.slug}/results/")
    page.get_by_role("button", name="Compute the results").click()
    street.says("Photo finish.")
    street.says("“E2” leads on plain averages")
    street.look("results-computed")
    page.get_by_role("button", name="I looked it through").click()
    street.says("Looked through.")
    page.get_by_role("button", name="Propose winners").click()
    street.says("Winners are proposed.")
    page.get_by_role("button", name="Ask for certification").click()
    street.says("The certifiers are asked.")
    street.drain()

    street.use(PHONE)
    for role in ("executive", "sales_head"):
        page = street.come(role, f"/contests/{contest.slug}/results/supply/")
        page.get_by_role("link", name="Certify").click()
        page.get_by_role("button", name="Mail me a code").click()
        street.says("A code is on its way to you.")
        street.drain()
        page.get_by_label("Code").fill(code_for(street, cast[role]))
        street.look(f"results-certify-{role}")
        page.get_by_role("button", name="Certify", exact=True).press("Enter")
        expect(page.get_by_role("heading", name="How sure is this?")).to_be_visible()
    assert Contest.objects.get(pk=contest.pk).state == "decided"

    page = street.come("marketer", f"/contests/{contest.slug}/results/supply/")
    page.get_by_role("button", name="Tell in confidence").click()
    street.says("The winner was told.")
    street.drain()
    winner = Award.objects.get(rank=1).place.entry.owner
    page = street.follow(winner, "In confidence")
    street.look("results-winner")
    street.press("Yes, we accept with pleasure")
    street.says("Thank you, and congratulations")

    now = timezone.now()
    day = {"opens_at": now - dt.timedelta(hours=3), "closes_at": now - dt.timedelta(hours=2), "announce_at": now}
    Contest.objects.filter(pk=contest.pk).update(**day)
    assert services.publish_by_the_clock(now=timezone.now()) == 1
    page = street.come("rep", f"/contests/{contest.slug}/")
    expect(page.get_by_text("Winners announced").first).to_be_visible()


def code_for(street: Street, reader: User) -> str:
    """Return the code of the newest mail to this colleague."""
    mails = [mail for mail in mails_to(reader.person, street.mailoutbox) if "code" in str(mail.subject)]
    found = re.search(r"\b(\d{6})\b", str(mails[-1].body))
    assert found is not None
    return found.group(1)
