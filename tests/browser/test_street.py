"""The whole street on a small company: a nomination becomes a reference, and the reference answers for a deal."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from incentives.policy import DELIVERED_POINTS, ENROLLED_POINTS
from nominations.models import Nomination
from references.accounts import fatigue, kept
from references.accounts.models import Account, Contact
from references.requests.models import ReferenceRequest
from tests.browser.street import DESK, PHONE, Street
from tests.cast import Cast
from tests.factories.nominations import NominationFactory
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ActivityType, OpportunityFactory, speaker
from tests.mailbox import subjects_to

pytestmark = pytest.mark.browser
WHY = "Empty kilometres down by a third, and they tell everybody."


@pytest.fixture
def company(cast: Cast) -> Cast:
    """Two teams; Kestrel Freight is a colleague's customer, Northwind the rep's prospect, Oriel Bank a reference."""
    region = cast.north.region
    AccountFactory(name="Kestrel Freight", country="Norway", employees=900, owner=cast.other_team_rep, region=region)
    NominationFactory(account=AccountFactory(name="Kestrel Foods"), nominator=UserFactory(name="Tom Okafor"))
    speaker(name="Oriel Bank", industry="Banking", owner=cast.other_team_rep, region=region)
    northwind = AccountFactory(name="Northwind", employees=1200, owner=cast.rep, region=region)
    OpportunityFactory(name="Northwind roll-out", account=northwind, owner=cast.rep, amount=48_000, closes_on=_in(60))
    return cast


def _in(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_the_whole_street(street: Street, company: Cast) -> None:
    nominate(street)
    the_owner_is_asked(street, company)
    screen(street)
    amal = Contact.objects.get(person__name="Amal Haddad")
    the_customer_says_yes(street, amal)
    it_is_counted(street, company)

    ask_for_a_reference(street)
    match_and_propose(street)
    the_owner_agrees(street, company)
    the_customer_offers_times(street, amal)
    hold_it(street)
    both_say_how_it_was(street, amal)
    it_is_closed_and_counted(street, company, amal)


# ---------------------------------------------------------------- from a nomination to a reference


def nominate(street: Street) -> None:
    street.use(PHONE)
    page = street.come("rep")
    street.look("desk-rep-before")
    page.get_by_role("combobox", name="Nominate a customer").press_sequentially("Kestrel")
    expect(page.get_by_text("Nominated by Tom Okafor")).to_be_visible()  # the other Kestrel is taken already
    street.axe(page)
    page.get_by_role("option", name="Kestrel Freight").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nominate Kestrel Freight")
    page.get_by_label("Why them?").fill(WHY)
    page.get_by_role("textbox", name="Name (optional)", exact=True).fill("Amal Haddad")
    page.get_by_label("E-mail").fill("amal@kestrel.example")
    page.get_by_label("Job title").fill("Head of planning")
    page.get_by_label("Reference call").check()
    street.look("nominate")
    street.press("Nominate Kestrel Freight")
    street.says("Kestrel Freight is nominated. Thank you!")
    street.look("nominated")


def the_owner_is_asked(street: Street, company: Cast) -> None:
    page = street.follow(company.other_team_rep, "Kestrel Freight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is Kestrel Freight still a happy customer?")
    street.look("owner-check")
    page.get_by_role("form", name="Your answer").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    street.look("owner-thanked")


def screen(street: Street) -> None:
    street.use(DESK)
    page = street.come("marketer")
    street.look("desk-marketer-before")
    street.open("/nominations/screening/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kestrel Foods")  # nominated first
    page.keyboard.press("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kestrel Freight")
    street.look("screening")
    for key in "545":
        page.keyboard.press(key)
    expect(page.locator("[data-total]")).to_have_text("14")
    page.keyboard.press("a")
    street.says("Kestrel Freight is approved")
    assert Nomination.objects.get(account__name="Kestrel Freight").score == 14


def the_customer_says_yes(street: Street, amal: Contact) -> None:
    street.use(PHONE)
    page = street.follow(amal.person, "")
    expect(page.get_by_text("Proposed by")).to_be_visible()
    street.look("invitation")
    street.tick("Reference call")
    street.press("Yes, I take part")
    street.says("Thank you. We are glad to have you")
    street.look("invitation-answered")


def it_is_counted(street: Street, company: Cast) -> None:
    street.use(DESK)
    page = street.come("rep")
    nomination = Nomination.objects.get(account__name="Kestrel Freight")
    assert nomination.state == "enrolled"
    assert any("Kestrel Freight" in subject for subject in subjects_to(company.rep, street.mailoutbox))
    street.look("desk-rep-enrolled")
    street.open(nomination.get_absolute_url())
    street.says("Thank you, Rhea Rep.")
    street.look("nomination-enrolled")
    street.open("/rewards/")
    expect(page.get_by_text(f"+{ENROLLED_POINTS}")).to_be_visible()
    street.look("rewards")
    for path, figure in (("/standings/", "1"), ("/rewards/leaderboard/", str(ENROLLED_POINTS))):
        street.open(path)
        row = page.get_by_role("row").filter(has_text="Rhea Rep")
        expect(row.get_by_role("cell", name=figure, exact=True).last).to_be_visible()
        street.look(path.strip("/").replace("/", "-"))


# ---------------------------------------------------------------- from a request to an answer


def ask_for_a_reference(street: Street) -> None:
    street.use(PHONE)
    page = street.come("rep", "/requests/new/")
    page.get_by_role("combobox", name="For which deal?").press_sequentially("northw")
    page.locator(".ts-dropdown .option", has_text="Northwind").click()
    expect(page.get_by_label("For whom?")).to_have_value("Northwind")  # the deal fills in the rest
    wanted = page.get_by_role("group", name="Must-haves")
    expect(wanted.get_by_label("Industry")).to_have_value("Logistics")
    street.says("One customer could be asked for this today.")
    page.get_by_label("What should be talked about?").fill("How long the roll-out took.")
    street.look("ask")
    page.get_by_role("button", name="Ask for a reference").click()
    street.says("The program is looking for a customer")
    street.look("request-asked")


def match_and_propose(street: Street) -> None:
    street.use(DESK)
    request = ReferenceRequest.objects.get()
    page = street.come("marketer", request.get_absolute_url())
    best = page.get_by_role("list", name="Best matches").get_by_role("listitem").first
    expect(best).to_contain_text("Kestrel Freight")
    expect(best).to_contain_text("Same industry")
    street.look("matches")
    street.press("Propose Kestrel Freight")
    street.says("Waiting for Olga Outsider")
    street.look("request-proposed")


def the_owner_agrees(street: Street, company: Cast) -> None:
    street.use(PHONE)
    page = street.follow(company.other_team_rep, "May we ask")
    expect(page.get_by_role("heading", level=1)).to_contain_text("May we ask Amal Haddad to take a call")
    street.look("owner-approval")
    street.press("Yes, ask Amal Haddad")
    street.says("Thank you: they are asked")
    street.look("owner-approved")


def the_customer_offers_times(street: Street, amal: Contact) -> None:
    page = street.follow(amal.person, "Would you")
    street.look("customer-ask")
    page.locator("input[name=slot]").first.check()
    page.locator("input[name=slot]").last.check()
    street.press("Yes, gladly")
    street.says("Thank you for saying yes")
    street.look("customer-agreed")


def hold_it(street: Street) -> None:
    street.use(DESK)
    page = street.come("rep", ReferenceRequest.objects.get().get_absolute_url())
    street.says("Amal Haddad of Kestrel Freight said yes")
    street.look("request-agreed")
    page.locator("input[name=at]").last.check()
    street.press("Agree on this time")
    expect(page.get_by_text("It was held earlier than agreed")).to_be_visible()
    street.look("request-scheduled")
    street.wait_until_held(ReferenceRequest.objects.get())
    street.press("It took place")
    street.says("How was it with Amal Haddad?")


def both_say_how_it_was(street: Street, amal: Contact) -> None:
    page = street.page
    street.look("request-held")
    page.get_by_label("5: It may have decided the deal").check(force=True)
    page.get_by_label("Yes").check()
    page.get_by_label("What mattered?").fill("Exactly the questions that we were afraid of.")
    street.press("Send")
    street.use(PHONE)
    page = street.follow(amal.person, "Thank you")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your time. How was it?")
    street.look("customer-feedback")
    page.get_by_label("5: Gladly again").check(force=True)
    page.get_by_label("Yes").check()
    page.get_by_label("How many minutes did it take in all?").fill("35")
    street.press("Send")
    street.says("Thank you, that helps us")


def it_is_closed_and_counted(street: Street, company: Cast, amal: Contact) -> None:
    street.use(DESK)
    request = ReferenceRequest.objects.get()
    assert request.state == "closed"
    page = street.come("rep", request.get_absolute_url())
    street.says("It is still open; what becomes of it is read from the CRM.")
    street.look("request-closed")

    account = Account.objects.get(name="Kestrel Freight")
    call = ActivityType.objects.get(slug="call")
    amal.refresh_from_db()
    effort = round(call.effort * 35 / call.minutes)  # it took longer than calls do
    tired = round(100 * effort / kept.capacity_of(amal))  # by what Amal can bear, who alone speaks for them
    assert fatigue.index(account.fatigue_key, timezone.now()) == tired > 0
    street.come("marketer", account.get_absolute_url())
    street.says(f"Fatigue {tired} of 100")
    expect(page.get_by_text("Nominations").last).to_be_visible()
    street.look("account-tired")

    street.come("other_team_rep", "/rewards/")  # who lent the customer is thanked
    expect(page.get_by_text(f"+{DELIVERED_POINTS}")).to_be_visible()
    street.come("executive", "/dashboards/")
    tiles = page.locator(".rp-stat")
    expect(tiles.filter(has_text="Requests answered").locator(".v")).to_have_text("1")
    expect(tiles.filter(has_text="Influenced pipeline").locator(".v")).to_contain_text("48")
    expect(page.get_by_role("row").filter(has_text="First act").get_by_role("cell").last).to_have_text("1")
    street.look("executive")
    page.get_by_role("link", name="The open deals").click()
    expect(page.get_by_role("row").filter(has_text="Northwind")).to_be_visible()
    street.look("influenced")
