"""Nobody says how it was: reminded twice, then closed, and the timeline says who was silent."""

import datetime as dt

import pytest
from django.utils.html import strip_tags

from references.requests import feedback_reminders, services
from references.requests.enums import RequestState, Side
from references.requests.models import Candidate
from references.requests.tasks import remind_of_requests
from refprogram.kernel import timeline
from refprogram.kernel.models import Event, SignedLink
from tests.factories.people import UserFactory
from tests.factories.requests import delivered, request_of
from tests.mailbox import subjects_to

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)  # a Monday


@pytest.fixture
def spoken(time_machine, drain, mailoutbox, rep):
    """A reference that was given just now; both sides have been asked how it was."""
    time_machine.move_to(NOON, tick=False)
    candidate = delivered(request=request_of(rep))
    drain()
    mailoutbox.clear()
    return candidate


def days_later(time_machine, days):
    """Let so many working days pass, with the task running more than once."""
    weeks, rest = divmod(days, 5)
    time_machine.move_to(NOON + dt.timedelta(days=7 * weeks + rest), tick=False)
    remind_of_requests()
    remind_of_requests()


def state_of(candidate):
    return Candidate.objects.select_related("request").get(pk=candidate.pk).request.state


def test_each_silent_side_is_reminded_twice(spoken, time_machine, drain, mailoutbox, rep):
    for days in (3, 4, 5, 9, 13):
        days_later(time_machine, days)
    drain()
    assert subjects_to(spoken.contact.person, mailoutbox) == ["One minute, if you have it: how was it?"] * 2
    assert len(subjects_to(rep.person, mailoutbox)) == 2
    assert state_of(spoken) == RequestState.DELIVERED
    assert SignedLink.objects.filter(purpose="feedback").count() == 3  # asked once, reminded twice


def test_who_has_answered_is_left_alone(spoken, time_machine, drain, mailoutbox, rep):
    services.give_feedback(candidate=spoken, side=Side.REQUESTER, rating=4, actor=rep)
    drain()
    mailoutbox.clear()
    days_later(time_machine, 9)
    drain()
    assert subjects_to(rep.person, mailoutbox) == []
    assert len(subjects_to(spoken.contact.person, mailoutbox)) == 1


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        ([Side.REQUESTER], "The program closed the request; the customer did not say how it was"),
        ([Side.CUSTOMER], "The program closed the request; the requester did not say how it was"),
        ([], "The program closed the request; neither side said how it was"),
    ],
)
def test_in_the_end_it_is_closed_and_the_timeline_says_why(spoken, time_machine, rep, answered, told):
    for side in answered:
        services.give_feedback(candidate=spoken, side=side, rating=4, actor=rep)
    days_later(time_machine, 14)
    closing = Event.objects.get(topic="request.closed")
    assert state_of(spoken) == RequestState.CLOSED
    assert strip_tags(timeline.entries([closing], rep)[0].text) == told


def test_a_word_that_comes_after_closing_is_still_taken(spoken, time_machine):
    days_later(time_machine, 14)
    services.give_feedback(candidate=spoken, side=Side.CUSTOMER, rating=5)
    assert spoken.feedback.get().rating == 5
    assert state_of(spoken) == RequestState.CLOSED


def test_closed_by_hand_meanwhile_is_closed_once(spoken):
    services.close(request=spoken.request, actor=UserFactory())
    services.close_unanswered(candidate=spoken)
    assert Event.objects.filter(topic="request.closed").count() == 1
    assert list(feedback_reminders.waiting()) == []
