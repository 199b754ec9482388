"""Rules go by what people do in the CRM as it is summed: a week's activity, a month's use, a month's records."""

import datetime as dt

import pytest
import time_machine

from incentives.activity import services as activity
from incentives.models import Entry
from incentives.quality import services as quality
from incentives.quality.enums import Attribute, FaultKind
from incentives.rulebook import sentences
from refprogram.kernel.models import Event
from tests.factories.incentives import RuleFactory
from tests.factories.incentives_activity import did, used
from tests.factories.incentives_quality import FaultFactory, whole_account
from tests.factories.people import LeaveFactory, UserFactory

pytestmark = pytest.mark.django_db
FEBRUARY = dt.date(2026, 2, 1)
WORKING = [day for day in range(1, 29) if dt.date(2026, 2, day).weekday() < 5]  # 20 working days


def gives(points, topic, **least):
    asked = [{"fact": fact, "op": "at_least", "values": [value]} for fact, value in least.items()]
    return RuleFactory(topic=topic, who="colleague", points=points, more={"conditions": asked})


def given(user):
    rows = Entry.objects.filter(rule__isnull=False, postings__wallet__person=user.person_id).order_by("pk").distinct()
    return [(row.rule.name, f"{row.occurred_at:%m-%d}") for row in rows.select_related("rule")]


def test_a_week_a_month_of_use_and_a_month_of_records_each_give_once(drain):
    """One does it all; one is away nearly all month, so that their full score and use are worth nothing here."""
    with time_machine.travel(dt.datetime(2026, 3, 10, 6, tzinfo=dt.UTC), tick=False):
        week = gives(7, "week.counted", score=8, activities=2)
        month = gives(11, "adoption.counted", percent=90, days=10)
        records = gives(13, "quality.month_closed", score=95, records=1, days=10)
        best = gives(17, "quality.won")
        busy, away = UserFactory(), UserFactory()
        for _n in range(3):
            whole_account(busy)
            whole_account(away)
        LeaveFactory(user=away, starts_on=dt.date(2026, 2, 3), ends_on=dt.date(2026, 2, 28))
        FaultFactory(
            user=busy, attribute=Attribute.AMOUNT, kind=FaultKind.INVALID,
            found_at=dt.datetime(2026, 2, 4, 9, tzinfo=dt.UTC),
        )  # fmt: skip
        used([busy], FEBRUARY, WORKING[:18])
        used([away], FEBRUARY, WORKING[:1])
        did(busy, "contact", "dashboard", at=dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC))
        did(busy, *["contact"] * 5, at=dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC))
        did(away, "dashboard", at=dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC))
        for _twice in range(2):
            activity.count_weeks_due()
            activity.count_months_due()
            quality.close_due()
            drain()

    # A fault of February costs 3, so 97: the best of the two all the same, for the other worked on a day of it.
    assert sorted(given(busy)) == sorted(
        [(week.name, "03-08"), (month.name, "02-28"), (records.name, "02-28"), (best.name, "03-10")]
    )
    assert given(away) == []
    assert Event.objects.filter(topic="week.counted").count() == 2
    told = Event.objects.get(topic="week.counted", payload__person=busy.person_id).payload
    # Six contacts at 1 (five whole, the sixth half, dropped) and a dashboard at 3.
    assert (told["score"], told["activities"], told["team"]) == (8, 7, busy.team_id)
    assert sentences.sentence(records.says).startswith(
        "When somebody’s month of data quality is closed where the score is at least 95 "
    )
