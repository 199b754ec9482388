"""Metrics counted by hand in a small world, kept, shown, proved; honest influence; the board's paper."""

import datetime as dt
import html
import json
from decimal import Decimal

import pytest
import time_machine

from references.accounts.enums import Stage
from references.requests.enums import RequestState
from references.requests.models import ReferenceRequest
from refprogram.dashboards import paper
from refprogram.dashboards.metric_views import ClosedDeals, Readings
from refprogram.dashboards.metrics import counting, policy, proofs
from refprogram.dashboards.metrics.matching import Stratum
from refprogram.dashboards.metrics.registry import METRICS
from refprogram.dashboards.metrics.world import World
from refprogram.dashboards.models import Counting, Reading
from refprogram.dashboards.snapshot_views import Snapshots
from refprogram.governance.budgets import services as budgets
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Job
from refprogram.kernel.program_settings import services as settings
from refprogram.kernel.program_settings.figures import room_of
from tests.contracts import ListContract
from tests.factories.budgets import promised
from tests.factories.dashboards import CountingFactory, ReadingFactory, closed_deals, paper_of, referenced
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory, OpportunityFactory
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 19, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
WON, LOST = Stage.WON, Stage.LOST


@pytest.fixture
def summer():
    with time_machine.travel(NOW, tick=False):
        yield


def deals(number, *, days_ago=30, **fields):
    return closed_deals(number, on=TODAY - dt.timedelta(days=days_ago), **fields)


def measured(key, until=TODAY, *, today=True):
    return METRICS[key].measured(World(until, today=today))[1]


def test_influence_by_hand(summer):
    deals(2, stage=WON, reference=True, amount=30_000)
    deals(1, stage=WON, reference=True, amount=900, days_ago=366)  # before the year
    deals(1, stage=LOST, reference=True, amount=7_000)
    deals(3, stage=WON, amount=500)
    deals(1, stage=LOST)
    (late,) = deals(1, stage=WON, amount=80_000)
    referenced([late], days_before=-1)  # the day after it closed: it counts for nothing
    (both,) = deals(1, stage=WON, amount=10_000)
    referenced([both])
    referenced([both], days_before=5)  # twice for one deal: once
    (still,) = OpportunityFactory.create_batch(1, amount=40_000, stage=Stage.PROPOSAL, closes_on=TODAY)
    referenced([still])
    world = World(TODAY, today=True)
    said = {key: METRICS[key].measured(world)[1] for key in METRICS}
    assert (said["influenced_revenue"].value, said["influenced_revenue"].n) == (70_000, 3)
    assert (said["influenced_pipeline"].value, said["weighted_pipeline"].value) == (40_000, 24_000)
    assert said["win_rate_with"].value == 75  # 3 of 4
    assert said["win_rate_without"].value == 80  # 4 of 5, the one with a late reference among them
    assert (said["matched_lift"].value, said["matched_lift"].why) == (None, "too_few")
    assert said["incremental_revenue"].why == "too_few"
    assert said["roi"].why == "not_set"


def test_the_lift_compares_deals_that_are_alike(summer):
    small, large = {"amount": 9_000}, {"amount": 400_000}
    deals(12, stage=WON, reference=True, **small)
    deals(3, stage=LOST, reference=True, **small)
    deals(5, stage=WON, **small)
    deals(5, stage=LOST, **small)
    deals(8, stage=WON, reference=True, **large)
    deals(2, stage=LOST, reference=True, **large)
    deals(4, stage=WON, **large)
    deals(1, stage=LOST, **large)
    deals(4, stage=WON, reference=True, amount=60_000)  # none without one is like these
    facts, out = METRICS["matched_lift"].measured(World(TODAY, today=True))
    assert facts["strata"] == [
        [["", "10k", "", "new"], 12, 15, 5, 10],
        [["", "250k", "", "new"], 4, 4, 0, 0],
        [["", "more", "", "new"], 8, 10, 4, 5],
    ]
    # (15 x (0.8 - 0.5) + 10 x (0.8 - 0.8)) / 25 = 18 pp
    assert (out.value, out.n) == (Decimal(18), 25)
    assert out.low < 18 < out.high


