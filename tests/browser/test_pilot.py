"""A pilot of a rule for customers: planned, sales says yes by mail, it begins, its people write, it is rolled out."""

import pytest

from refprogram.governance.pilots.models import Pilot
from refprogram.people.models import User
from tests.browser.street import PHONE, Street
from tests.cast import Cast
from tests.factories.incentives import RuleFactory, saying

pytestmark = pytest.mark.browser


def test_a_pilot_from_the_rule_to_the_decision(street: Street, cast: Cast) -> None:
    rule = RuleFactory(
        state="draft", name="Thanks for speaking", definition=saying("reference.delivered", "contact", 5)
    )
    people = cast.rep, cast.manager
    page = street.come("marketer", rule.get_absolute_url())
    page.get_by_role("link", name="With a few first").click()
    page.get_by_label("Name").fill("Thanks, with a few")
    page.get_by_label("What do you expect?").fill("Customers who are thanked speak again.")
    page.get_by_role("combobox", name="Who tries it").fill(people[0].name)
    page.get_by_role("option", name=people[0].name).click()
    page.get_by_role("button", name="Plan it").click()
    street.says("Planned. Say now by what it is judged.")
    page.get_by_role("link", name="Add an exit criterion").first.click()
    page.get_by_label("What has to be so at the end?").fill("Half of them speak again")
    page.get_by_role("button", name="Add it").click()
    street.says("It touches customers: ask sales before it begins.")
    page.get_by_role("link", name="Ask sales").click()
    page.get_by_label("Who answers for sales").select_option(label=people[1].name)
    page.get_by_role("button", name="Ask them").click()
    street.says("Asked. They get a mail")
    street.look("pilot-asked")
    sales_says_yes_by_mail(street, people[1])
    page = street.come("marketer", Pilot.objects.get().get_absolute_url())
    page.get_by_role("button", name="Begin now").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    street.says("It has begun")
    its_people_write(street)
    it_is_rolled_out(street)


def sales_says_yes_by_mail(street: Street, reader: User) -> None:
    page = street.follow(reader, "May we try this first?")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Your words").fill("Go ahead")
    page.get_by_role("button", name="Answer for sales").click()
    street.says("Thank you: your answer stands")


def its_people_write(street: Street) -> None:
    street.use(PHONE)
    page = street.come("rep", f"{Pilot.objects.get().get_absolute_url()}log/")
    page.get_by_label("What happened?").fill("Two customers were glad")
    page.get_by_role("button", name="Write it down").click()
    street.says("Two customers were glad")
    street.look("pilot-log")


def it_is_rolled_out(street: Street) -> None:
    page = street.come("marketer", Pilot.objects.get().get_absolute_url())
    page.get_by_role("link", name="Say what was seen").click()
    page.get_by_label("What was seen?").fill("Four of seven")
    page.get_by_label("Met", exact=True).check()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("Roll it out").check()
    page.get_by_label("Why?").fill("More than half spoke again.")
    page.get_by_role("button", name="Decide, and tell them").click()
    street.says("More than half spoke again.")
    assert Pilot.objects.get().state == "rolled_out"
    street.look("pilot-decided")
