"""The pages of pay, their cost, and the road of a month over the API."""

import datetime as dt

import pytest
import time_machine

from incentives.models import Escalator, PayDispute, PayLine, PayPeriod, Spiff
from incentives.pay import services
from incentives.pay.enums import EntryState, EscalatorState, Metric, SpiffState
from incentives.pay.month_views import DisputeList, PeriodList
from incentives.pay.spiff_views import SpiffList
from tests.contracts import FormContract, ListContract
from tests.factories.incentives_pay import (
    EscalatorFactory,
    PayDisputeFactory,
    PayPeriodFactory,
    SpiffEntryFactory,
    SpiffFactory,
    accrued,
)
from tests.factories.people import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

MONTH = dt.date(2026, 10, 1)
IN_OCTOBER = dt.datetime(2026, 10, 12, 10, tzinfo=dt.UTC)


class TestMonths(ListContract):
    view = PeriodList
    reader = "finance"

    @staticmethod
    def make(count, cast):
        first = PayPeriod.objects.count()
        for n in range(first, first + count):
            month = dt.datetime(2020 + n // 12, 1 + n % 12, 5, tzinfo=dt.UTC)
            accrued(cast.rep.person, at=month)


class TestQuestions(ListContract):
    view = DisputeList
    reader = "finance"

    @staticmethod
    def make(count, cast):
        PayDisputeFactory.create_batch(count)


class TestSpiffs(ListContract):
    view = SpiffList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        SpiffFactory.create_batch(count)


class TestNewSpiff(FormContract):
    url, reader = "/spiffs/new/", "marketer"
    good = {
        "name": "Most contacts", "metric": "contacts", "audience": "field", "starts_on": "2026-11-01",
        "ends_on": "2026-11-30", "least": "1", "proof": "A list of them", "prize_1": "100", "prize_2": "50",
    }  # fmt: skip
    typed, broken = "A list of them", {"prize_2": "500"}

    @staticmethod
    def count():
        return Spiff.objects.count()


class TestNewEscalator(FormContract):
    url, reader = "/escalators/new/", "marketer"
    good = {"starts_on": "2099-01", "most_a_month": "512.50", "score_1": "80", "times_1": "1.10"}
    typed, broken = "512.50", {"score_2": "70", "times_2": "1.20"}

    @staticmethod
    def count():
        return Escalator.objects.count()


class TestAsk(FormContract):
    url, reader = "/rewards/earnings/ask/", "rep"
    good = {"words": "The call of Tuesday is missing", "wanted": "100"}
    typed, broken = "The call of Tuesday is missing", {"wanted": "much"}

    @staticmethod
    def count():
        return PayDispute.objects.count()


def test_pages_are_flat(budget, clients, api, rep, marketer):
    EscalatorFactory()
    period = PayPeriodFactory(starts_on=MONTH)
    spiff = SpiffFactory(state=SpiffState.PROOF)
    vote = SpiffFactory(metric=Metric.DASHBOARD, votes_until=dt.date(2099, 1, 1))
    month, page = period.get_absolute_url(), spiff.get_absolute_url()

    def amounts(n):
        for _n in range(n):
            accrued(rep.person, at=IN_OCTOBER)
            accrued(UserFactory().person, at=IN_OCTOBER)

    def proofs(n):
        for _n in range(n):
            person = UserFactory().person
            SpiffEntryFactory(spiff=spiff, person=person, state=EntryState.SHOWN, place=1, prize=1)

    def dashboards(n):
        for _n in range(n):
            SpiffEntryFactory(spiff=vote, person=PersonFactory(), title="Calls", address="https://x.example/")

    visit = clients["rep"].get
    budget.flat("incentives:earnings", make=amounts, visit=lambda: visit("/rewards/earnings/?month=2026-10"))
    budget.flat("incentives:pay-period", make=amounts, visit=lambda: clients["finance"].get(month))
    budget.flat("incentives:spiff proofs", make=proofs, visit=lambda: clients["marketer"].get(page))
    budget.flat("incentives:spiff votes", make=dashboards, visit=lambda: visit(vote.get_absolute_url()))
    budget.flat("api:list_accruals", make=amounts, visit=lambda: api["finance"].get("/api/v1/accruals"))
    budget.flat("incentives:escalators", make=EscalatorFactory.create_batch, visit=lambda: visit("/escalators/"))


def test_the_other_pages(budget, clients, rep):
    escalator, asked = EscalatorFactory(), services.raise_dispute(actor=rep, words="Why?")
    for name, page in (
        ("incentives:escalator", escalator.get_absolute_url()),
        ("incentives:pay-dispute", asked.get_absolute_url()),
    ):
        clients["finance"].get(page)
        with budget(name):
            clients["finance"].get(page)


def test_api_lists_are_flat(budget, api, cast):
    for path, make in (
        ("pay-periods", lambda n: TestMonths.make(n, cast)),
        ("pay-questions", lambda n: TestQuestions.make(n, cast)),
        ("escalators", EscalatorFactory.create_batch),
        ("spiffs", SpiffFactory.create_batch),
    ):
        budget.flat(f"api:list {path}", make=make, visit=lambda path=path: api["finance"].get(f"/api/v1/{path}"))


def test_a_month_from_the_first_amount_to_the_file(clients, api, rep, finance):
    amount = accrued(rep.person, "80.00", at=IN_OCTOBER, memo="<b>Call</b>")
    page = clients["rep"].get("/rewards/earnings/?month=2026-10").text
    assert "$80" in page
    assert "&lt;b&gt;Call&lt;/b&gt;" in page
    month = PayPeriod.objects.get().get_absolute_url()
    clients["finance"].post(f"{month}close/")
    refused = clients["finance"].post(f"{month}agree/", follow=True)
    assert refused.status_code == 403
    clients["sales_head"].post(f"{month}agree/")
    assert PayLine.objects.get().total == amount.amount
    assert "Closed for good" in clients["sales_head"].get(month).text
    clients["finance"].post(f"{month}export/")
    files = {kind: clients["finance"].get(f"{month}file/{kind}/") for kind in ("csv", "json", "sig", "pem")}
    assert {kind: file.status_code for kind, file in files.items()} == dict.fromkeys(files, 200)
    assert "80.00" in files["csv"].content.decode()
    over_api = api["finance"].post(f"/api/v1/pay-periods/{PayPeriod.objects.get().public_id}/export")
    assert over_api.json()["content"] == files["csv"].content.decode()
    assert clients["finance"].get(f"{month}file/exe/").status_code == 404


def test_earnings_show_the_escalator_the_spiffs_and_what_one_more_brings(clients, rep, support):
    EscalatorFactory()
    with time_machine.travel(dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC), tick=False):
        accrued(rep.person, "100.00")
        SpiffFactory(name="Contacts of November")
        page = clients["rep"].get("/rewards/earnings/").text
        assert "$125" in page  # 100 at a score of 100: 1.25 times
        assert "Contacts of November" in page
        assert "+$300" in page  # the first contact takes the first place
        assert "$125" not in clients["support"].get("/rewards/earnings/").text


