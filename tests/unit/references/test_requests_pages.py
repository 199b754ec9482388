"""What two pages say at the right place: held earlier than agreed, and a fourth time that is too many."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from references.requests import services
from references.requests.enums import CandidateState
from references.requests.models import ReferenceRequest
from refprogram.kernel import links
from tests.factories.requests import accepted, invited, request_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed_for_later(client, rep):
    """What was asked for a day ago and agreed for the day after tomorrow; who asked is signed in."""
    time = timezone.now() + dt.timedelta(days=2)
    candidate = accepted(request=request_of(rep), times=(time,))
    ReferenceRequest.objects.update(submitted_at=timezone.now() - dt.timedelta(days=1))
    client.force_login(rep)
    return services.schedule(candidate=candidate, at=time, actor=rep)


def test_before_the_agreed_time_the_page_asks_when_it_was_held(client, agreed_for_later):
    text = client.get(agreed_for_later.get_absolute_url()).text
    assert "It was held earlier than agreed" in text
    assert ">It took place</button>" not in text


def test_after_the_agreed_time_one_button_is_enough(client, agreed_for_later):
    type(agreed_for_later).objects.update(scheduled_at=timezone.now() - dt.timedelta(hours=1))
    text = client.get(agreed_for_later.get_absolute_url()).text
    assert ">It took place</button>" in text
    assert "It was held at another time" in text


@pytest.mark.parametrize(("hours", "state"), [(-2, CandidateState.COMPLETED), (2, CandidateState.SCHEDULED)])
def test_the_page_takes_when_it_was_held(client, agreed_for_later, hours, state):
    at = timezone.localtime() + dt.timedelta(hours=hours)
    verb = reverse("references:candidate-held", args=[agreed_for_later.public_id])
    client.post(verb, {"held_at": f"{at:%Y-%m-%dT%H:%M}"})
    agreed_for_later.refresh_from_db()
    assert agreed_for_later.state == state


@pytest.mark.parametrize(("hours", "status"), [(-2, 200), (2, 422), (None, 409)])
def test_the_api_takes_when_it_was_held(api, agreed_for_later, hours, status):
    at = timezone.now() + dt.timedelta(hours=hours or 0)
    body = "" if hours is None else {"held_at": at.isoformat()}
    path = f"/api/v1/candidates/{agreed_for_later.public_id}/held"
    response = api["rep"].post(path, body, content_type="application/json")
    assert response.status_code == status
    if hours is None:
        assert "If it took place already, say when" in response.text


def test_a_fourth_time_is_said_beside_the_times(client):
    candidate = invited()
    path = links.issue(purpose="customer_ask", subject=candidate, person_id=candidate.contact.person_id)
    day = (timezone.localdate() + dt.timedelta(days=4)).isoformat()
    answer = client.post(path, {"answer": "yes", "slot": [f"{day}T{hour}:00" for hour in (10, 11, 12, 13)]})
    times = answer.text.split('data-at-most="3"')[1].split("times-hint")
    assert (answer.status_code, answer.text.count("Three times are enough.")) == (422, 1)
    assert 'aria-describedby="times-problem ' in times[0]
    assert 'id="times-problem" role="alert" tabindex="-1" autofocus>Three times are enough.' in times[1]
