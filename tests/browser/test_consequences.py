"""The board sends notices by keyboard; the rep reads the mail and appeals on a phone; it is waived with a reason."""

import datetime as dt
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.people.enums import Privilege, Role
from refprogram.people.selectors import restriction_of
from tests.browser.street import DESK, PHONE, Street
from tests.cast import Cast
from tests.factories import consequences as made
from tests.factories.people import UserFactory
from tests.mailbox import mails_to

pytestmark = pytest.mark.browser


def test_from_the_review_to_the_waiver(street: Street, cast: Cast) -> None:
    policy = made.policy_of(cast.sales_head, name="A nomination each month", min_cohort=3)
    cast.manager  # noqa: B018 - leads the team
    other = UserFactory(role=Role.REP, name="Zoe Zander")
    UserFactory(role=Role.REP, name="Xaver Xu")
    made.proposed(cast.rep, policy)

    page = _review_by_keyboard(street)
    assert ConsequenceCase.objects.get(user=other).state == "dismissed"

    street.drain()
    mail = mails_to(cast.rep, street.mailoutbox)[-1]
    assert mail.subject == "A notice for you: A nomination each month"
    found = re.search(r"http\S+(/consequences/\w+/)", str(mail.body))
    assert found is not None
    url = found[1]

    street.use(PHONE)
    street.come("rep", url)
    street.look("consequence-notice")
    page.get_by_role("link", name="Appeal", exact=True).click()
    page.get_by_label("Why should it not be so?").fill("I was on a project for the whole month.")
    street.look("consequence-appeal")
    street.press("Send the appeal")
    street.says("An appeal is open.")

    street.use(DESK)
    street.come("sales_head", url)
    street.says("I was on a project for the whole month.")
    street.look("consequence-case")
    street.press("Waive it")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why?").fill("The project was ours to know of.")
    dialog.get_by_role("button", name="Waive it").click()
    street.says("The project was ours to know of.")

    street.drain()
    assert "The project was ours to know of." in mails_to(cast.rep, street.mailoutbox)[-1].body
    street.time_machine.move_to(ConsequenceCase.objects.get(user=cast.rep).takes_effect_at + dt.timedelta(days=1))
    assert restriction_of(cast.rep, Privilege.REQUEST_REFERENCES) is None


def _review_by_keyboard(street: Street) -> Any:
    page = street.come("marketer", "/consequences/review/?sort=person")
    expect(page.get_by_role("link", name="Rhea Rep")).to_be_visible()
    street.look("consequence-review")
    rows = page.get_by_role("region", name="Review board").locator("tbody tr")
    waiting = rows.count()
    expect(page.get_by_text("send the notice", exact=False).first).to_be_visible()  # its keys, before they are needed
    expect(page.get_by_role("region", name="Review board")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("n")
    street.says("1 notice is sent")
    expect(rows).to_have_count(waiting - 1)
    page.wait_for_load_state("networkidle")  # the page is new: its scripts have to be there before keys are pressed
    expect(page.get_by_role("region", name="Review board")).to_be_focused()
    for key in "jjx":
        page.keyboard.press(key)
    expect(page.get_by_role("region", name="1 selected")).to_be_visible()
    page.keyboard.press("d")
    page.get_by_label("Why?").fill("New in the team.")
    street.look("consequence-dismiss")
    street.press("Dismiss them")
    street.says("1 case dismissed")
    return page
