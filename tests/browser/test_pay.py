"""A month of pay: money accrues, one amount is asked about and put right, two people close, payroll gets its file."""

import datetime as dt
from decimal import Decimal

import pytest

from incentives.models import Accrual, PayPeriod
from tests.browser.street import DESK, PHONE, Street
from tests.cast import Cast
from tests.factories.incentives_pay import EscalatorFactory, accrued

pytestmark = pytest.mark.browser
# A Friday; and a Monday on which data quality of that month is frozen.
BEGINS = dt.datetime(2026, 10, 16, 8, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 11, 9, 9, tzinfo=dt.UTC)


def test_a_month_of_pay_from_the_first_amount_to_the_file_for_payroll(street: Street, cast: Cast) -> None:
    cast.finance, cast.sales_head  # noqa: B018 - are asked
    street.time_machine.move_to(BEGINS)
    EscalatorFactory(most_a_month=Decimal(500))
    accrued(cast.rep.person, "400.00", memo="Two deals with a reference")
    accrued(cast.support.person, "90.00", memo="A demo that was asked for")
    ask_about_it(street)
    put_it_right(street)
    street.time_machine.move_to(CLOSES)
    close(street)
    agree(street)
    read_it(street)
    export(street)
    assert sorted(Accrual.objects.values_list("kind", "amount")) == [
        ("escalator", Decimal("22.50")), ("escalator", Decimal("150.00")), ("hand", Decimal("600.00")),
        ("reversal", Decimal("-400.00")), ("rule", Decimal("90.00")), ("rule", Decimal("400.00")),
    ]  # fmt: skip


def ask_about_it(street: Street) -> None:
    street.use(PHONE)
    page = street.come("rep", "/rewards/earnings/")
    street.says("$500")  # 400, and a quarter of it by the escalator
    street.look("earnings")
    page.get_by_role("link", name="Ask about it").click()
    page.get_by_label("What is wrong?").fill("It was three deals: the one with Halden came on the 12th.")
    page.get_by_label("What it should be").fill("600")
    street.look("pay-question")
    street.press("Send the question")
    street.says("It was three deals")


def put_it_right(street: Street) -> None:
    street.use(DESK)
    page = street.come("finance")
    street.says("Rhea Rep asks about their pay")
    page.get_by_role("link", name="Answer").first.click()
    street.says("It was three deals")
    street.look("pay-question-open")
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("Correct it").check()
    page.get_by_label("The right amount").fill("600")
    page.get_by_label("Why").fill("Halden was booked to another month.")
    street.press("Send the answer")
    street.says("Halden was booked to another month.")


def close(street: Street) -> None:
    page = street.come("finance", "/pay/")
    page.get_by_role("link", name="October 2026").click()
    street.press("Close the month")
    page.get_by_role("dialog").get_by_role("button").last.click()
    street.says("Closed. A second person is asked to agree.")
    street.look("pay-closing")


def agree(street: Street) -> None:
    period = PayPeriod.objects.get(starts_on=dt.date(2026, 10, 1))
    page = street.come("sales_head", period.get_absolute_url())
    street.says("$862.50")
    street.press("Agree")
    page.get_by_role("dialog").get_by_role("button", name="Agree").click()
    street.says("Closed for good. Each person is told.")


def read_it(street: Street) -> None:
    street.use(PHONE)
    street.come("rep", "/rewards/earnings/?month=2026-10")
    street.says("Went to payroll")
    street.says("$750")
    street.look("earnings-closed")


def export(street: Street) -> None:
    street.use(DESK)
    page = street.come("finance", PayPeriod.objects.get(state="closed").get_absolute_url())
    street.press("Make the file for payroll")
    street.says("The file is made.")
    with page.expect_download() as taken:
        page.get_by_role("link", name="2026-10.csv").click()
    assert "600.00" not in taken.value.path().read_text()  # sums alone: what is in them the person reads
    assert "750.00" in taken.value.path().read_text()
    street.look("pay-closed")