def test_an_address_that_makes_no_sense_shows_the_present_month(clients):
    for odd in ("2026-13", "x", "0001-01", "9999-12", "2026-11-05"):
        assert clients["rep"].get(f"/rewards/earnings/?month={odd}").status_code == 200
    assert clients["rep"].get("/rewards/earnings/ask/?amount=nope").status_code == 404


def test_drafts_are_for_who_writes_them(clients):
    spiff = SpiffFactory(state=SpiffState.DRAFT, starts_on=dt.date(2026, 12, 1), ends_on=dt.date(2026, 12, 9))
    draft = EscalatorFactory(state=EscalatorState.DRAFT)
    for row in (spiff, draft):
        assert clients["rep"].get(row.get_absolute_url()).status_code == 404
        assert clients["marketer"].get(row.get_absolute_url()).status_code == 200


def test_what_waits_stands_on_the_desk(clients, rep, finance, marketer):
    PayPeriodFactory(starts_on=MONTH)
    services.raise_dispute(actor=rep, words="Why?")
    spiff = SpiffFactory(name="Contacts", state=SpiffState.PROOF)
    entry = SpiffEntryFactory(spiff=spiff, person=rep.person, state=EntryState.ASKED, place=1, prize=1)
    desk = clients["finance"].get("/").text
    assert "Close pay of October 2026" in desk
    assert "Rhea Rep asks about their pay" in desk
    assert "Show your proof for “Contacts”" in clients["rep"].get("/").text
    services.show_proof(entry=entry, words="Here", actor=rep)
    assert "Look at the proof of Rhea Rep" in clients["marketer"].get("/").text


def test_two_who_change_one_draft_lose_nothing(clients, api):
    """Who comes second reads what is kept meanwhile beside their own words, and replaces it by sending once more."""
    spiff = SpiffFactory(state=SpiffState.DRAFT, starts_on=dt.date(2026, 12, 1), ends_on=dt.date(2026, 12, 9))
    version = EscalatorFactory(state=EscalatorState.DRAFT, starts_on=dt.date(2031, 1, 1))
    forms = {
        row: clients["marketer"].get(f"{row.get_absolute_url()}change/").context["form"] for row in (spiff, version)
    }
    addresses = {spiff: "spiffs", version: "escalators"}
    change = {spiff: {"proof": "A list of them"}, version: {"most_a_month": "650.00"}}
    said = {spiff: ("proof", "Ours"), version: ("most_a_month", "700.00")}
    for row, form in forms.items():
        over_api = f"/api/v1/{addresses[row]}/{row.public_id}"
        before = api["marketer"].get(over_api).json()
        read = {"revision": before["revision"]}
        kept = api["sales_head"].patch(over_api, {**change[row], **read}, content_type="application/json")
        assert (kept.status_code, api["marketer"].get(over_api).json()["revision"]) == (200, kept.json()["revision"])
        late = api["marketer"].patch(over_api, {**change[row], **read}, content_type="application/json")
        assert (late.status_code, late.json()["code"]) == (409, "stale")

        typed = {name: value for name, value in form.initial.items() if value is not None}
        typed |= {"fund": "", "starts_on": f"{row.starts_on:%Y-%m-%d}", said[row][0]: said[row][1]}
        second = clients["marketer"].post(f"{row.get_absolute_url()}change/", typed)
        assert second.status_code == 409
        assert ("Kept meanwhile" in second.text, said[row][1] in second.text) == (True, True)
        typed["revision"] = second.context["form"].data["revision"]
        assert clients["marketer"].post(f"{row.get_absolute_url()}change/", typed).status_code == 302
    spiff.refresh_from_db()
    version.refresh_from_db()
    assert (spiff.proof, f"{version.most_a_month}") == ("Ours", "700.00")
