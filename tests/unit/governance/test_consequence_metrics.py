"""The figures that rooms supply, by hand-worked examples."""

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings

from nominations.models import Nomination
from references.requests import services
from references.requests.enums import Side
from references.requests.models import Feedback, ReferenceRequest
from refprogram.governance.consequences import metrics
from refprogram.kernel.errors import InvalidInput
from refprogram.people.work import services as work
from tests.factories.nominations import NominationFactory
from tests.factories.requests import delivered, request_of

pytestmark = pytest.mark.django_db
OCTOBER = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))


def at(day, month=10):
    return dt.datetime(2026, month, day, 12, tzinfo=dt.UTC)


def held(requester, when):
    candidate = delivered(request=request_of(requester))
    ReferenceRequest.objects.filter(pk=candidate.request_id).update(delivered_at=when)
    return candidate


def test_every_figure_of_the_settings_counts(rep):
    whole = {"quota_reached": Decimal(100), "data_quality": Decimal(100)}  # owes nothing, and has no records
    expected = dict.fromkeys(settings.CONSEQUENCE_METRICS, Decimal(0)) | whole
    for name, figure in expected.items():
        assert metrics.count(name, *OCTOBER, [rep]) == {rep.pk: figure}


def test_feedback_counts_in_the_period_in_which_it_became_overdue(rep, other_team_rep):
    held(rep, at(20, 9))  # overdue on 30 September
    held(rep, at(21, 9))  # 1 October
    held(rep, at(21))  # 31 October
    held(rep, at(22))  # 1 November
    made_good, too_late = held(rep, at(5)), held(rep, at(6))
    for candidate, when in ((made_good, at(30)), (too_late, at(1, 11))):
        services.give_feedback(candidate=candidate, side=Side.REQUESTER, rating=5, actor=rep)
        Feedback.objects.filter(candidate=candidate).update(created_at=when)
    services.give_feedback(candidate=held(rep, at(7)), side=Side.CUSTOMER, rating=5)
    assert metrics.count("overdue_feedback", *OCTOBER, [rep, other_team_rep]) == {rep.pk: 4, other_team_rep.pk: 0}


def test_nominations_count_unless_withdrawn(rep):
    rows = ((30, 9, "screening"), (1, 10, "screening"), (31, 10, "not_approved"), (5, 10, "withdrawn"))
    for day, month, state in rows:
        row = NominationFactory(nominator=rep)
        Nomination.objects.filter(pk=row.pk).update(submitted_at=at(day, month), state=state)
    assert metrics.count("nominations_submitted", *OCTOBER, [rep]) == {rep.pk: 2}


def test_logged_activities_count(rep):
    told = [
        ("activity_logged", at(1)),
        ("activity_logged", at(31)),
        ("activity_logged", at(1, 11)),
        ("signed_in", at(5)),
    ]
    rows = [
        {"external_ref": str(n), "person": rep.email, "kind": kind, "occurred_at": when.isoformat()}
        for n, (kind, when) in enumerate(told)
    ]
    work.take_rows(source="crm", rows=rows)
    assert metrics.count("work_activity", *OCTOBER, [rep]) == {rep.pk: 2}


def test_a_figure_that_nobody_supplies_is_refused(rep):
    with pytest.raises(InvalidInput, match="No room supplies"):
        metrics.count("moon_phase", *OCTOBER, [rep])
    assert metrics.label_of("moon_phase") == "moon_phase"
