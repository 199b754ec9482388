"""The dashboards of the program, of sales, of juries and of support: what stands there, and that they do not grow."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from nominations.models import Nomination
from refprogram.dashboards import history, jury, quarter, sales, support
from refprogram.dashboards.metrics import counting
from tests.factories.dashboards import closed_deals, referenced
from tests.factories.judging import judging, scored
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory, OpportunityFactory
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 19, 12, tzinfo=dt.UTC)


def test_a_team_reads_its_own_quarter(cast, manager, executive):
    with time_machine.travel(NOW, tick=False):
        closed_deals(1, on=dt.date(2026, 8, 3), stage="won", reference=True, amount=9_000, owner=cast.rep)
        closed_deals(1, on=dt.date(2026, 6, 3), stage="won", reference=True, amount=9_999, owner=cast.rep)  # in Q2
        referenced([OpportunityFactory(stage="engaging", amount=500, owner=cast.rep, closes_on=NOW.date())])
        NominationFactory(account=AccountFactory(), nominator=cast.rep)
        enrolled = NominationFactory(account=AccountFactory(), nominator=cast.rep)
        Nomination.objects.filter(pk=enrolled.pk).update(state="enrolled", enrolled_at=NOW)
        request_of(cast.rep)
        request_of(cast.other_team_rep)
        found = {line.key: line for line in sales.lines_for(manager)}
        assert cast.other_team_rep.pk not in found
        mine = found[cast.rep.pk]
        assert (mine.nominated, mine.enrolled, mine.asked, mine.answered, mine.owed) == (2, 1, 1, 0, None)
        seen = {line.key: (line.revenue, line.pipeline) for line in sales.lines_for(executive)}
        assert seen[cast.rep.pk] == (Decimal(9_000), Decimal(500))
        assert cast.other_team_rep.pk in seen


def test_who_cares_for_customers_reads_who_is_happy(cast, clients):
    mine = {"csm": cast.support}
    happy = AccountFactory(name="Happy", nps=10, nps_at=NOW, **mine)
    AccountFactory(name="Reference", nps=10, nps_at=NOW, state="active", member_since=NOW, **mine)
    sad = AccountFactory(name="Sad", nps=2, nps_at=NOW, **mine)
    AccountFactory(name="Another’s", nps=1, nps_at=NOW)
    care = support.care_of(cast.support)
    assert (care.ready, care.unhappy) == ([happy], [sad])
    assert care.stats[0].value == "1"  # references among them
    assert next(stat.value for stat in care.stats if stat.note == "n = 3") == "33"  # (2 - 1) of 3
    assert "Sad" in clients["support"].get("/dashboards/support/").text


def test_a_jury_reads_how_far_it_is_and_no_score(cast, marketer, clients):
    room = judging(entries=2)
    work = room.work[0]
    scored(room, work)
    (one,) = jury.judging_for(marketer)
    assert (one.whole.scored, one.whole.left) == (1, one.whole.given - 1)
    assert sum(line.given for line in one.categories) == one.whole.given > 0
    assert jury.judging_for(cast.executive) == []
    assert one.contest.name in clients["marketer"].get("/dashboards/jury/").text


PAGES = {
    "dashboards:program": ("marketer", "/dashboards/program/"),
    "dashboards:sales": ("sales_head", "/dashboards/sales/"),
    "dashboards:support": ("support", "/dashboards/support/"),
    "dashboards:jury": ("marketer", "/dashboards/jury/"),
    "dashboards:dictionary": ("executive", "/dashboards/metrics/"),
    "dashboards:metric": ("executive", "/dashboards/metrics/matched_lift/"),
    "dashboards:executive": ("marketer", "/dashboards/"),
}


@pytest.mark.parametrize("place", PAGES)
def test_dashboards_do_not_grow(place, budget, clients, cast, monkeypatch):
    monkeypatch.setattr(history, "KEPT_SECONDS", 0)
    role, url = PAGES[place]

    def more(count):
        for _ in range(count):
            closed_deals(1, on=dt.date(2026, 8, 3), stage="won", reference=True, owner=cast.rep)
            AccountFactory(csm=cast.support, nps=10, nps_at=NOW)
        counting.count_live()
        counting.keep_month(dt.date(2026, 7, 31))
        quarter.keep()

    budget.flat(place, make=more, visit=lambda: clients[role].get(url))
