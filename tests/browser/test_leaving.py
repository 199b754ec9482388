"""A colleague leaves: their page names what lies on their desk and who gets it, and there it goes, without delay."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from references.models import Account
from tests.cast import Cast
from tests.factories.approvals import asked
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.browser


def test_open_work_goes_to_somebody(
    page: Page, site: str, sign_in: Any, axe: Any, pictures: Any, faults: list[str], cast: Cast, drain: Any
) -> None:
    rep, manager = cast.rep, cast.manager
    account = AccountFactory(name="Kestrel Freight", owner=rep)
    NominationFactory(nominator=cast.support, account=account)
    drain()

    sign_in(page, "admin")
    page.goto(f"{site}{rep.get_absolute_url()}")
    page.get_by_label("More").click()
    page.get_by_role("link", name="End their access").click()
    expect(page.get_by_text("Kestrel Freight: still a happy customer?")).to_be_visible()
    expect(page.get_by_text(f"What is meant for them goes to {manager.name} from then on.")).to_be_visible()
    axe(page)
    pictures(page, "leaving")
    page.get_by_role("button", name="End their access").click()
    expect(page.get_by_text(f"{rep.name} has no access any more.")).to_be_visible()
    drain()

    page.goto(f"{site}{account.get_absolute_url()}edit/")
    page.get_by_role("combobox", name="Owner").focus()
    page.keyboard.type(cast.support.name[:6])
    page.get_by_role("option", name=cast.support.name).first.click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(cast.support.name).first).to_be_visible()
    assert Account.objects.get(pk=account.pk).owner == cast.support

    sign_in(page, "manager")
    page.goto(f"{site}/")
    expect(page.get_by_text("Kestrel Freight: still a happy customer?")).to_be_visible()
    page.get_by_role("button", name="Still true").click()
    expect(page.get_by_text("Kestrel Freight: still a happy customer?")).to_be_hidden()

    sign_in(page, "rep")
    page.goto(f"{site}/")
    expect(page).to_have_url(f"{site}/auth/login/?next=/")
    assert faults == []


def test_an_approval_goes_on_to_who_is_left(
    page: Page, site: str, sign_in: Any, axe: Any, faults: list[str], cast: Cast, drain: Any
) -> None:
    leaver, heir = cast.finance, cast.executive
    matter = asked(cast.rep, label="A second camera")
    drain()
    sign_in(page, "admin")
    page.goto(f"{site}{leaver.get_absolute_url()}deactivate/")
    expect(page.get_by_text("A second camera")).to_be_visible()
    page.get_by_role("button", name="End their access").click()
    expect(page.get_by_text(f"{leaver.name} has no access any more.")).to_be_visible()
    drain()
    page.goto(f"{site}{matter.get_absolute_url()}")
    expect(page.get_by_text(f"Asked: {heir.name}")).to_be_visible()
    axe(page)

    sign_in(page, "executive")
    page.goto(f"{site}/")
    expect(page.get_by_text("Approve? A second camera")).to_be_visible()
    page.get_by_role("button", name="Approve").first.click()
    expect(page.get_by_text("Approve? A second camera")).to_be_hidden()
    matter.refresh_from_db()
    assert matter.state == "approved"
    assert faults == []
