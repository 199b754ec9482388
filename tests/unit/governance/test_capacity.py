"""Demand in working hours: said by rooms above, kept once for each thing, counted by kind and month."""

import datetime as dt
from decimal import Decimal

import pytest

from refprogram.governance.capacity import selectors, services
from refprogram.governance.capacity.models import Demand
from refprogram.governance.capacity.services import record_demand

pytestmark = pytest.mark.django_db
JUNE = dt.date(2026, 6, 1)
MONTHS = selectors.months_around(dt.date(2026, 6, 17), before=1, after=1)


def said(subject, hours, *, kind="call", name="Reference call", on=dt.date(2026, 6, 17)):
    return record_demand(subject=subject, kind=kind, name=name, hours=Decimal(hours), on=on)


def test_months_go_on_across_the_turn_of_the_year():
    months = selectors.months_around(dt.date(2026, 12, 31), before=1, after=2)
    assert [str(month) for month in months] == ["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01"]


def test_hours_are_counted_by_kind_and_month_most_first(rep, manager, marketer):
    said(rep, "1.5")
    said(manager, "2.5", on=dt.date(2026, 7, 31))
    said(marketer, "12", kind="event", name="On a stage", on=dt.date(2026, 5, 1))

    grid = selectors.hours_by_month(MONTHS)

    assert [(line.name, line.hours) for line in grid.lines] == [
        ("On a stage", [Decimal(12), Decimal(0), Decimal(0)]),
        ("Reference call", [Decimal(0), Decimal("1.5"), Decimal("2.5")]),
    ]
    assert (grid.totals, grid.total) == ([Decimal(12), Decimal("1.5"), Decimal("2.5")], Decimal(16))


def test_said_again_the_last_word_holds_and_no_hours_end_it(rep):
    said(rep, "1.5")
    said(rep, "4", kind="video", name="Video", on=dt.date(2026, 7, 1))
    kept = Demand.objects.get()
    assert (kept.kind, kept.hours, kept.month) == ("video", 4, dt.date(2026, 7, 1))
    said(rep, "0")
    assert not Demand.objects.exists()


def test_many_at_once_leave_out_what_asks_for_nothing(rep, manager):
    rows = [
        services.demand_of(subject=one, kind="call", name="Reference call", hours=Decimal(hours), on=JUNE)
        for one, hours in ((rep, 3), (manager, 0))
    ]
    assert services.record_all(rows) == services.record_all(rows) == 1
    assert Demand.objects.get().subject_id == rep.pk
