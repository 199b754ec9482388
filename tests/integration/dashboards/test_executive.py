"""The executive page: every figure leads to its rows, beside its target and the quarter before."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nominations import services as nominating
from references.accounts.models import Opportunity
from references.accounts.services import record_consent
from refprogram.dashboards import figures, history, kept_counts, services
from refprogram.dashboards.views import Influenced
from refprogram.kernel.models import Event
from tests.contracts import ListContract
from tests.factories.dashboards import closed_deals, referenced
from tests.factories.incentives import booked
from tests.factories.nominations import NominationFactory, screened
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory, speaker
from tests.factories.requests import closed, in_review, request_of

pytestmark = pytest.mark.django_db


def influenced(count, cast):
    for _ in range(count):
        account = AccountFactory(owner=cast.rep)
        deal = OpportunityFactory(account=account, owner=cast.rep, amount=10_000)
        closed(request=request_of(cast.rep, opportunity=deal), contact=speaker(owner=cast.other_team_rep))


def agreed(name="Connie Consent", **days):
    contact = ContactFactory(person__name=name)
    return record_consent(contact=contact, activities=("call",), wording="I agree.", actor=None, **days)


class TestInfluenced(ListContract):
    view = Influenced
    reader = "executive"

    @staticmethod
    def make(count, cast):
        today = timezone.localdate()
        for account in AccountFactory.create_batch(count, owner=cast.rep):
            closed_deals(1, on=today, stage="won", account=account, owner=cast.rep, amount=10_000)
        referenced(list(Opportunity.objects.filter(stage="won")))


def test_figures_lead_to_their_rows(clients, cast, executive, drain):
    influenced(2, cast)
    OpportunityFactory(account=AccountFactory(), amount=99_000)  # no reference took place for it
    request_of(cast.rep)
    in_review(request_of(cast.rep))
    NominationFactory(account=AccountFactory(owner=cast.rep))
    drain()
    shown = {stat.name: stat for stat in figures.stats(executive)}
    rows = {
        name: clients["executive"].get(stat.url).context["page"].count.number
        for name, stat in shown.items()
        if stat.name != "Enrolled this quarter"
    }
    assert rows == {
        "Influenced pipeline": 2,
        "Influenced revenue": 0,
        "Requests open": 2,
        "Requests answered": 2,
        "Days to a yes": 2,
        "References": 3,
        "Free to be asked": int(shown["Free to be asked"].value),
    }
    assert (shown["Requests open"].value, shown["Requests answered"].value, shown["References"].value) == (
        "2",
        "2",
        "3",
    )
    assert shown["Influenced pipeline"].value.startswith("$20")


def test_a_target_is_shown_beside_its_figure(clients, cast, executive, marketer):
    influenced(1, cast)
    quarter = history.Quarter.now()
    services.set_targets(
        actor=marketer, starts_on=quarter.starts_on, values={"pipeline": Decimal(20_000), "references": Decimal(1)}
    )
    shown = {stat.name: stat for stat in figures.stats(executive)}
    assert (shown["Influenced pipeline"].target, shown["Influenced pipeline"].share) == (
        "target $20,000: not yet met",
        0.5,
    )
    assert (shown["References"].share, shown["References"].tone) == (1.0, "ok")
    assert shown["Requests open"].target == ""
    assert "target $20,000" in clients["executive"].get("/dashboards/").text
    assert "target $20,000" not in clients["manager"].get("/dashboards/").text


def test_a_limit_says_in_words_whether_it_is_kept():
    days, quarter = figures.BY_KEY["days"], history.Quarter.now()
    missed = figures._against(days, Decimal(2), Decimal(1), quarter)
    assert missed["target"].startswith("at most")
    assert missed["target"].endswith(": missed")
    assert "share" not in missed  # a full bar would look achieved
    assert figures._against(days, Decimal(1), Decimal(1), quarter)["target"].endswith(": met")


def test_the_definition_fits_the_deals_shown(clients):
    page = clients["executive"]
    assert "open ones, and won ones" in page.get("/dashboards/influenced/").text
    assert "Amount of open deals" in page.get("/dashboards/influenced/?open=yes").text


def test_targets_are_set_changed_and_taken_back_on_their_page(clients, marketer):
    page = clients["marketer"]
    url = "/dashboards/targets/?on=2026-02-03"
    with time_machine.travel(dt.datetime(2026, 2, 10, 12, tzinfo=dt.UTC)):
        assert page.get(url).context["quarter"].starts_on == dt.date(2026, 1, 1)
        assert page.post(url, {"references": "200", "days": "4.5"}).url == "/dashboards/"
        assert figures.targets(history.Quarter.now()) == {"references": Decimal(200), "days": Decimal("4.5")}
        page.post(url, {"references": "200"})
        assert figures.targets(history.Quarter.now()) == {"references": Decimal(200)}
        assert page.post(url, {"references": "-3"}).status_code == 422
    told = [entry.topic for entry in Event.objects.filter(subject_type="target").order_by("pk")]
    assert told == ["target.set", "target.set", "target.removed"]


def test_a_change_is_told_against_the_quarter_before(cast, executive):
    with time_machine.travel(dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)):
        AccountFactory.create_batch(2, state="active", member_since=timezone.now())
    with time_machine.travel(dt.datetime(2026, 8, 20, 12, tzinfo=dt.UTC)):
        AccountFactory(state="active", member_since=timezone.now())
        shown = {stat.name: stat for stat in figures.stats(executive)}
        assert (shown["References"].value, shown["References"].change) == ("3", "up 1 on Q2")
        assert shown["References"].good is True
        assert shown["References"].trend == (0, 0, 0, 2, 3)
        assert shown["Free to be asked"].change == "no figure of Q2 to compare"


def test_who_was_free_is_known_from_the_night_it_was_kept(executive):
    AccountFactory(state="active", member_since=timezone.now(), verified_at=timezone.now())
    with time_machine.travel(dt.datetime(2026, 6, 30, 21, 50, tzinfo=dt.UTC)):
        services.take_snapshot()
        services.take_snapshot()
    with time_machine.travel(dt.datetime(2026, 8, 20, 12, tzinfo=dt.UTC)):
        shown = {stat.name: stat for stat in figures.stats(executive)}
        assert shown["Free to be asked"].change == "as at the end of Q2"
        assert shown["Free to be asked"].trend == (None, None, None, 1, 1)


def test_won_deals_count_in_the_quarter_they_closed(clients, cast, executive):
    influenced(1, cast)
    deal = Opportunity.objects.get()
    deal.stage, deal.closes_on = "won", timezone.localdate()
    deal.save()
    shown = {stat.name: stat for stat in figures.stats(executive)}
    assert (shown["Influenced revenue"].value, shown["Influenced pipeline"].value) == ("$10,000", "$0")
    assert clients["executive"].get(shown["Influenced revenue"].url).context["page"].count.number == 1


def test_stages_lead_to_their_rows(clients, cast, manager):
    mine = screened(NominationFactory(account=AccountFactory(owner=cast.other_team_rep), nominator=cast.rep))
    other = screened(NominationFactory(account=AccountFactory(owner=cast.rep), nominator=cast.other_team_rep))
    nominating.withdraw(nomination=other, actor=cast.other_team_rep)
    for reader in ("executive", "manager", "other_team_manager"):
        for name, number, url in clients[reader].get("/dashboards/").context["stages"]:
            listed = clients[reader].get(url).context["page"].count.number
            assert (reader, name, listed) == (reader, name, number)
    assert mine.state == "screening"


@pytest.mark.parametrize("place", ["dashboards:desk", "dashboards:search"])
def test_pages_do_not_grow(place, budget, clients, cast, monkeypatch):
    monkeypatch.setattr(history, "KEPT_SECONDS", 0)
    addresses = {
        "dashboards:desk": "/",
        "dashboards:search": "/search/?q=kestrel",
    }

    def more(count):
        influenced(count, cast)
        AccountFactory.create_batch(count, name="Kestrel Freight")

    budget.flat(place, make=more, visit=lambda: clients["marketer"].get(addresses[place]))


def test_figures_are_counted_once_a_minute_for_each_reader(executive, marketer, django_assert_num_queries):
    AccountFactory(state="active", member_since=timezone.now())
    first = history.series(executive)
    AccountFactory(state="active", member_since=timezone.now())
    with django_assert_num_queries(0):
        assert history.series(executive) == first
    assert history.series(marketer)[history.REFERENCES][-1] == 2


@pytest.mark.parametrize("role", ["executive", "finance", "legal"])
def test_other_desks_do_not_grow(role, budget, clients, cast, monkeypatch):
    monkeypatch.setattr(history, "KEPT_SECONDS", 0)

    def more(count):
        influenced(count, cast)
        for _ in range(count):
            agreed(expires_on=timezone.localdate() + dt.timedelta(days=9))
            booked(person=cast.rep.person, points=10)

    budget.flat(f"dashboards:desk of {role}", make=more, visit=lambda: clients[role].get("/"))


def test_the_targets_page_costs_little(budget, clients):
    clients["marketer"].get("/dashboards/targets/")
    with budget("dashboards:targets"):
        clients["marketer"].get("/dashboards/targets/")


def test_a_reps_desk_does_not_grow(budget, clients, cast):
    def more(count):
        influenced(count, cast)
        for _ in range(count):
            request_of(cast.rep)
            NominationFactory(account=AccountFactory(owner=cast.rep))

    def visit():
        kept_counts.forget(cast.rep)  # the place is kept for a moment
        return clients["rep"].get("/")

    budget.flat("dashboards:desk of a rep", make=more, visit=visit)


def test_the_place_on_a_desk_is_kept_for_a_moment_until_one_writes_something(clients, cast):
    influenced(2, cast)

    def asks_for_the_place():
        with CaptureQueriesContext(connection) as sent:
            assert clients["rep"].get("/").status_code == 200
        return any("nominations.enrolled" in each["sql"] for each in sent)

    assert asks_for_the_place()
    assert not asks_for_the_place()
    kept_counts.forget(cast.rep)
    assert asks_for_the_place()
