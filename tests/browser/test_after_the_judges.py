"""What the public and the winners do: a vote by a mailed link, its count, the prize, the kit, the thanks."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from awards.closing import letters
from awards.contests.enums import ContestState, Part, PrizeKind
from awards.entries.enums import EntryState
from awards.models import ContestEntry, ContestMember, PrizeGrant, PublicVote, WinnerQuote
from awards.voting import services
from tests.browser.street import DESK, PHONE, Street
from tests.cast import Cast
from tests.factories.contests import PrizeFactory, over_and_published
from tests.factories.gifts import gift_fund
from tests.factories.references import ContactFactory
from tests.factories.votes import entry_of, vote_open, vote_over
from tests.mailbox import mails_to

pytestmark = pytest.mark.browser
WORDS = "Nobody had to drive faster. We only stopped driving empty."


def test_from_the_first_vote_to_the_last_thank_you(street: Street, cast: Cast) -> None:
    contest = vote_open("Shorter routes", "Less stock", owner=cast.marketer, name="The Proof Awards")
    PrizeFactory(contest=contest, people_choice=True, kind=PrizeKind.DONATION, item="A gift to a cause", value=500)
    ContestMember.objects.get_or_create(contest=contest, user=cast.executive, part=Part.CERTIFIER)
    gift_fund(5000, name="Awards", owner=cast.marketer)
    routes = entry_of(contest, "Shorter routes")
    routes.contact = ContactFactory(account=routes.account, person=routes.owner)
    routes.save(update_fields=["contact"])

    vote_on_a_phone(street, contest.slug)
    vote_over(over_and_published(contest), state=ContestState.PUBLISHED)
    ContestEntry.objects.filter(contest=contest).update(state=EntryState.CLOSED)
    count_and_agree(street, contest.slug)
    take_the_prize(street, routes.owner)
    take_the_kit(street, contest.slug, routes)
    thank_everybody(street, contest.slug, routes)


def vote_on_a_phone(street: Street, slug: str) -> None:
    street.use(PHONE)
    page = street.open(f"/awards/{slug}/vote/")
    street.look("vote")
    page.get_by_role("link", name=re.compile("Vote for this.*Shorter routes")).click(timeout=8_000)
    page.get_by_label("Your e-mail").fill("nora@harbour.example")
    street.look("vote-for")
    street.press("Mail me my link")
    street.says("Look into your mail")
    services.send_links()
    (mail,) = [one for one in street.mailoutbox if one.to == ["nora@harbour.example"]]
    link = re.search(r"/s/\S+/", str(mail.body))
    assert link is not None
    street.open(link.group(0))
    assert PublicVote.objects.get().state == "unverified"
    street.look("vote-confirm")
    street.press("Yes, count my vote")
    street.says("Thank you: your vote is in")
    assert PublicVote.objects.get().state == "counted"


def count_and_agree(street: Street, slug: str) -> None:
    street.use(DESK)
    street.come("marketer", f"/contests/{slug}/votes/")
    street.press("Count the votes")
    street.says("The chair or a certifier has to agree.")
    street.look("votes-counted")
    page = street.come("executive", f"/contests/{slug}/votes/")
    street.press("Agree to the count")
    page.get_by_role("dialog").get_by_role("button", name="Agree to the count").click()
    street.says("You agreed.")
    street.drain()


def take_the_prize(street: Street, winner: Any) -> None:
    street.use(PHONE)
    page = street.follow(winner, "Your prize of The Proof Awards")
    street.says("A gift to a cause")
    street.look("prize")
    street.press("Give it there")  # it has to be said whom it goes to
    expect(page.get_by_label("For which cause?").first).to_be_focused()
    page.get_by_label("For which cause?").first.fill("City hospice, Oslo")
    street.press("Give it there")
    street.says("City hospice, Oslo")
    assert PrizeGrant.objects.get().cause == "City hospice, Oslo"


def take_the_kit(street: Street, slug: str, entry: ContestEntry) -> None:
    page = street.follow(entry.owner, "You won")
    street.says("To lend us words, first agree below that you may be quoted.")
    for use in ("The winners’ page", "A quote"):
        page.get_by_role("listitem").filter(has_text=use).get_by_role("button", name="I agree").click()
    page.get_by_label("Your words").fill(WORDS)
    street.press("Release these words")
    expect(page.get_by_role("button", name="Release the changed words")).to_be_visible()
    street.look("winner-kit")
    assert WinnerQuote.objects.get().released_at is not None
    street.open(f"/winners/{slug}/")
    street.says(WORDS)
    street.look("winners")


def thank_everybody(street: Street, slug: str, entry: ContestEntry) -> None:
    street.use(DESK)
    page = street.come("marketer", f"/contests/{slug}/after/thanks/")
    street.look("thanks")
    page.get_by_role("button", name=re.compile(r"Send \d letters?")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile(r"Send \d letters?")).click()
    street.says("Sent")
    letters.write_what_is_owed(now=timezone.now())  # as beat does
    street.drain()
    thanks = [mail for mail in mails_to(entry.owner, street.mailoutbox) if "thank" in str(mail.subject).lower()]
    assert len(thanks) == 1