def test_stage_size_of_company_and_expansion_make_strata(summer):
    account = AccountFactory(employees=300)
    before = TODAY - dt.timedelta(days=300)
    deals(1, stage=WON, account=account, days_ago=300, opened_on=before - dt.timedelta(days=9))
    (deal,) = OpportunityFactory.create_batch(
        1, account=account, stage=Stage.PROPOSAL, opened_on=TODAY - dt.timedelta(days=60), amount=20_000,
        closes_on=TODAY - dt.timedelta(days=1),
    )  # fmt: skip
    deal.stage = WON
    deal.save()  # its copy says that it stood at "proposal" until now
    referenced([deal])
    assert World(TODAY, today=True).deals.strata == [
        Stratum(("", "10k", "250-999", "new"), 0, 0, 1, 1),
        Stratum(("proposal", "50k", "250-999", "expansion"), 1, 1, 0, 0),
    ]


def test_requests_by_hand(summer, cast):
    ended = {"closed": 6, "by_content": 2, "unfilled": 2, "rejected": 5}
    for state, number in ended.items():
        for at in range(number):
            row = request_of(cast.rep)
            ReferenceRequest.objects.filter(pk=row.pk).update(
                state=state, closed_at=NOW - dt.timedelta(days=9 + at), needed_by=TODAY - dt.timedelta(days=12),
                delivered_at=NOW - dt.timedelta(days=9 + at) if state == RequestState.CLOSED else None,
            )  # fmt: skip
    old = request_of(cast.rep)
    ReferenceRequest.objects.filter(pk=old.pk).update(state="unfilled", closed_at=NOW - dt.timedelta(days=91))
    world = World(TODAY, today=True)
    said = {key: METRICS[key].measured(world)[1] for key in ("fill_rate", "deflection", "refused", "on_time")}
    assert {key: (one.value, one.n) for key, one in said.items()} == {
        "fill_rate": (80, 10),
        "deflection": (25, 8),
        "refused": (Decimal("33.3333"), 15),
        "on_time": (50, 6),  # held 9 to 14 days ago, needed 12 days ago: three in time
    }
    assert measured("turnaround").why == "no_data"


def test_return_needs_margin_and_cost_and_takes_what_funds_paid(summer, admin, finance):
    row = promised(400)
    budgets.spend(commitment=row, amount=Decimal(300), by=finance, key="test:spend")
    assert measured("program_cost").why == "not_set"
    said = {"staff_cost": 1_000, "tools_cost": 200, "gross_margin": 50}
    settings.change(room=room_of(policy.Figures), values=said, user=admin)
    assert measured("program_cost").value == 1_500
    deals(2, stage=WON, reference=True, amount=3_000)
    assert measured("roi_at_most").value == 100  # (6,000 x 50 % - 1,500) / 1,500
    assert measured("roi").why == "too_few"


def test_promoters_stand_beside_what_they_bought(summer):
    happy, sad = AccountFactory(nps=9, nps_at=NOW), AccountFactory(nps=3, nps_at=NOW)
    for account, now, before in ((happy, 150, 100), (sad, 110, 100), (AccountFactory(), 999, 1)):
        deals(1, stage=WON, account=account, amount=now)
        deals(1, stage=WON, account=account, amount=before, days_ago=400)
    facts, out = METRICS["growth_gap"].measured(World(TODAY, today=True))
    assert (out.value, out.n) == (40, 2)
    assert facts["classes"]["unasked"] == {"accounts": 1, "now": "999.00", "before": "1.00"}


def test_nominations_by_hand(summer, cast):
    rows = [NominationFactory(account=AccountFactory(), nominator=cast.rep) for _ in range(4)]
    type(rows[0]).objects.filter(pk=rows[0].pk).update(state="enrolled", enrolled_at=NOW)
    type(rows[0]).objects.filter(pk=rows[1].pk).update(submitted_at=NOW - dt.timedelta(days=366))
    assert (measured("nomination_to_active").value, measured("nomination_to_active").n) == (Decimal("33.3333"), 3)
    assert measured("nomination_to_active", TODAY - dt.timedelta(days=1)).value is None  # nothing was sent in by then


