"""Two people at once, with real threads on the real database: one wins, the other is told why, nothing twice."""

import pytest
from django.urls import reverse
from django.utils import timezone

from references.accounts.enums import AskState
from references.accounts.models import Ask
from references.accounts.services import freeze
from references.requests import services
from references.requests.enums import CandidateState
from references.requests.models import Candidate
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from tests.factories.people import UserFactory
from tests.factories.requests import in_review, invited, owned_speaker, request_of
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_proposals_of_one_contact_at_once():
    contact = owned_speaker()
    requests = [request_of(), request_of()]
    marketer = UserFactory(role=Role.MARKETER)
    outcomes = at_once(
        *(
            lambda request=request: services.propose(
                request=request, account=contact.account, contact=contact, actor=marketer
            )
            for request in requests
        )
    )
    won = [one for one in outcomes if isinstance(one, Candidate)]
    lost = [one for one in outcomes if isinstance(one, DomainError)]
    assert (len(won), len(lost), Candidate.objects.count()) == (1, 1, 1)
    assert lost[0].message
    assert Ask.objects.filter(activity__isnull=False, state=AskState.HELD).count() == 1


def test_the_accept_button_pressed_twice(client):
    candidate = invited()
    url = links.issue(purpose="customer_ask", subject=candidate, person_id=candidate.contact.person_id)
    path = reverse("kernel:link", args=[url.rstrip("/").rpartition("/")[2]])
    outcomes = at_once(*[lambda: client.post(path, {"answer": "yes"}).status_code] * 2)
    assert outcomes == [302, 302]
    assert Event.objects.filter(topic="candidate.accepted").count() == 1
    assert Event.objects.filter(topic="ask.booked").count() == 1


def test_two_customers_accept_at_once():
    request = request_of()
    first, second = invited(request=request), invited(request=request)
    outcomes = at_once(
        lambda: services.customer_accept(candidate=first), lambda: services.customer_accept(candidate=second)
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Candidate", "IllegalMove"]
    states = sorted(Candidate.objects.values_list("state", flat=True))
    assert states == [CandidateState.ACCEPTED, CandidateState.RELEASED]


def test_a_freeze_arrives_while_a_customer_accepts():
    candidate = invited()
    marketer = UserFactory(role=Role.MARKETER)
    accepted, frozen = at_once(
        lambda: services.customer_accept(candidate=candidate),
        lambda: freeze(account=candidate.account, kind="escalation", actor=marketer),
    )
    topics = list(
        Event.objects.filter(topic__in=["candidate.accepted", "account.frozen"])
        .order_by("id")
        .values_list("topic", flat=True)
    )
    candidate.refresh_from_db()
    frozen_first = isinstance(accepted, DomainError)
    assert frozen.pk
    assert (candidate.state, topics) == (
        (CandidateState.INVITED, ["account.frozen"])
        if frozen_first
        else (CandidateState.ACCEPTED, ["candidate.accepted", "account.frozen"])
    )


def test_the_owner_says_yes_while_the_request_is_withdrawn():
    candidate = services.propose(
        request=(request := request_of()),
        account=(contact := owned_speaker()).account,
        contact=contact,
        actor=UserFactory(role=Role.MARKETER),
    )
    at_once(
        lambda: services.owner_approve(candidate=candidate, actor=candidate.approver),
        lambda: services.withdraw(request=request, actor=request.requester),
    )
    candidate.refresh_from_db()
    assert (candidate.state, candidate.ask.state) == (CandidateState.RELEASED, AskState.RELEASED)


def test_who_loses_the_last_free_slot_is_told_why_and_offered_the_next_best():
    contact, other = owned_speaker(), owned_speaker()
    requests = [request_of(), request_of()]
    marketer = UserFactory(role=Role.MARKETER)
    outcomes = at_once(
        *(
            lambda request=request: services.put_forward(
                request=request, account=contact.account, contact=contact, actor=marketer
            )
            for request in requests
        )
    )
    (lost,) = (one for one in outcomes if isinstance(one, DomainError))
    assert lost.message.endswith(f"The next best is {other.account.name}.")
    assert Ask.objects.filter(contact=contact, state=AskState.HELD).count() == 1


def test_a_freeze_arrives_while_the_owner_says_yes():
    candidate = in_review()
    owner, marketer = candidate.approver, UserFactory(role=Role.MARKETER)
    at_once(
        lambda: services.owner_approve(candidate=candidate, actor=owner),
        lambda: freeze(account=candidate.account, kind="escalation", reason="An outage", actor=marketer),
    )
    services.release_account(account_id=candidate.account_id)  # as the stream does after a freeze
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.RELEASED
    assert not Ask.objects.filter(contact=candidate.contact, state__in=(AskState.HELD, AskState.BOOKED)).exists()


def test_silence_is_noted_while_the_owner_answers():
    candidate = in_review()
    Candidate.objects.filter(pk=candidate.pk).update(owner_due_at=timezone.now())
    at_once(
        lambda: services.owner_approve(candidate=candidate, actor=candidate.approver),
        lambda: services.note_owners_silence(candidate=candidate),
        lambda: services.note_owners_silence(candidate=candidate),
    )
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.INVITED
    assert Event.objects.filter(topic="candidate.owner_reminded").count() <= 1
