"""A reward for points: asked for at the desk, approved from the mail, ordered, handed over with proof, confirmed."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from incentives.catalogue.models import Redemption
from incentives.ledger.models import Wallet
from refprogram.governance.budgets.models import Fund
from tests.browser.street import DESK, PHONE, Street
from tests.cast import Cast
from tests.factories.gifts import gift_fund
from tests.factories.incentives import booked
from tests.factories.incentives_catalogue import ItemFactory

pytestmark = pytest.mark.browser
NAME = "Weekend at the lake"


def test_points_become_a_reward(street: Street, cast: Cast) -> None:
    cast.manager  # noqa: B018 - must be there to be asked
    gift_fund(1000, name="Rewards", owner=cast.marketer)
    booked(500, person=cast.rep.person)
    ItemFactory(name=NAME, description="Two nights for two, breakfast included.", cost=Decimal(120), stock=3)
    ItemFactory(name="A very long evening with far too many courses and a speech", points=900, stock=1)
    redeem(street)
    approve_from_the_mail(street, cast)
    order_and_hand_over(street)
    confirm_on_a_phone(street)
    it_is_in_the_books()


def redeem(street: Street) -> None:
    page = street.come("rep", "/rewards/catalogue/")
    street.says("400 more points")
    street.look("catalogue")
    page.get_by_role("link", name=NAME).click()
    page.get_by_label("Where should it go?").fill("rhea@house.example")
    street.look("catalogue-item")
    street.press("Get it for 300 points")
    street.says("Asked for. Your points are set aside.")
    street.look("reward-asked")
    street.open("/rewards/catalogue/")
    street.says("200 points to spend")
    street.says("300 points set aside")


def approve_from_the_mail(street: Street, cast: Cast) -> None:
    street.use(PHONE)
    street.follow(cast.manager, NAME)
    street.says("A reward from the catalogue, for 300 points.")
    street.look("reward-approval")
    street.press("Approve")
    street.says("Thank you: you approved it")
    street.drain()
    assert Fund.objects.get().committed == Decimal(120)


def order_and_hand_over(street: Street) -> None:
    street.use(DESK)
    page = street.come("marketer")
    street.says("1 reward to order")
    page.goto(f"{street.site}/rewards/queue/?view=order")
    street.look("reward-queue")
    page.get_by_role("link", name=NAME).click()
    street.press("Note as ordered")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("LAKE-77")
    dialog.get_by_role("button", name="Note as ordered").click()
    page.get_by_role("link", name="Note as handed over").click()
    page.wait_for_url("**/deliver/")
    page.locator("input[type=file]").set_input_files(
        {"name": "voucher.txt", "mimeType": "text/plain", "buffer": b"Voucher 77, for two nights"}
    )
    street.says("voucher.txt")
    street.look("reward-handing-over")
    street.press("It is handed over")
    street.says("Rhea Rep is asked whether it is there.")
    expect(page.get_by_role("link", name="voucher.txt").first).to_be_visible()
    street.look("reward-handed-over")


def confirm_on_a_phone(street: Street) -> None:
    street.use(PHONE)
    page = street.come("rep", "/rewards/redemptions/")
    page.get_by_role("link", name=NAME).click()
    street.says("Is it there?")
    street.look("reward-there")
    page.get_by_role("radio").last.check()
    page.get_by_label("Anything to add?").fill("Three swans")
    street.press("Yes, I have it")
    expect(page.get_by_role("heading", name="Is it there?")).to_have_count(0)
    street.look("reward-confirmed")


def it_is_in_the_books() -> None:
    row = Redemption.objects.get()
    wallet = Wallet.objects.get(pk=row.wallet_id)
    fund = Fund.objects.get()
    assert (row.state, row.worth, row.worth_words, row.item.left) == ("confirmed", 5, "Three swans", 2)
    assert (wallet.available, wallet.reserved, wallet.redeemed) == (200, 0, 300)
    assert (fund.committed, fund.spent) == (0, Decimal(120))
