"""From a cell that is short to a nomination, on a phone; the map by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nominations.models import Nomination
from references.accounts import clock
from references.coverage import services
from references.coverage.models import RecruitingTarget
from tests.cast import Cast
from tests.factories.coverage import plan_of, step_of
from tests.factories.people import RegionFactory
from tests.factories.references import AccountFactory, ContactFactory, ReferenceFactory
from tests.mailbox import mails_to

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def healthcare(cast: Cast) -> None:
    """Make a map that lacks references in healthcare, and a customer there whom the rep knows."""
    americas, emea = RegionFactory(name="Americas"), RegionFactory(name="EMEA")
    ReferenceFactory(industry="Retail", region=emea)
    ReferenceFactory(industry="Healthcare", region=emea)
    account = AccountFactory(name="Mercy Clinics", industry="Healthcare", region=americas, owner=cast.rep, nps=10)
    ContactFactory(account=account)
    cell = {"industry": "Healthcare", "region": str(americas.pk)}
    services.set_targets(wanted=[(cell, 2), ({"industry": "Retail", "region": str(emea.pk)}, 1)], actor=cast.marketer)
    services.catch_up()
    services.make_forecast()


def test_from_a_short_cell_to_a_nomination_on_a_phone(
    page: Page,
    site: str,
    sign_in: Any,
    axe: Any,
    pictures: Any,
    faults: list[str],
    cast: Cast,
    drain: Callable[[], int],
    mailoutbox: Any,
) -> None:
    healthcare(cast)
    page.set_viewport_size(PHONE)
    sign_in(page, "marketer")

    page.goto(f"{site}/coverage/")
    worst = page.get_by_role("list", name="Cells that are short")
    expect(worst.get_by_role("link")).to_have_count(1)
    axe(page)
    pictures(page, "coverage")
    page.set_viewport_size(PHONE)
    worst.get_by_role("link", name="Healthcare, Americas").click()
    expect(page.get_by_text(cast.rep.name)).to_be_visible()
    axe(page)
    pictures(page, "coverage-cell")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Make it a recruiting target").click()

    expect(page.get_by_label("New references wanted")).to_have_value("2")
    axe(page)
    page.get_by_role("button", name="Set the target").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Healthcare, Americas")
    page.get_by_role("button", name="Ask the chosen ones").click()
    expect(page.get_by_text("1 colleague is asked.")).to_be_visible()
    axe(page)
    pictures(page, "recruiting-target")
    target = RecruitingTarget.objects.get()

    drain()
    (mail,) = mails_to(cast.rep, mailoutbox)
    assert "Mercy Clinics" in mail.body
    page.set_viewport_size(PHONE)
    sign_in(page, "rep")
    page.goto(f"{site}/nominations/new/?target={target.public_id}")
    expect(page.get_by_text("2 references are missing")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Mercy Clinics").click()
    page.get_by_label("Why them?").fill("They halved their waiting lists with us.")
    page.get_by_role("button", name="Nominate Mercy Clinics").click()
    expect(page.get_by_text("Mercy Clinics is nominated. Thank you!")).to_be_visible()

    assert Nomination.objects.get().target == target
    drain()
    sign_in(page, "marketer")
    page.goto(site + target.get_absolute_url())
    expect(page.get_by_text("has nominated")).to_be_visible()
    expect(page.get_by_text("Under way")).to_be_visible()


def test_the_map_by_keyboard_and_targets_in_its_cells(
    page: Page, site: str, sign_in: Any, axe: Any, pictures: Any, faults: list[str], cast: Cast
) -> None:
    healthcare(cast)
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, "marketer")

    page.goto(f"{site}/coverage/")
    cells = page.locator("table.rp-heat td a")
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    expect(cells.nth(2)).to_be_focused()
    page.keyboard.press("Tab")
    expect(cells.nth(3)).not_to_be_focused()  # the tab key reaches the table once
    page.get_by_label("Rows").select_option("Size")
    expect(page.get_by_role("rowheader", name="Not stated")).to_be_visible()

    page.goto(f"{site}/coverage/?edit=1")
    page.get_by_label("Target for Retail, EMEA").fill("4")
    axe(page)
    pictures(page, "coverage-targets")
    page.get_by_role("button", name="Save targets").click()
    expect(page.get_by_text("1 target changed.")).to_be_visible()
    expect(page.locator("td a", has_text="of 4, far short")).to_be_visible()


def test_plans_and_planner(
    page: Page, site: str, sign_in: Any, axe: Any, pictures: Any, faults: list[str], cast: Cast
) -> None:
    healthcare(cast)
    services.take_snapshot(on=clock.today().replace(year=clock.today().year - 1, day=1))
    services.take_snapshot()
    plan = plan_of(cast.marketer, account=AccountFactory(name="Oriel"))
    step_of(plan, cast.rep)
    page.set_viewport_size(PHONE)
    sign_in(page, "marketer")

    page.goto(f"{site}/coverage/plans/")
    page.get_by_label("Bring Oriel to").select_option("Offer made")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("Oriel: offer made")).to_be_visible()
    axe(page)
    pictures(page, "plans")
    page.get_by_role("link", name="Oriel").click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Open again")).to_be_visible()
    axe(page)
    pictures(page, "plan")
    for path in ("planner/", "trend/", "recruiting/", "planner/targets/"):
        page.goto(f"{site}/coverage/{path}")
        axe(page)
        pictures(page, f"coverage-{path.strip('/').replace('/', '-')}")
