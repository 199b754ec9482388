"""The street on a real CRM's export: brought in by the import pages, then walked by the people it names."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nominations.models import Nomination
from references.accounts.models import Account, Contact, Opportunity, Product
from references.requests.models import ReferenceRequest
from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.models import Job
from refprogram.people.models import Team, User
from tests.browser.street import Street
from tests.browsing import sign_out
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.crm]


@pytest.fixture
def export() -> Path:
    """Return the folder of the export; where it is promised but missing, that is an error and no reason to skip."""
    named = os.environ.get("CRM_EXPORT")
    if not named:
        pytest.skip("CRM_EXPORT is not set")
    assert (Path(named) / "sales_pipeline.csv").is_file(), f"CRM_EXPORT={named} holds no export"
    return Path(named)


def test_the_street_on_the_real_export(street: Street, export: Path, cast: Cast) -> None:
    bring_the_small_files(street, export)
    bring_the_deals(street, export)
    bring_the_deals_again(street, export)

    kan = Account.objects.select_related("owner").get(name="Kan-code")
    invite_the_owner(street, kan.owner)
    nominate(street)
    the_owner_and_the_screener_agree(street, kan.owner)
    speaker = Contact.objects.get(account=kan)
    the_customer_takes_part(street, speaker)

    ask_for_a_deal_of_theirs(street, kan.owner)
    ask_for_a_deal_like_it(street, kan.owner)
    match_accept_and_feed_back(street, kan.owner, speaker)


# ---------------------------------------------------------------- the import


def upload(street: Street, file: Path) -> Page:
    """Bring a file by the page, and let the job that checks it run."""
    page = street.come("admin", "/imports/add/")
    page.get_by_label("File").set_input_files(file)
    street.press("Check the file")
    expect(page.get_by_role("heading", level=1)).to_have_text(file.name)
    return carry(street)


def carry(street: Street) -> Page:
    """Do what a worker would; the page asks by itself until it is done."""
    for job in Job.objects.filter(state=JobState.QUEUED):
        jobs.run(job_id=job.pk)
    expect(street.page.get_by_role("progressbar")).to_have_count(0)
    return street.page


def apply(street: Street, words: str) -> None:
    street.press("Write to the program")
    carry(street)
    street.says(words)


def bring_the_small_files(street: Street, export: Path) -> None:
    upload(street, export / "products.csv")
    street.look("import-products")
    apply(street, "Done: 7 new, 0 changed, 0 as they were.")
    upload(street, export / "sales_teams.csv")
    apply(street, "Done: 35 new, 0 changed, 0 as they were.")
    assert (Team.objects.filter(manager__isnull=False).count(), Product.objects.count()) == (6, 7)

    page = upload(street, export / "accounts.csv")
    expect(page.get_by_role("checkbox")).to_have_count(2)  # technolgy and Philipines: suggested, not silently mended
    street.look("import-accounts")
    street.press("Accept the ticked repairs")
    carry(street)
    apply(street, "Done: 85 new, 0 changed, 0 as they were.")
    assert not Account.objects.filter(industry="technolgy").exists()


def bring_the_deals(street: Street, export: Path) -> None:
    page = upload(street, export / "sales_pipeline.csv")
    error = page.get_by_role("row").filter(has_text="GTXPro")
    expect(error).to_contain_text("is not known here")
    expect(error.get_by_role("cell").last).to_have_text("1,480")
    street.look("import-deals")
    street.press("Write to the program")
    street.says("nothing was written")
    assert not Opportunity.objects.exists()

    expect(page.get_by_text("should be")).to_contain_text("GTX Pro")
    street.press("Accept the ticked repairs")
    carry(street)
    expect(page.locator(".rp-stat").filter(has_text="Good")).to_contain_text("8,800")
    apply(street, "Done: 8,800 new, 0 changed, 0 as they were.")
    street.says("85 accounts got an owner")
    street.look("import-done")


def bring_the_deals_again(street: Street, export: Path) -> None:
    upload(street, export / "sales_pipeline.csv")
    apply(street, "Done: 0 new, 0 changed, 8,800 as they were.")
    street.open("/imports/")
    street.look("imports")
    assert (Account.objects.count(), Opportunity.objects.count()) == (85, 8800)


# ---------------------------------------------------------------- Kan-code becomes a reference


def invite_the_owner(street: Street, owner: User) -> None:
    assert not owner.is_active  # an agent of the CRM is nobody who could sign in, until invited
    page = street.come("admin", "/people/?standing=inactive")
    page.get_by_role("link", name=owner.name).click()
    page.get_by_role("link", name="Invite").click()
    page.get_by_label("Work e-mail").fill("kary@house.example")
    street.press("Send the invitation")
    street.says(f"{owner.name} is invited.")
    owner.refresh_from_db()
    page = street.follow(owner, "")
    page.get_by_label("Choose a password").fill("a long enough phrase")
    street.press("Come in")
    page.wait_for_url(f"{street.site}/")
    street.look("desk-of-an-agent")


def nominate(street: Street) -> None:
    page = street.come("rep")
    page.get_by_role("combobox", name="Nominate a customer").press_sequentially("kan c")
    page.get_by_role("option", name="Kan-code").click()
    page.get_by_label("Why them?").fill("Eighteen deals with one agent: they know what they buy.")
    page.get_by_role("textbox", name="Name (optional)", exact=True).fill("Ines Duarte")
    page.get_by_label("E-mail").fill("ines@kan-code.example")
    page.get_by_label("Reference call").check()
    street.press("Nominate Kan-code")
    street.says("Kan-code is nominated. Thank you!")


def the_owner_and_the_screener_agree(street: Street, owner: User) -> None:
    page = street.follow(owner, "Kan-code")
    street.press("Still true")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    page = street.come("marketer", "/nominations/screening/")
    for key in "455":
        page.keyboard.press(key)
    page.keyboard.press("a")
    street.says("Kan-code is approved")


def the_customer_takes_part(street: Street, speaker: Contact) -> None:
    street.follow(speaker.person, "")
    street.tick("Reference call")
    street.press("Yes, I take part")
    street.says("Thank you. We are glad to have you")
    street.drain()
    assert Nomination.objects.get().state == "enrolled"
    assert Account.objects.get(name="Kan-code").state == "active"


# ---------------------------------------------------------------- Kan-code answers


def sign_in_as(street: Street, user: User) -> None:
    """Come in by password, as somebody whom the import made and the cast does not know."""
    street.drain()
    sign_out(street.page)
    page = street.open("/auth/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill("a long enough phrase")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{street.site}/")


def choose_deal(street: Street, words: str, option: str) -> Page:
    page = street.open("/requests/new/")
    page.get_by_role("combobox", name="For which deal?").press_sequentially(words)
    page.locator(".ts-dropdown .option").filter(has_text=option).click()
    street.says("Filled in from the deal")
    return page


def ask_for_a_deal_of_theirs(street: Street, owner: User) -> None:
    """Kan-code cannot vouch for itself: for its own open deal the page says that it is left out, and why."""
    sign_in_as(street, owner)
    page = choose_deal(street, "kan-code", "Kan-code · GTX Plus Pro")
    expect(page.get_by_label("For whom?")).to_have_value("Kan-code")
    street.says("Nobody could be asked for exactly this today.")
    page.get_by_role("button", name="Ask for a reference").click()
    street.says("The program is looking for a customer")
    request = ReferenceRequest.objects.get()
    assert request.opportunity is not None
    assert request.opportunity.external_ref == "5CAP1055"

    page = street.come("marketer", request.get_absolute_url())
    street.says("Nobody can be asked for this today")
    street.look("crm-left-out")
    page.get_by_role("combobox", name="Why not my pick?").press_sequentially("kan-code")
    page.locator(".ts-dropdown .option", has_text="Kan-code").click()
    street.press("Explain")
    expect(page.get_by_role("status").filter(has_text="Kan-code:")).to_be_visible()


def ask_for_a_deal_like_it(street: Street, owner: User) -> None:
    """The same agent has an open deal with another software company of the region: matching is for that."""
    sign_in_as(street, owner)
    page = choose_deal(street, "dalttech", "Dalttechnology · GTX Pro")
    wanted = page.get_by_role("group", name="Must-haves")
    expect(wanted.get_by_label("Industry")).to_have_value("software")
    wanted.get_by_label("Product").select_option("")
    street.says("One customer could be asked for this today.")
    page.get_by_role("button", name="Ask for a reference").click()
    street.says("The program is looking for a customer")


def match_accept_and_feed_back(street: Street, owner: User, speaker: Contact) -> None:
    request = ReferenceRequest.objects.get(purpose="Dalttechnology")
    page = street.come("marketer", request.get_absolute_url())
    expect(page.get_by_role("list", name="Best matches").get_by_role("listitem")).to_have_count(1)
    street.look("crm-matches")
    street.press("Propose Kan-code")  # whose owner asked: that counts as the owner's yes
    street.says("Ines Duarte was asked")

    page = street.follow(speaker.person, "Would you")
    page.locator("input[name=slot]").first.check()
    street.press("Yes, gladly")
    street.says("Thank you for saying yes")

    sign_in_as(street, owner)
    page = street.open(request.get_absolute_url())
    street.press("Agree on this time")
    street.wait_until_held(request)
    street.press("It took place")
    page.get_by_label("4: It helped a lot").check(force=True)
    street.press("Send")
    page = street.follow(speaker.person, "Thank you")
    page.get_by_label("5: Gladly again").check(force=True)
    street.press("Send")
    street.says("Thank you, that helps us")

    request.refresh_from_db()
    assert request.state == "closed"
    page = street.come("executive", "/dashboards/")
    expect(page.locator(".rp-stat").filter(has_text="Requests answered").locator(".v")).to_have_text("1")
    street.look("crm-executive")
