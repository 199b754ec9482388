"""The catalogue: 24 kinds to start with, each of which a marketer may change, add to, or retire."""

import pytest
from django.urls import reverse

from references.accounts.models import ActivityType
from references.accounts.selectors import activity_types, offered_types
from references.catalogue import services
from references.catalogue.enums import Agrees
from references.consents.enums import Scope
from references.requests import words
from references.requests.forms import NeedForm
from references.requests.selectors import activity as kind_of
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from tests.factories.people import UserFactory
from tests.factories.references import activity
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db
FACTS = {"verb": "take a call at night", "effort": 40, "minutes": 30, "confirm_days": 2, "lead_days": 1}


@pytest.fixture
def program():
    return UserFactory(role=Role.MARKETER)


def test_there_are_24_kinds_and_the_first_ten_kept_their_names():
    kinds = activity_types()
    assert [kind.slug for kind in kinds][:10] == [
        "call", "group-call", "site-visit", "quote", "logo", "case-study", "video", "speaker", "press", "analyst",
    ]  # fmt: skip
    assert len(kinds) == 24
    assert all(kind.effort and kind.hours and kind.verb for kind in kinds)
    assert {one for kind in kinds for one in kind.approvals} <= set(Agrees.values)
    assert {one for kind in kinds for one in kind.scopes} <= set(Scope.values)


@pytest.mark.parametrize(
    ("slug", "dated"), [("call", True), ("quote", False), ("logo", False), ("case-study", True), ("written-qa", False)]
)
def test_for_what_nobody_has_to_meet(slug, dated):
    assert words.has_a_date(request_of(slug=slug)) is dated


def test_a_new_kind_can_be_asked_for(program):
    kind = services.add(actor=program, name="Night call", **FACTS)
    assert (kind.slug, kind.position, kind in offered_types()) == ("night-call", 250, True)
    assert request_of(slug="night-call").activity == kind
    assert Event.objects.get(topic="activity.added").subject_id == kind.pk


@pytest.mark.parametrize("name", ["Reference call", "  ", "!?"])
def test_a_name_is_there_once(program, name):
    if name == "Reference call":
        services.add(actor=program, name=name, **FACTS)  # the first one is called “call”
    with pytest.raises(InvalidInput):
        services.add(actor=program, name=name, **FACTS)


def test_what_changed_is_told_and_what_was_asked_stays(program):
    request = request_of()
    services.change(kind=activity("call"), actor=program, effort=50, minutes=30)
    assert Event.objects.get(topic="activity.changed").payload == {"fields": ["effort"]}
    services.change(kind=activity("call"), actor=program, effort=50)
    assert (Event.objects.filter(topic="activity.changed").count(), request.activity.effort) == (1, 40)


def test_a_light_effort_would_hide_it(program):
    with pytest.raises(InvalidInput, match="At least"):
        services.change(kind=activity("call"), actor=program, effort=1)


def test_a_retired_kind_is_offered_to_nobody_and_open_requests_go_on(program):
    request = request_of(slug="press")
    services.retire(kind=activity("press"), actor=program)
    services.retire(kind=activity("press"), actor=program)
    assert Event.objects.filter(topic="activity.retired").count() == 1
    assert (kind_of("press"), activity("press") in offered_types()) == (None, False)
    assert activity("press") not in NeedForm(user=request.requester).fields["activity"].queryset
    assert request.activity in activity_types()  # it still has a name
    services.bring_back(kind=activity("press"), actor=program)
    assert kind_of("press") == request.activity


def test_the_page_keeps_what_is_typed(clients):
    response = clients["marketer"].post(reverse("references:activity-edit", args=["call"]), {
        "name": "Call", "verb": "talk", "effort": "44", "minutes": "35", "confirm_days": "2", "lead_days": "1",
        "hours": "1.5", "live": "on", "approvals": ["legal"], "scopes": ["company"], "submit_key": "k1",
    })  # fmt: skip
    kind = ActivityType.objects.get(slug="call")
    assert response.status_code == 302
    assert (kind.name, kind.effort, kind.approvals, kind.scopes) == ("Call", 44, ["legal"], ["company"])
