"""A thank-you on its way: asked for, approved from the mail, paid, ordered, delivered with proof, confirmed by link."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from refprogram.governance.budgets.models import Fund
from refprogram.governance.fulfilment.enums import GiftPolicy
from refprogram.governance.fulfilment.models import Fulfilment
from tests.browser.street import DESK, PHONE, Street
from tests.cast import Cast
from tests.factories.gifts import gift_fund
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def amal(cast: Cast) -> object:
    """Amal at a bank whose people may take gifts up to 400; the program has money for thanks."""
    gift_fund(1000, name="Customer stories", owner=cast.marketer)
    rule = {"gift_policy": GiftPolicy.CEILING, "gift_ceiling": Decimal(400), "gift_note": "Code of conduct, § 4"}
    account = AccountFactory(name="Oriel Bank", owner=cast.rep, **rule)
    contact = ContactFactory(account=account, person__name="Amal Haddad", person__email="amal@oriel.example")
    cast.executive  # noqa: B018 - must be there to be asked
    return contact


def test_a_gift_from_the_wish_to_the_thanks(street: Street, cast: Cast, amal: object) -> None:
    ask(street, amal)
    approve_from_the_mail(street, cast)
    order_and_deliver(street)
    confirm_on_a_phone(street, amal)
    it_is_in_the_books(street)


def ask(street: Street, amal: object) -> None:
    page = street.come("marketer", amal.get_absolute_url())  # type: ignore[attr-defined]
    page.get_by_role("link", name="Thank with a gift").click()
    street.says("Gifts up to $400 are allowed (Code of conduct, § 4).")
    page.get_by_label("What", exact=True).fill("Weekend at the lake")
    page.get_by_label("Value").fill("300")
    page.get_by_label("Why", exact=True).fill("Three calls and a site visit this quarter.")
    street.look("gift-form")
    street.press("Ask for approval")
    street.says("Asked. You hear as soon as it is approved.")
    street.look("gift-asked")


def approve_from_the_mail(street: Street, cast: Cast) -> None:
    street.use(PHONE)
    street.follow(cast.executive, "Weekend at the lake")
    street.says("Three calls and a site visit this quarter.")
    street.press("Approve")
    street.says("Thank you: you approved it")
    street.drain()
    fund = Fund.objects.get()
    assert (fund.committed, fund.available) == (300, 700)


def order_and_deliver(street: Street) -> None:
    street.use(DESK)
    page = street.come("marketer")
    street.says("1 gift to order")
    page.get_by_role("link", name="Order them").click()
    page.get_by_role("link", name="Note as ordered").click()
    page.get_by_label("Order number").fill("LAKE-77")
    street.press("It is ordered")
    page.get_by_role("link", name="Note as delivered").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "voucher.txt", "mimeType": "text/plain", "buffer": b"Handed over at the user day, signed A. Haddad"}
    )
    page.get_by_label("What it cost in the end").fill("280")
    street.look("gift-delivery")
    street.press("It is delivered")
    street.says("Amal Haddad is asked by mail whether it is there.")
    street.says("voucher.txt")
    street.look("gift-delivered")


def confirm_on_a_phone(street: Street, amal: object) -> None:
    street.use(PHONE)
    street.follow(amal.person, "Has it arrived?")  # type: ignore[attr-defined]
    street.look("gift-receipt")
    street.press("Yes, it is here")
    street.says("We are glad that it is there.")
    street.look("gift-thanks")


def it_is_in_the_books(street: Street) -> None:
    street.use(DESK)
    page = street.come("marketer", Fund.objects.get().get_absolute_url())
    expect(page.get_by_text("$720").first).to_be_visible()
    street.look("gift-fund")
    page = street.open(Fulfilment.objects.get().get_absolute_url())
    street.says("Amal Haddad confirmed")
    street.open("/budgets/")
    street.look("gift-budgets")
    street.open("/fulfilments/")
    street.look("gift-list")
