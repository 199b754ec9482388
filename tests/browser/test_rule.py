"""A rule is written as a sentence, asked for, approved on the desk; what it gives arrives, what waits comes later."""

import pytest
from playwright.sync_api import expect

from incentives.models import Rule, Simulation
from nominations.models import Nomination
from refprogram.kernel import jobs
from tests.browser.street import DESK, PHONE, Street
from tests.cast import Cast
from tests.factories.nominations import NominationFactory, invited

pytestmark = pytest.mark.browser


def test_a_rule_from_the_first_word_to_the_points(street: Street, cast: Cast) -> None:
    cast.sales_head  # noqa: B018 - is asked
    write(street)
    try_on_the_past(street)
    ask(street)
    approve(street)
    nomination = NominationFactory(nominator=cast.rep)
    a_part_arrives_and_a_part_waits(street)
    the_rest_comes(street, nomination, cast)


def write(street: Street) -> None:
    page = street.come("marketer", "/rules/new/")
    street.says("The rule then reads here as everybody reads it.")
    page.get_by_label("Name").fill("Early birds")
    page.get_by_label("When").select_option(label="a nomination is made")
    page.get_by_role("button", name="Add a condition").click()
    condition = page.get_by_role("group", name="Condition 1")
    expect(condition.get_by_label("What")).to_be_focused()
    condition.get_by_label("What").select_option(label="the recruiting target")
    condition.get_by_label("the recruiting target").select_option(label="without a target")
    page.get_by_label("How much each time").fill("120")
    page.get_by_label("At most").fill("100")
    street.says("The most cannot be less than what is given once.")
    page.get_by_label("At most").fill("300")
    page.get_by_role("button", name="Let a part of it wait").click()
    waits = page.get_by_role("group", name="Milestone 1")
    expect(waits.get_by_label("Percent of it")).to_be_focused()
    waits.get_by_label("Percent of it").fill("50")
    waits.get_by_label("Wait until").select_option(label="a nomination is approved")
    waits.get_by_label("Within days").fill("90")
    said = (
        "When a nomination is made without a target, the nominator gets 120 points, at most 300 a quarter. "
        "50 % of it waits until a nomination is approved, within 90 days."
    )
    street.says(said)
    street.look("rule-writing")
    page.get_by_label("Within days").press("Enter")  # keeps it; no line is added or taken away
    street.says("Early birds")
    street.says(said)


def try_on_the_past(street: Street) -> None:
    page = street.page
    rule = page.url
    page.get_by_role("link", name="Try it").click()
    street.says("Nothing is given, told or changed by it.")
    street.look("rule-trial-asked")
    street.press("Try it")
    street.says("It waits for a free worker.")
    jobs.run(job_id=Simulation.objects.get().job_id)
    page.reload()
    page.get_by_role("link", name="See the result").click()
    street.says("Nothing would have been given")
    street.look("rule-trial")
    page.goto(rule)


def ask(street: Street) -> None:
    street.look("rule")
    street.press("Ask to switch it on")
    street.says("It waits for approval, and goes on by itself then.")


def approve(street: Street) -> None:
    street.use(PHONE)
    page = street.come("sales_head")
    street.says("Switch on the rule “Early birds”")
    page.get_by_role("button", name="Approve").first.click()
    street.says("Approved.")
    street.drain()
    assert Rule.objects.get(name="Early birds").state == "live"


def a_part_arrives_and_a_part_waits(street: Street) -> None:
    page = street.come("rep", "/rewards/")
    expect(page.get_by_role("heading", name="Waiting")).to_be_visible()
    street.says("Early birds: yours as soon as a nomination is approved")
    expect(page.get_by_text("60 points to spend")).to_be_visible()
    street.look("rule-points")


def the_rest_comes(street: Street, nomination: Nomination, cast: Cast) -> None:
    street.use(DESK)
    invited(nomination, actor=cast.marketer)
    page = street.come("rep", "/rewards/")
    expect(page.get_by_text("120 points to spend")).to_be_visible()
    expect(page.get_by_role("heading", name="Waiting")).to_be_hidden()
