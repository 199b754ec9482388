"""One statement says which questions of a desk find anything: each with its own values, whatever they are called."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import DateField
from django.test.utils import CaptureQueriesContext

from refprogram.kernel.prepared import Given
from refprogram.people import glance
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk, at_a_glance
from refprogram.people.models import Leave

pytestmark = pytest.mark.django_db
MAY, JUNE = dt.date(2026, 5, 4), dt.date(2026, 6, 1)


def away(viewer):
    return Leave.objects.filter(user=viewer.pk, starts_on=Given("day", DateField())).order_by("pk")[:3]


def never(viewer):
    return away(viewer) if viewer.role == Role.MANAGER else Leave.objects.none()


@pytest.fixture
def questions(monkeypatch):
    """The same question of two days, and one that is of no concern to most."""
    monkeypatch.setattr(glance, "_questions", [])
    monkeypatch.setattr(glance, "_glances", {})
    return [
        ForDesk(away, lambda: {"day": MAY}),
        ForDesk(away, lambda: {"day": JUNE}),
        ForDesk(never, lambda: {"day": MAY}),
    ]


def found(questions, user):
    with CaptureQueriesContext(connection) as sent, at_a_glance(user):
        rows = [[row.starts_on for row in question(user)] for question in questions]
    return rows, len(sent)


def test_only_what_finds_something_is_asked(questions, rep, support):
    """For each viewer and each time anew; outside of the block everything is asked."""
    Leave.objects.bulk_create([Leave(user=rep, starts_on=JUNE, ends_on=JUNE)])

    assert found(questions, rep) == ([[], [JUNE], []], 2)
    assert found(questions, support) == ([[], [], []], 1)

    Leave.objects.bulk_create([Leave(user=support, starts_on=MAY, ends_on=MAY)])
    assert found(questions, support) == ([[MAY], [], []], 2)
    assert [row.starts_on for row in questions[0](support)] == [MAY]


def test_a_question_that_was_added_since_is_asked(questions, rep):
    assert found(questions, rep)[1] == 1
    Leave.objects.bulk_create([Leave(user=rep, starts_on=MAY, ends_on=MAY)])
    questions.append(ForDesk(away, lambda: {"day": MAY}))

    assert found(questions, rep) == ([[MAY], [], [], [MAY]], 3)