def test_what_was_counted_is_kept_shown_and_proved(summer, clients, executive, drain):
    deals(2, stage=WON, reference=True, amount=30_000)
    deals(1, stage=LOST)
    drain()
    live = counting.count_live()
    assert counting.count_live().pk == live.pk
    assert counting.keep_nightly() == 12  # the twelve months before, made up for
    assert counting.keep_nightly() == 0
    month = Counting.objects.get(kind="month", as_of=dt.date(2026, 7, 31))
    assert month.afterwards
    shown = {row.metric: (row.value, row.why) for row in month.readings.all()}
    assert shown["influenced_revenue"] == (60_000, "")
    assert shown["strain"] == (None, "not_kept")
    assert [len(proof.rows) for proof in proofs.proofs()] == [0, 0, 0]
    page = clients["executive"].get("/dashboards/").text
    assert "$60,000" in page
    assert "Too few to say" in page
    assert "$60,000" in clients["executive"].get("/dashboards/?on=2026-08-02").text
    assert "counted afterwards" in clients["executive"].get("/dashboards/?on=2026-08-02").text
    rows = clients["executive"].get(METRICS["influenced_revenue"].rows(TODAY).url)
    assert rows.context["page"].count.number == 2
    Reading.objects.filter(counting=live, metric="influenced_revenue").update(value=1)
    broken = [proof for proof in proofs.proofs() if not proof.holds]
    assert [row.split()[0] for proof in broken for row in proof.rows] == ["metric=influenced_revenue"] * 2


def test_the_month_is_kept_on_its_last_evening(executive):
    with time_machine.travel(dt.datetime(2026, 8, 31, 19, 40, tzinfo=dt.UTC), tick=False):
        counting.keep_nightly()
        row = Counting.objects.get(kind="month", as_of=dt.date(2026, 8, 31))
        assert not row.afterwards
        assert {one.why for one in row.readings.filter(metric__in=["references", "free"])} == {"", "no_data"}
    with time_machine.travel(dt.datetime(2026, 9, 3, 19, 40, tzinfo=dt.UTC), tick=False):
        counting.keep_nightly()
        row.refresh_from_db()
        assert not row.afterwards  # what was kept that evening stays


def test_metrics_of_no_counting_say_so(clients):
    text = clients["executive"].get("/dashboards/").text
    assert "Nothing was counted yet" in text
    assert "Not counted yet" in text
    assert clients["executive"].get("/dashboards/metrics/strain/").status_code == 200
    assert clients["executive"].get("/dashboards/metrics/nonsense/").status_code == 404


def test_the_dictionary_tells_every_formula_and_rows_open(summer, clients):
    deals(2, stage=WON)
    counting.count_live()
    page = clients["marketer"]
    text = html.unescape(page.get("/dashboards/metrics/").text)
    assert [key for key, metric in METRICS.items() if str(metric.text) not in text] == []
    for url in {METRICS[key].url for key in ("matched_lift", "nps")} | {
        one.rows(TODAY).url for one in METRICS.values()
    }:
        assert (url, page.get(url).status_code) == (url, 200)


def test_figures_are_kept_by_hand_and_do_not_change(summer, clients, executive):
    deals(1, stage=WON, reference=True, amount=5_000)
    page = clients["executive"]
    url = page.post("/dashboards/kept/new/", {"note": "Board, August"}).url
    deals(1, stage=WON, reference=True, amount=5_000)
    text = page.get(url).text
    assert "Board, August" in text
    assert "$5,000" in text
    rows = f"/dashboards/readings/?counting={url.split('/')[-2]}&metric=influenced_revenue"
    (row,) = json.loads(b"".join(page.get(f"{rows}&format=json").streaming_content))
    assert row["value"] == 5_000


def test_the_boards_paper_stays_as_it_was(summer, clients, executive):
    job = paper_of(executive)
    assert job.state == "done"
    first = clients["executive"].get(job.result["url"])
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    deals(1, stage=WON, reference=True)
    counting.count_live()
    job.refresh_from_db()
    assert job.result["facts"]["tiles"][0]["value"] == "–"


def test_no_paper_of_nothing(executive):
    with pytest.raises(DomainError):
        paper.run_job(Job(params={"of": ""}, created_by=executive), lambda *_said: None)


class TestReadings(ListContract):
    view = Readings
    reader = "executive"

    @staticmethod
    def make(count, cast):
        ReadingFactory.create_batch(count)


class TestSnapshots(ListContract):
    view = Snapshots
    reader = "executive"

    @staticmethod
    def make(count, cast):
        CountingFactory.create_batch(count, taken_by=cast.marketer)


class TestClosedDeals(ListContract):
    view = ClosedDeals
    reader = "executive"

    @staticmethod
    def make(count, cast):
        account = AccountFactory(owner=cast.rep)
        deals(count, stage=WON, account=account, owner=cast.rep)
