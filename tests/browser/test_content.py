"""A story's life in a real browser: draft, the customer's own words on a phone, approved, shared, taken back, gone."""

import pytest

from references.accounts import services as accounts
from references.accounts.models import Consent
from references.consents.models import ConsentTerm
from references.content.enums import AssetState
from references.content.models import Asset, Board
from tests.factories.content import agreed, approved, story, with_quote
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


def link_in(mailoutbox, to):
    """Return the path of the link in the last mail to somebody."""
    body = next(mail.body for mail in reversed(mailoutbox) if to in mail.to[0])
    return "/s/" + body.split("/s/")[1].split("/")[0] + "/"


def change_a_word_on_a_phone(page, address, axe, pictures):
    """The customer opens the mail's link on a phone, changes a word and says yes."""
    page.set_viewport_size(PHONE)
    page.goto(address)
    axe(page)
    pictures(page, "draft-review")
    page.get_by_text("Change something first").click()
    axe(page)
    words = page.get_by_label("Paragraph 2")
    words.fill(words.input_value().replace("three days", "four days"))
    page.get_by_role("button", name="Yes, with my changes").click()
    page.get_by_role("heading", name="Thank you for reading it").wait_for()


def test_from_a_draft_to_a_share_page_and_gone_when_consent_is_taken_back(
    page, site, sign_in, cast, drain, mailoutbox, axe, pictures, faults
):
    owner = cast.rep
    contact = ContactFactory(
        account=AccountFactory(name="Aurora Logistics", owner=owner), person__name="Sara Lind",
        person__email="sara@aurora.example",
    )  # fmt: skip
    OpportunityFactory(name="Borealis", owner=owner)
    consent = agreed(contact)
    asset = story(cast.marketer, contact, title="Books closed in three days", summary="They closed sooner.")
    with_quote(asset, contact, "On the second morning the figures are there.")

    # the reference manager sends it round, then to the customer
    sign_in(page, "marketer")
    page.goto(f"{site}{asset.get_absolute_url()}")
    page.get_by_role("heading", name="What it brings").wait_for()  # fetched after the page, as is the history
    page.get_by_role("list").get_by_text("began").wait_for()
    axe(page)
    pictures(page, "story-draft")
    page.get_by_role("button", name="Send round here").click()
    page.get_by_role("link", name="Send to the customer").click()
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("The draft is on its way to Sara Lind.").wait_for()
    drain()

    change_a_word_on_a_phone(page, f"{site}{link_in(mailoutbox, 'sara@aurora.example')}", axe, pictures)
    drain()

    # approved with the customer's words
    page.set_viewport_size(DESK)
    page.goto(f"{site}{asset.get_absolute_url()}")
    page.get_by_text("in the customer’s own words").wait_for()
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Now: approved.").wait_for()
    assert Asset.objects.get(pk=asset.pk).state == AssetState.APPROVED

    # the rep finds it by a word with a slip in it, and makes a page for a deal
    sign_in(page, "rep")
    page.goto(f"{site}/library/?q=boks")
    axe(page)
    pictures(page, "library")
    page.get_by_label("Put on a share page").check()
    page.get_by_role("button", name="Make a share page").click()
    page.get_by_label("Title").fill("For the team at Borealis")
    page.get_by_role("button", name="Make the page").click()
    page.get_by_role("heading", name="For the team at Borealis").wait_for()
    axe(page)
    pictures(page, "board")
    address = page.get_by_label("The address for the prospect").input_value()

    # the prospect reads it on a phone, without signing in
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.get_by_text("On the second morning the figures are there.").wait_for()
    axe(page)
    pictures(page, "share-page")

    # the customer takes it back, and at the next reading it is gone
    accounts.revoke_consent(consent=Consent.objects.get(pk=consent.pk), actor=contact.person)
    page.goto(address)
    page.get_by_text("There is nothing to read here just now.").wait_for()
    assert page.get_by_text("On the second morning").count() == 0
    assert Board.objects.get().items.count() == 1


def test_what_is_ticked_waits_while_others_are_looked_for(page, site, sign_in, cast, axe, pictures):
    for title in ("Books closed in three days", "Trucks on time"):
        approved(cast.marketer, title=title)
    sign_in(page, "rep")
    page.set_viewport_size(DESK)
    page.goto(f"{site}/library/?q=books")
    page.get_by_label("Put on a share page").check()
    page.get_by_label("Search the library").fill("trucks")
    page.get_by_text("Ticked before:").wait_for()
    page.get_by_label("Put on a share page").check()
    axe(page)
    pictures(page, "library-ticked")
    page.get_by_label("Search the library").fill("")
    page.get_by_text("2 stories", exact=True).wait_for()
    assert [box.is_checked() for box in page.get_by_label("Put on a share page").all()] == [True, True]
    page.get_by_label("Put on a share page").first.uncheck()
    page.get_by_role("button", name="Make a share page").click()
    page.get_by_role("heading", name="New share page").wait_for()
    assert page.get_by_role("checkbox", checked=True).count() == 1


def test_a_release_is_asked_for_and_given_thing_by_thing_on_a_phone(
    page, site, sign_in, cast, drain, mailoutbox, axe, pictures, faults
):
    contact = ContactFactory(
        account=AccountFactory(name="Aurora Logistics", owner=cast.rep), person__name="Sara Lind",
        person__email="sara@aurora.example",
    )  # fmt: skip
    sign_in(page, "marketer")
    page.goto(f"{site}/contacts/{contact.public_id}/release/")
    axe(page)
    pictures(page, "release-form")
    page.get_by_label("Words in quotation marks").check()
    page.get_by_label("Person’s name").check()
    page.get_by_role("button", name="Send the question").click()
    page.get_by_text("The question is on its way to Sara Lind.").wait_for()
    drain()

    page.set_viewport_size(PHONE)
    page.goto(f"{site}{link_in(mailoutbox, 'sara@aurora.example')}")
    axe(page)
    pictures(page, "release")
    page.get_by_label("Words in quotation marks").check()
    page.get_by_role("button", name="I agree to what I ticked").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    pictures(page, "release-given")
    assert list(ConsentTerm.objects.values_list("scope", flat=True)) == ["quote"]
