"""A file from being chosen to being downloaded, and an added field from its page to a filtered list."""

import pytest

from tests import hostile
from tests.factories.references import ContactFactory

pytestmark = pytest.mark.browser


def test_a_signed_release_is_attached(page, site, sign_in, axe, pictures, cast):
    contact = ContactFactory(account__owner=cast.rep, account__name="Kestrel Freight")
    sign_in(page, "rep")
    page.goto(f"{site}{contact.get_absolute_url()}consent/")
    box = page.locator(".rp-upload")
    chosen = page.get_by_label("The signed release")

    chosen.set_input_files({"name": "release.pdf", "mimeType": "application/pdf", "buffer": hostile.EXE})
    box.get_by_text("This is not a PDF file").wait_for()
    chosen.set_input_files({"name": "release.pdf", "mimeType": "application/pdf", "buffer": hostile.pdf()})
    box.get_by_role("button", name="Take it out").wait_for()
    axe(page)
    pictures(page, "consent-with-release")

    page.get_by_label("Quote").check()
    page.get_by_role("button", name="Keep this consent").click()
    page.get_by_role("heading", name="to put right").wait_for()
    assert "release.pdf" in box.inner_text()

    page.get_by_label("In which words").fill("Yes, by letter.")
    page.get_by_role("button", name="Keep this consent").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="release.pdf").click()
    assert download.value.suggested_filename == "release.pdf"
    page.get_by_text("Fingerprint").click()
    axe(page)


def test_a_field_is_added_and_used(page, site, sign_in, axe, pictures, faults):
    sign_in(page, "marketer")
    page.goto(f"{site}/custom-fields/")
    page.get_by_role("link", name="Add a field").first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Plants")
    page.get_by_role("textbox", name="Key").fill("plants")
    page.get_by_role("combobox", name="Type").select_option("number")
    page.get_by_role("textbox", name="Unit").fill("sites")
    axe(page)
    page.get_by_role("button", name="Add the field").click()
    page.get_by_role("link", name="Plants").wait_for()
    axe(page)
    pictures(page, "added-fields")

    page.goto(f"{site}/accounts/add/")
    page.get_by_role("textbox", name="Name").fill("Kestrel Freight")
    page.get_by_label("Plants (sites)").fill("12")
    page.get_by_role("button", name="Add account").click()
    page.get_by_text("12 sites").wait_for()

    page.goto(f"{site}/accounts/")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("group", name="Plants (sites)").locator("input").first.fill("10")
    page.get_by_role("checkbox", name="Plants").check()
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("columnheader", name="Plants (sites)").wait_for()
    assert page.get_by_role("link", name="Kestrel Freight").is_visible()
    axe(page)
