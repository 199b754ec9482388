"""Budgets as people use them: the quarter, one fund, the forms, the lists, the API."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.approvals.models import Turn
from refprogram.governance.budgets import selectors, services
from refprogram.governance.budgets.enums import CostKind
from refprogram.governance.budgets.models import Commitment, Fund, FundEntry
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.views import BookList, CommitmentList
from refprogram.kernel.errors import NotAllowed
from tests.contracts import FormContract, ListContract
from tests.factories.budgets import BudgetLineFactory, FundFactory, fund_of, promised, promised_for_many, quarter_of

pytestmark = pytest.mark.django_db


class TestCommitments(ListContract):
    """The list of promises."""

    view = CommitmentList
    reader = "finance"

    @staticmethod
    def make(count, cast):
        promised_for_many(count)


class TestBook(ListContract):
    """The book."""

    view = BookList
    reader = "finance"

    @staticmethod
    def make(count, cast):
        fund = fund_of(0)
        for number in range(count):
            services.allocate(fund=fund, amount=Decimal(1), key=f"{fund.pk}:{number}", by=cast.finance)


class TestAskForFund(FormContract):
    """Asking for a fund."""

    url, reader, typed = "/budgets/new/", "marketer", "Two stories and a film"
    broken = {"requested": "1.2.3"}

    @pytest.fixture(autouse=True)
    def _filled(self, marketer):
        self.good = {
            "name": "Stories", "quarter": Quarter.now().code, "owner": marketer.public_id, "requested": "1,250.50",
            "purpose": "Two stories and a film", "plan_video": "900",
        }  # fmt: skip

    @staticmethod
    def count():
        return Fund.objects.count()


def test_the_quarter_is_flat(budget, clients):
    budget.flat(
        "governance:budgets",
        make=lambda n: [BudgetLineFactory(fund=promised().fund) for _ in range(n)],
        visit=lambda: clients["finance"].get("/budgets/"),
    )


def test_a_fund_is_flat(budget, clients):
    fund = fund_of(100_000)

    def make(n):
        for row in promised_for_many(n, fund):
            services.spend(commitment=row, amount=Decimal(1), key=f"s{row.pk}", by=None)
        promised_for_many(n, fund)
        BudgetLineFactory.create_batch(n, fund=fund)

    budget.flat("governance:fund", make=make, visit=lambda: clients["finance"].get(fund.get_absolute_url()))


def test_the_history_of_a_fund(budget, clients, finance):
    fund = fund_of()
    services.freeze_fund(fund=fund, by=finance)
    clients["finance"].get(f"{fund.get_absolute_url()}history/")
    with budget("governance:fund-history"):
        page = clients["finance"].get(f"{fund.get_absolute_url()}history/")
    assert "froze" in page.text


@time_machine.travel("2026-11-15T10:00:00Z")
def test_the_forecast_goes_on_at_the_pace_so_far_and_keeps_what_nobody_has_used(clients):
    # By hand: 92 days in the quarter, 46 of them left on 15 November: as many as have passed.
    fund = fund_of(1000)
    video = BudgetLineFactory(fund=fund, planned=Decimal(600))
    BudgetLineFactory(fund=fund, planned=Decimal(200), kind=CostKind.TRAVEL)
    first = promised(300, fund=fund, line=video)
    services.spend(commitment=first, amount=Decimal(250), key="s", by=None)
    promised(100, fund=fund, line=video)
    promised(700, fund=fund)  # waits: 650 are free

    outlook = selectors.outlooks([Fund.objects.get(pk=fund.pk)], timezone.localdate())[0]

    # 250 spent + 100 promised + 700 asked for. Video would need 350 once more, its plan has 250 left; travel: all 200.
    assert (outlook.waiting, outlook.forecast, outlook.short) == (700, 1500, 500)
    assert "$500 more than the fund holds" in clients["finance"].get(fund.get_absolute_url()).text


@pytest.mark.parametrize(
    ("day", "asked", "forecast"),
    [
        ("2026-09-30", 0, 900),  # before it begins: the plan
        ("2026-10-23", 0, 900),  # a quarter of it gone and nothing used: still the plan
        ("2026-12-30", 0, 900),  # one day left
        ("2026-12-31", 0, 0),  # over: what was never asked for will not be
        ("2026-10-23", 90, 360),  # 23 days took 90, 69 days take 270 more
        ("2026-10-23", 300, 900),  # at that pace 900 more, and the plan has 600
        ("2026-12-08", 300, 400),  # 69 days took 300, 23 days take 100
        ("2026-12-31", 300, 300),
        ("2026-10-23", 1000, 1000),  # above the plan: what it is
    ],
)
def test_the_forecast_of_one_line_by_hand(day, asked, forecast):
    with time_machine.travel("2026-10-01T10:00:00Z"):
        fund = fund_of(2000)
        line = BudgetLineFactory(fund=fund, planned=Decimal(900))
        if asked:
            promised(asked, fund=fund, line=line)
    outlook = selectors.outlooks([Fund.objects.get(pk=fund.pk)], dt.date.fromisoformat(day))[0]
    assert outlook.forecast == forecast


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("10.005", "Money has at most two digits behind the point."),
        ("0", "Give an amount above nothing."),
        ("-5", "Give an amount above nothing."),
        ("1e15", "That is more than this program can count."),
    ],
)
def test_the_api_says_one_thing_about_an_amount(api, amount, words):
    url = f"/api/v1/budgets/{fund_of(100).public_id}/commitments"
    answer = api["finance"].post(url, {"label": "Train", "amount": amount}, content_type="application/json")
    assert answer.status_code == 422
    assert [(one["field"], one["message"]) for one in answer.json()["errors"]] == [("amount", words)]


@pytest.mark.parametrize(("amount", "who"), [(999, ["finance"]), (1000, ["executive"]), (25_000, ["executive"])])
def test_an_owners_own_spending_goes_past_them(finance, executive, marketer, amount, who):
    """Decision 5: below the threshold to finance, from it on to an executive; never to the owner themselves."""
    fund = fund_of(50_000, owner=marketer)
    asked = services.ask_to_spend(
        key="own", fund=fund, amount=Decimal(amount), label="Camera team", reason="A story", by=marketer
    )
    turns = Turn.objects.filter(approval__subject_type="commitment", approval__subject_id=asked.pk, state="open")
    assert [turn.role for turn in turns] == who
    with pytest.raises(NotAllowed):
        approvals.decide(approval=turns.get().approval, by=marketer, verdict=Verdict.APPROVE)


def test_quarters_are_switched_and_nonsense_is_refused(clients):
    FundFactory(name="Last spring", starts_on=quarter_of(2026, 2))

    assert "Last spring" in clients["finance"].get("/budgets/?quarter=2026-Q2").text
    assert "No fund in this quarter" in clients["finance"].get("/budgets/?quarter=2027-Q3").text
    assert clients["finance"].get("/budgets/?quarter=spring").status_code == 422


def test_amounts_are_read_as_the_reader_writes_them(clients, marketer):
    good = {"name": "A", "quarter": Quarter.now().code, "owner": marketer.public_id, "purpose": "x"}

    refused = clients["marketer"].post("/budgets/new/", {**good, "requested": "1.250,50"})
    clients["marketer"].post("/budgets/new/", {**good, "requested": "1,250.50"})

    assert "such as 1,250.50" in refused.text
    assert Fund.objects.get().requested == Decimal("1250.50")


def test_from_the_bill_to_the_refund_on_pages(clients, marketer):
    fund = fund_of(500, owner=marketer)
    row = promised(100, fund=fund, by=marketer)

    bill = clients["marketer"].get(f"/budgets/commitments/{row.public_id}/spend/").text
    clients["marketer"].post(f"/budgets/commitments/{row.public_id}/spend/", {"amount": "80", "memo": "Invoice 7"})
    credit = clients["marketer"].get(f"/budgets/commitments/{row.public_id}/refund/").text
    clients["marketer"].post(f"/budgets/commitments/{row.public_id}/refund/", {"amount": "30", "memo": "Credit 7"})

    fund.refresh_from_db()
    assert ("A camera team" in bill, "$100 promised" in bill) == (True, True)
    assert ("A camera team" in credit, "$80 spent" in credit) == (True, True)
    assert (fund.spent, fund.available) == (50, 450)
    assert list(FundEntry.objects.filter(commitment=row).order_by("id").values_list("memo", flat=True)) == [
        "A camera team", "Invoice 7", "Invoice 7", "Credit 7",
    ]  # fmt: skip


def test_another_rooms_promise_is_not_booked_here(clients, finance):
    row = promised()
    Commitment.objects.filter(pk=row.pk).update(subject_type="fulfilment")

    assert clients["finance"].get(f"/budgets/commitments/{row.public_id}/spend/").status_code == 404
    assert clients["finance"].post(f"/budgets/commitments/{row.public_id}/release/").status_code == 404


@pytest.mark.parametrize(
    ("name", "path"),
    [("list_budgets", "budgets"), ("list_commitments", "commitments"), ("list_fund_entries", "fund-entries")],
)
def test_the_lists_of_the_api_are_flat(budget, api, name, path):
    budget.flat(f"api:{name}", make=promised_many, visit=lambda: api["finance"].get(f"/api/v1/{path}"))


def promised_many(n):
    """Promise n times, each out of a fund of its own with a line."""
    for _ in range(n):
        fund = fund_of()
        promised(fund=fund, line=BudgetLineFactory(fund=fund))


def test_a_key_gives_money_once(api, finance):
    fund = fund_of(10)
    for _ in range(2):
        api["finance"].post(
            f"/api/v1/budgets/{fund.public_id}/allocate",
            {"amount": "5.50", "memo": "More"},
            content_type="application/json",
            headers={"Idempotency-Key": "once"},
        )
    fund.refresh_from_db()
    assert fund.allocated == Decimal("15.50")
