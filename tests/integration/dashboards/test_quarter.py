"""The lines of the quarter: kept for whoever has the overview, counted for all others, proved, and caught up with."""

import datetime as dt

import pytest
import time_machine

from references.requests.models import ReferenceRequest
from refprogram.celery import app, do_at_once
from refprogram.dashboards import figures, history, quarter, tasks
from refprogram.dashboards.models import Counting, QuarterLines, Reading
from tests.cast import Cast
from tests.factories.dashboards import closed_deals, referenced
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory, OpportunityFactory
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 19, 12, tzinfo=dt.UTC)
OVERVIEW = ("marketer", "admin", "sales_head", "executive", "legal", "finance")


def company(cast: Cast) -> None:
    """Make something of each figure."""
    closed_deals(2, on=dt.date(2026, 8, 3), stage="won", reference=True, amount=9_000, owner=cast.rep)
    closed_deals(1, on=dt.date(2026, 5, 3), stage="won", reference=True, amount=7_000)
    referenced([OpportunityFactory(stage="engaging", amount=500, closes_on=NOW.date())])
    AccountFactory.create_batch(3, state="active", member_since=NOW, verified_at=NOW)
    request_of(cast.rep)
    NominationFactory(account=AccountFactory(), nominator=cast.rep)


def test_every_overview_role_reads_what_would_be_counted_for_it(cast, django_assert_num_queries):
    with time_machine.travel(NOW, tick=False):
        company(cast)
        hidden = request_of(cast.rep)
        ReferenceRequest.objects.filter(pk=hidden.pk).update(
            state="rejected", exception_reason="Restricted", submitted_at=NOW - dt.timedelta(days=90), closed_at=NOW
        )
        quarter.keep()
        for role in OVERVIEW:
            reader = cast[role]
            with django_assert_num_queries(1):
                found = quarter.lines_for(reader)
            assert (role, found.series, found.counted_at) == (role, history.counted(reader), NOW)
        assert quarter.lines_for(cast.marketer).series["open"] != quarter.lines_for(cast.executive).series["open"]


def test_who_sees_a_part_of_it_has_that_counted(cast):
    with time_machine.travel(NOW, tick=False):
        company(cast)
        quarter.keep()
        found = quarter.lines_for(cast.other_team_manager)
        assert found.counted_at is None
        assert found.series == history.counted(cast.other_team_manager)
        assert found.series["revenue"] != quarter.lines_for(cast.marketer).series["revenue"]


def test_what_is_not_fresh_is_counted_and_so_is_a_new_quarter(cast):
    with time_machine.travel(dt.datetime(2026, 6, 30, 23, 55, tzinfo=dt.UTC), tick=False) as clock:
        quarter.keep()
        AccountFactory(state="active", member_since=NOW)
        assert quarter.lines_for(cast.marketer).series["references"][-1] == 0
        clock.shift(dt.timedelta(minutes=6))
        assert quarter.lines_for(cast.marketer).counted_at is None
    with time_machine.travel(NOW, tick=False) as clock:
        quarter.keep()
        clock.shift(quarter.FRESH + dt.timedelta(seconds=1))
        AccountFactory(state="active", member_since=NOW)
        assert quarter.lines_for(cast.marketer).series["references"][-1] == 2


def test_the_page_says_as_of_when_it_is(cast, clients):
    with time_machine.travel(NOW, tick=False) as clock:
        quarter.keep()
        clock.shift(dt.timedelta(minutes=3))
        page = clients["executive"].get("/dashboards/")
        assert page.context["as_of"] == NOW
        assert "as of noon" in page.text
        assert figures.stats(cast.executive)[0].value == "$0"


def test_kept_lines_are_proved(cast, drain):
    with time_machine.travel(NOW, tick=False):
        company(cast)
        drain()
        quarter.keep()
        assert [proof.rows for proof in quarter.proofs()] == [[]]
        row = QuarterLines.objects.get(sight=quarter.WHOLE)
        row.lines["revenue"][-1] = "1.00"
        row.save()
        (proof,) = quarter.proofs()
        assert [one.split()[:2] for one in proof.rows] == [["sight=whole", "figure=revenue"]]
        request_of(cast.rep)  # something happened since: nothing can be said until the next turn
        assert [proof.rows for proof in quarter.proofs()] == [[]]


def test_a_first_start_and_an_upgrade_are_caught_up_with_once(cast):
    with time_machine.travel(NOW, tick=False) as clock:
        tasks.keep_up()
        assert Counting.objects.filter(kind="month").count() == 12
        live = Counting.objects.get(kind="live")
        clock.shift(dt.timedelta(minutes=2))
        tasks.keep_up()
        live.refresh_from_db()
        assert live.counted_at == NOW  # nothing was missing: the hourly count is soon enough
        Reading.objects.filter(counting=live, metric="fatigue").delete()  # as before the version that brought it
        tasks.keep_up()
        assert live.readings.filter(metric="fatigue").exists()


def test_beat_has_it_done_at_its_start(settings):
    do_at_once()  # queued: outside of worker tests that goes nowhere, and hinders nobody
    assert set(settings.AT_START) <= set(app.tasks)
