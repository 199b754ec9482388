"""Data quality as people use it: the queue, the exception report, closed months."""

import datetime as dt

import pytest

from incentives.quality.models import Fault
from incentives.quality.views import ExceptionList, MonthList
from refprogram.people.models import User
from tests.contracts import ListContract
from tests.factories.incentives_quality import FaultFactory, QualityMonthFactory, whole_account
from tests.factories.people import UserFactory
from tests.factories.profiles import from_crm

pytestmark = pytest.mark.django_db


class TestExceptions(ListContract):
    view = ExceptionList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        FaultFactory.create_batch(count, user=cast.rep)


class TestMonths(ListContract):
    view = MonthList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for user in UserFactory.create_batch(count, team=cast.north):
            QualityMonthFactory(user=user)


def test_the_own_page_is_flat(budget, clients, rep, time_machine):
    time_machine.move_to("2026-11-18 09:00Z")  # working days lie behind
    QualityMonthFactory(user=rep, month=dt.date(2026, 2, 1))
    budget.flat(
        "incentives:quality",
        make=lambda n: FaultFactory.create_batch(n, user=rep),
        visit=lambda: clients["rep"].get("/quality/"),
    )


def test_mended_from_the_queue(clients, rep, settings):
    """What is missing stands on the page with its ways to mend it; looked at again, it is gone."""
    settings.CRM_RECORD_URL = "https://crm.example/{kind}/{id}"
    account = from_crm(whole_account(rep, name="Gapping AG", industry="", external_ref="A-77"))
    client = clients["rep"]
    client.post("/quality/look/")
    page = client.get("/quality/").text
    assert "missing: industry" in page
    assert 'href="https://crm.example/account/A-77"' in page
    assert f"/accounts/{account.public_id}/corrections/add/?field=industry" in page
    account.industry = "Banking"
    account.save()
    assert "1 fault is mended, 0 are new" in client.post("/quality/look/", follow=True).text
    assert "Nothing to mend" in client.get("/quality/").text


def test_an_account_says_how_whole_its_record_is(budget, clients, rep):
    account = whole_account(rep, industry="", city="")
    url = f"/accounts/{account.public_id}/record/"
    clients["rep"].post("/quality/look/")
    clients["rep"].get(url)
    with budget("incentives:account-record"):
        page = clients["rep"].get(url).text
    assert "75 of 100" in page  # without industry (20) and city (5)
    assert page.index("missing: industry") < page.index("missing: city")


def test_a_manager_reads_of_the_team_alone_and_excuses(clients, cast):
    own, other = FaultFactory(user=cast.rep), FaultFactory(user=cast.other_team_rep)
    page = clients["manager"].get("/quality/exceptions/").text
    assert own.label in page
    assert other.label not in page
    clients["manager"].post(f"/quality/faults/{own.public_id}/excuse/", {"reason": "They do not say."})
    assert Fault.objects.get(pk=own.pk).excused_by == User.objects.get(pk=cast.manager.pk)
    assert "“They do not say.”" in clients["rep"].get(f"/quality/faults/{own.public_id}/").text


def test_a_closed_month_says_what_it_comes_from(budget, clients, rep):
    fault = FaultFactory(user=rep, label="Gapping AG")
    line = [fault.public_id, "2026-01-12", "2026-01-14T09:00:00+00:00", 2, "counts"]
    month = QualityMonthFactory(user=rep, score=98, demerits=2, lines=[line], won=True)
    clients["rep"].get(month.get_absolute_url())
    with budget("incentives:quality-month"):
        page = clients["rep"].get(month.get_absolute_url()).text
    assert "January 2026" in page
    assert "Gapping AG" in page
    assert "Best of the month" in page
    with budget("incentives:fault"):
        clients["rep"].get(fault.get_absolute_url())


def test_the_api_says_the_same(api, rep):
    FaultFactory(user=rep, found_at=dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC))
    told = api["rep"].get("/api/v1/quality/score?month=2026-03-20").json()
    assert (told["score"], told["demerits"], [line["on"] for line in told["lines"]]) == (98, 2, ["2026-03-04"])
    assert [row["words"] for row in api["rep"].get("/api/v1/quality/faults").json()["items"]] == ["missing: industry"]
