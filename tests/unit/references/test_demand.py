"""The hours that requests ask of the program: in the month they are for, gone with what came to nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from references.accounts.models import ActivityType
from references.requests import services
from refprogram.governance.capacity.models import Demand
from tests.factories.references import speaker
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db


def asked():
    return [(row.kind, row.name, row.month, row.hours) for row in Demand.objects.order_by("subject_id")]


def test_a_request_counts_with_the_hours_of_its_kind_until_it_is_taken_back(drain, rep):
    call = ActivityType.objects.get(slug="call")
    row = request_of(rep)
    assert asked() == []  # said by its handler
    drain()
    assert asked() == [("call", call.name, row.needed_by.replace(day=1), call.hours)]

    later = row.needed_by + dt.timedelta(days=40)
    services.change(request=row, actor=rep, needed_by=later)
    drain()
    assert [month for _kind, _name, month, _hours in asked()] == [later.replace(day=1)]

    services.withdraw(request=row, actor=rep)
    drain()
    assert asked() == []


def test_what_was_looked_for_in_vain_was_work_and_what_was_refused_was_none(drain, rep, marketer):
    refused, unfilled = request_of(rep), request_of(rep)
    services.refuse(request=refused, reason="Not now.", actor=marketer)
    services.mark_unfilled(request=unfilled, reason="Nobody.", actor=marketer)
    drain()
    assert [row.subject_id for row in Demand.objects.all()] == [unfilled.pk]


def test_what_was_written_down_afterwards_counts_in_its_month(drain, rep):
    contact, call = speaker(), ActivityType.objects.get(slug="call")
    held = timezone.now() - dt.timedelta(days=70)
    services.log_held(actor=rep, contact=contact, activity=call, held_at=held)
    drain()
    assert [(month, hours) for _kind, _name, month, hours in asked()] == [
        (timezone.localdate(held).replace(day=1), call.hours)
    ]
