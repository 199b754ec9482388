"""What a dashboard shows is chosen, kept as a view, shared, and mailed; nonsense in an address is passed over."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.http import QueryDict

from refprogram.dashboards.choosing import Chosen
from refprogram.dashboards.mailing import contents, services
from refprogram.dashboards.metrics import counting
from refprogram.kernel import saved_views
from refprogram.kernel.models import SavedView
from tests.factories.dashboards import ReadingFactory, closed_deals
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 19, 12, tzinfo=dt.UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _summer():
    with time_machine.travel(NOW, tick=False):
        yield


def kept_month(day, value):
    row = ReadingFactory(counting__kind="month", counting__as_of=day, counting__note="", value=Decimal(value))
    return row.counting


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("", None),
        ("on=", None),
        ("on=yesterday", None),
        ("on=2026-13-01", None),
        ("on=2026-07-31", dt.date(2026, 7, 31)),
        ("on=month", dt.date(2026, 7, 31)),
        ("on=quarter", dt.date(2026, 6, 30)),
    ],
)
def test_the_day_that_is_chosen(executive, said, day):
    assert Chosen(executive, "dashboards:executive", QueryDict(said)).on == day


def test_a_board_is_shown_as_of_a_month_and_about_what_is_chosen(clients):
    kept_month(dt.date(2026, 6, 30), 61)
    kept_month(dt.date(2026, 7, 31), 72)
    counting.count_live()
    page = clients["executive"]
    seen = page.get("/dashboards/program/?on=quarter&about=requests&about=nonsense")
    assert [str(name) for name, _stats in seen.context["groups"]] == ["How requests are answered"]
    assert "61 %" in seen.text
    assert [(chip.label, chip.value) for chip in seen.context["board"].chips] == [
        ("As of", "30 June 2026"),
        ("About", "How requests are answered"),
    ]
    fill_rates = [
        next(stat.value for stat in page.get(url).context["eight"] if stat.name == "Fill rate")
        for url in ("/dashboards/?on=month", "/dashboards/")
    ]
    assert fill_rates == ["72 %", "–"]
    form = page.get("/dashboards/program/?part=filters&on=month", headers=HTMX).text
    assert "31 July 2026" in form
    assert 'value="month" selected' in form


def test_a_team_is_chosen_among_those_that_one_sees(clients, cast):
    closed_deals(1, on=dt.date(2026, 8, 3), stage="won", reference=True, amount=9_000, owner=cast.rep)
    closed_deals(1, on=dt.date(2026, 8, 3), stage="won", reference=True, amount=500, owner=cast.other_team_rep)
    NominationFactory(account=AccountFactory(), nominator=cast.rep)
    north, south = cast.north.public_id, cast.south.public_id
    seen = clients["sales_head"].get(f"/dashboards/sales/?team={north}")
    assert {line.name for line in seen.context["lines"]} == {cast.rep.name}
    assert [stat.value for stat in seen.context["stats"]] == ["$9,000", "$0", "0", "1"]
    assert not clients["manager"].get(f"/dashboards/sales/?team={south}").context["board"].team  # leads the other one
    assert not clients["sales_head"].get("/dashboards/sales/?team=nonsense").context["board"].chips


def test_a_view_is_kept_shared_and_shown_to_who_may_open_the_board(clients, marketer):
    page = clients["marketer"]
    assert 'name="name"' in page.get("/dashboards/program/?part=save&about=pool", headers=HTMX).text
    sent = {"page": "dashboards:program", "name": "The pool, last month", "query": "on=month&about=pool", "shared": "1"}
    back = page.post("/views/save/", {**sent, "next": "/dashboards/program/"})
    view = SavedView.objects.get(user=marketer)
    assert back.url == f"/dashboards/program/?on=month&about=pool&view={view.public_id}"
    seen = clients["executive"].get("/dashboards/program/")
    assert [str(tab.label) for tab in seen.context["board"].tabs] == ["Usual", "The pool, last month"]
    assert "The pool, last month" in seen.text
    assert clients["executive"].get(back.url).context["board"].tab.label == "The pool, last month"


def test_who_sees_no_kept_figures_has_nothing_to_choose(clients):
    seen = clients["manager"].get("/dashboards/?on=month")
    assert (seen.context["board"].names, seen.context["board"].on) == ((), None)
    assert "Save this view" not in seen.text


def test_a_view_of_a_board_comes_by_mail_as_it_stands_that_day(clients, executive, drain, mailoutbox):
    kept_month(dt.date(2026, 7, 31), 72)
    view = saved_views.save_view(
        user=executive, page="dashboards:program", name="Requests", query="on=month&about=requests"
    )
    page = clients["executive"]
    assert "Program: Requests" in page.get("/dashboards/mails/new/").text
    page.post("/dashboards/mails/new/", {"what": f"v:{view.public_id}", "name": "Requests", "when": "monthly-1"})
    with time_machine.travel(dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC), tick=False):
        kept_month(dt.date(2026, 8, 31), 83)
        assert services.send_due() == 1
        drain()
    body = mailoutbox[-1].body
    assert "83 %" in body
    assert "As of 31 August 2026" in body
    assert "Coverage" not in body  # it is about requests alone
    assert "/dashboards/program/?on=month&about=requests" in body


def test_a_mail_of_a_team_is_of_that_team(cast, sales_head):
    closed_deals(1, on=dt.date(2026, 8, 3), stage="won", reference=True, amount=9_000, owner=cast.rep)
    said = contents.of(sales_head, "dashboards:sales", f"team={cast.north.public_id}")
    assert said.facts[0] == ("Won with a reference", "$9,000")
    assert cast.north.name in said.lead
