"""What runs out next, and how fast the program is: medians worked out by hand."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from references.requests.models import ReferenceRequest
from references.requests.selectors.timing import timing
from references.requests.services.clocks import AGREEMENT, REACTION
from refprogram.people.models import SlaClock
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db


def stopped(kind, *minutes, ago=1):
    for taken in minutes:
        clock = SlaClock.objects.get(kind=kind, subject_type="referencerequest", subject_id=request_of().pk)
        clock.stopped_at, clock.used_minutes = timezone.now() - dt.timedelta(days=ago), taken
        clock.save()


def test_half_and_nine_of_ten_in_working_hours():
    stopped(REACTION, 60, 120, 180, 240, 600)  # median 180 min; p90 lies at 3.6 of 0…4: 240 + 0.6 × 360 = 456 min
    stopped(AGREEMENT, 480, 960)  # median 720 min, p90 912 min
    stopped(REACTION, 6000, ago=91)  # too long ago
    found = timing()
    assert (found.reaction.median, found.reaction.p90) == (3.0, pytest.approx(7.6))
    assert (found.agreement.median, found.agreement.p90) == (12.0, pytest.approx(15.2))


def test_nothing_to_count_says_nothing(clients):
    assert timing().reaction.median is None
    assert "First response" not in clients["marketer"].get(reverse("references:requests-at-risk")).text


def test_what_has_least_left_stands_on_top(clients):
    late, soon, later = (request_of(purpose=name) for name in ("Late", "Soon", "Later"))
    for row, hours in ((late, -5), (soon, 3), (later, 90)):
        ReferenceRequest.objects.filter(pk=row.pk).update(due_at=timezone.now() + dt.timedelta(hours=hours))
    stopped(REACTION, 60)
    page = clients["marketer"].get(reverse("references:requests-at-risk")).text
    assert page.index("Late") < page.index("Soon")
    assert ("Later" in page.split("<table")[1], "First response: half within 1 h" in page) == (False, True)
