"""The way of a request: each verb, what it refuses, what it tells the stream, what becomes of the goodwill held."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from references.accounts.enums import AskState, Stage
from references.accounts.errors import AskRefused
from references.accounts.models import Ask
from references.accounts.services import freeze
from references.requests import services
from references.requests.enums import CandidateState, RequestState, Side
from references.requests.models import Candidate, ReferenceRequest
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from tests.factories.people import DelegationFactory, RestrictionFactory, UserFactory
from tests.factories.references import OpportunityFactory, ReferenceFactory, activity, speaker
from tests.factories.requests import accepted, closed, delivered, in_review, invited, owned_speaker, request_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 4, 12, 0, tzinfo=dt.UTC)  # a Wednesday


def topics(row):
    events = Event.objects.filter(subject_id=row.pk, subject_type=row._meta.model_name).order_by("id")
    return list(events.values_list("topic", flat=True))


# ---------------------------------------------------------------- the need


def test_a_deal_says_for_whom_and_how_much(time_machine):
    time_machine.move_to(NOON, tick=False)
    deal = OpportunityFactory(account=ReferenceFactory(name="Kan-code"), amount=48_000)
    request = request_of(opportunity=deal, purpose="")
    assert (request.purpose, request.state, request.due_at) == (
        "Kan-code",
        RequestState.SUBMITTED,
        dt.datetime(2026, 11, 6, 12, 0, tzinfo=dt.UTC),  # a call: two working days
    )
    told = Event.objects.get(topic="request.submitted")
    assert told.payload == {
        "requester": request.requester.person_id,
        "activity": activity("call").pk,
        "opportunity": deal.pk,
        "amount": 48_000.0,
    }


def test_without_a_deal_the_purpose_must_be_said():
    with pytest.raises(InvalidInput) as refused:
        request_of(purpose="  ")
    assert refused.value.errors == {"purpose": "Say for whom the reference is."}


@pytest.mark.parametrize(
    ("need", "field"),
    [({"needed_by": dt.date(2020, 1, 1)}, "needed_by"), ({"opportunity": "won"}, "opportunity")],
)
def test_a_past_day_or_a_closed_deal_is_refused(need, field):
    if "opportunity" in need:
        need = {"opportunity": OpportunityFactory(stage=Stage.WON)}
    with pytest.raises(InvalidInput) as refused:
        request_of(**need)
    assert list(refused.value.errors) == [field]


def test_who_is_restricted_is_told_why():
    restriction = RestrictionFactory(reason="Three references were not used.")
    with pytest.raises(NotAllowed, match="Three references were not used"):
        request_of(restriction.user)


def test_the_clock_stands_still_while_the_requester_is_asked(time_machine):
    time_machine.move_to(NOON, tick=False)
    request = request_of()
    services.ask_back(request=request, question="Which product?", actor=UserFactory(role=Role.MARKETER))
    time_machine.shift(dt.timedelta(hours=30))
    answered = services.answer_question(request=request, answer="Field", actor=request.requester)
    # Asked on Wednesday at noon, answered on Thursday at 18:00, after hours: both days are left, Friday and Monday.
    assert (answered.state, answered.due_at) == (
        RequestState.SUBMITTED,
        dt.datetime(2026, 11, 9, 17, 0, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize("verb", [services.refuse, services.mark_unfilled])
def test_giving_up_needs_a_reason(verb):
    with pytest.raises(InvalidInput):
        verb(request=request_of(), reason=" ", actor=UserFactory())


def test_changing_the_need_names_what_changed():
    request = request_of(topics="Start-up")
    services.change(request=request, actor=request.requester, topics="Start-up", must_employees=500)
    assert Event.objects.get(topic="request.changed").payload["fields"] == ["must_employees"]


def test_a_refused_request_cannot_be_changed():
    request = services.refuse(request=request_of(), reason="Off our list", actor=UserFactory())
    with pytest.raises(IllegalMove):
        services.change(request=request, actor=request.requester, topics="New")


# ---------------------------------------------------------------- proposing


def test_proposing_holds_the_goodwill_and_asks_the_owner():
    candidate = in_review()
    assert (candidate.state, candidate.approver, candidate.ask.state) == (
        CandidateState.OWNER_REVIEW,
        candidate.account.owner,
        AskState.HELD,
    )
    assert sum(candidate.factors.values()) == candidate.score
    assert candidate.request.state == RequestState.MATCHING
    assert topics(candidate) == ["candidate.proposed"]


@pytest.mark.parametrize("who", ["proposer", "requester"])
def test_an_owner_who_proposes_or_asks_has_agreed(who):
    owner = UserFactory(role=Role.MARKETER)
    contact = owned_speaker(owner)
    request = request_of(owner if who == "requester" else None)
    candidate = in_review(request, contact, actor=owner if who == "proposer" else None)
    assert candidate.state == CandidateState.INVITED
    assert topics(candidate) == ["candidate.proposed", "candidate.owner_approved"]
    assert read(candidate, owner) == f"{candidate.proposed_by.name} needed nobody else’s word to ask"


def test_an_owner_who_was_asked_and_agreed_is_said_to_have_agreed():
    candidate = invited()
    owner = candidate.account.owner
    assert read(candidate, owner) == f"{owner.name} agreed to ask"


def read(candidate, viewer):
    """The owner's part of the timeline, as somebody reads it (without the name of the customer)."""
    event = Event.objects.get(topic="candidate.owner_approved", subject_id=candidate.pk)
    return strip_tags(timeline.entries([event], viewer)[0].text).removesuffix(candidate.contact.person.name).strip()


def test_a_delegate_is_asked_instead_of_an_absent_owner():
    cover = DelegationFactory()
    assert in_review(contact=owned_speaker(cover.principal)).approver == cover.delegate


def test_an_owner_without_access_is_passed_over_for_the_manager(cast):
    agent = UserFactory(is_active=False, team=cast.north)
    assert in_review(contact=owned_speaker(agent)).approver == cast.manager


def test_a_frozen_account_is_refused_with_the_reason():
    contact = owned_speaker(name="Oriel")
    freeze(account=contact.account, kind="escalation", actor=contact.account.owner)
    with pytest.raises(AskRefused, match="Oriel: frozen"):
        in_review(contact=contact)
    assert not Candidate.objects.exists()


def test_a_contact_asked_for_another_request_is_refused():
    first = in_review()
    with pytest.raises(AskRefused):
        in_review(request_of(), first.contact)
    assert Ask.objects.filter(state=AskState.HELD).count() == 1


def test_somebody_let_go_may_be_proposed_again():
    candidate = in_review()
    services.release(candidate=candidate, actor=None)
    again = in_review(candidate.request, candidate.contact)
    assert (again.state, Candidate.objects.count()) == (CandidateState.OWNER_REVIEW, 2)


# ---------------------------------------------------------------- answers


def test_an_owners_no_frees_the_goodwill():
    candidate = in_review()
    services.owner_decline(candidate=candidate, actor=candidate.approver, reason_code="bad_time")
    candidate.refresh_from_db()
    assert (candidate.state, candidate.ask.state, candidate.request.state) == (
        CandidateState.OWNER_DECLINED,
        AskState.RELEASED,
        RequestState.MATCHING,
    )


def test_an_owners_no_needs_a_reason():
    candidate = in_review()
    with pytest.raises(InvalidInput):
        services.owner_decline(candidate=candidate, actor=candidate.approver, reason_code="")


def test_a_yes_confirms_the_request_and_lets_the_others_go():
    request = request_of()
    other, chosen = invited(request=request), invited(request=request)
    time = timezone.now() + dt.timedelta(days=3)
    services.customer_accept(candidate=chosen, times=[time, time])
    other.refresh_from_db()
    chosen.refresh_from_db()
    request.refresh_from_db()
    assert (chosen.state, chosen.times, chosen.ask.state) == (CandidateState.ACCEPTED, [time], AskState.BOOKED)
    assert (other.state, other.ask.state) == (CandidateState.RELEASED, AskState.RELEASED)
    assert (request.state, request.confirmed_at) == (RequestState.CONFIRMED, chosen.answered_at)
    assert Event.objects.get(topic="candidate.released").payload["invited"] is True


def test_saying_yes_twice_is_saying_it_once():
    candidate = accepted()
    services.customer_accept(candidate=candidate)
    assert topics(candidate).count("candidate.accepted") == 1


def test_a_fourth_time_is_refused_where_the_times_are():
    with pytest.raises(InvalidInput) as refused:
        accepted(times=tuple(timezone.now() + dt.timedelta(days=days) for days in range(1, 5)))
    assert refused.value.errors == {"times": "Three times are enough."}


@pytest.mark.parametrize("days", [-1, 200])
def test_times_must_lie_ahead_and_not_too_far(days):
    with pytest.raises(InvalidInput):
        accepted(times=(timezone.now() + dt.timedelta(days=days),))


def test_a_yes_after_a_freeze_is_thanked_and_not_taken():
    candidate = invited()
    freeze(account=candidate.account, kind="escalation", actor=candidate.account.owner)
    with pytest.raises(DomainError, match="bad moment"):
        services.customer_accept(candidate=candidate)
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.INVITED


def test_a_customers_no_costs_a_little_goodwill_and_may_pause():
    candidate = services.customer_decline(candidate=invited(), reason_code="no_time", pause=True)
    candidate.refresh_from_db()
    candidate.contact.refresh_from_db()
    assert (candidate.state, candidate.ask.state) == (CandidateState.DECLINED, AskState.DECLINED)
    assert candidate.contact.paused_until == timezone.localdate() + dt.timedelta(days=91)


def test_cancelling_what_was_agreed_opens_the_request_again():
    candidate = services.customer_decline(candidate=accepted())
    request = candidate.request
    request.refresh_from_db()
    assert (candidate.state, request.state, request.confirmed_at) == (
        CandidateState.RELEASED,
        RequestState.MATCHING,
        None,
    )


# ---------------------------------------------------------------- the conversation and after


def test_the_requester_chooses_one_of_the_times():
    time = timezone.now().replace(microsecond=0) + dt.timedelta(days=2)
    candidate = accepted(times=(time,))
    with pytest.raises(InvalidInput):
        services.schedule(candidate=candidate, at=time + dt.timedelta(hours=1), actor=candidate.request.requester)
    scheduled = services.schedule(candidate=candidate, at=time, actor=candidate.request.requester)
    assert (scheduled.state, scheduled.scheduled_at) == (CandidateState.SCHEDULED, time)


def test_what_lies_ahead_cannot_have_taken_place():
    time = timezone.now() + dt.timedelta(days=2)
    candidate = accepted(times=(time,))
    services.schedule(candidate=candidate, at=time, actor=candidate.request.requester)
    with pytest.raises(DomainError, match="later time"):
        services.mark_delivered(candidate=candidate, actor=candidate.request.requester)


def agreed_for_later():
    """What was asked for an hour ago and agreed for the day after tomorrow, and who asked."""
    time = timezone.now() + dt.timedelta(days=2)
    candidate = accepted(times=(time,))
    ReferenceRequest.objects.update(submitted_at=timezone.now() - dt.timedelta(hours=1))
    requester = candidate.request.requester
    return services.schedule(candidate=candidate, at=time, actor=requester), requester


def test_what_took_place_earlier_than_agreed_is_recorded_when_it_was():
    candidate, requester = agreed_for_later()
    earlier = timezone.now() - dt.timedelta(minutes=20)
    services.mark_delivered(candidate=candidate, actor=requester, held_at=earlier)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.request.delivered_at, candidate.ask.ended_at) == (
        CandidateState.COMPLETED,
        earlier,
        earlier,
    )


@pytest.mark.parametrize(("hours", "why"), [(1, "still to come"), (-2, "before anybody asked")])
def test_it_cannot_have_been_held_in_the_future_or_before_it_was_asked_for(hours, why):
    candidate, requester = agreed_for_later()
    with pytest.raises(InvalidInput, match=why):
        services.mark_delivered(
            candidate=candidate, actor=requester, held_at=timezone.now() + dt.timedelta(hours=hours)
        )


def test_a_conversation_held_is_counted():
    candidate = delivered()
    account = candidate.account
    account.refresh_from_db()
    candidate.refresh_from_db()
    assert (candidate.ask.state, account.activities_done, account.fatigue_key is None) == (AskState.SPENT, 1, False)
    assert Event.objects.get(topic="reference.delivered").payload["activity"] == activity("call").pk


def test_both_sides_close_the_request():
    candidate = closed()
    assert candidate.request.state == RequestState.CLOSED
    assert [event.payload["side"] for event in Event.objects.filter(topic="feedback.given").order_by("id")] == [
        Side.CUSTOMER,
        Side.REQUESTER,
    ]


def test_feedback_stands_as_first_given():
    candidate = delivered()
    services.give_feedback(candidate=candidate, side=Side.CUSTOMER, rating=5)
    assert services.give_feedback(candidate=candidate, side=Side.CUSTOMER, rating=1).rating == 5


def test_feedback_before_it_took_place_is_refused():
    with pytest.raises(DomainError):
        services.give_feedback(candidate=accepted(), side=Side.CUSTOMER, rating=5)


def test_withdrawing_lets_everybody_go():
    candidate = invited()
    services.withdraw(request=candidate.request, actor=candidate.request.requester)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.ask.state) == (CandidateState.RELEASED, AskState.RELEASED)


def test_nobody_moves_a_closed_request():
    candidate = closed()
    with pytest.raises(IllegalMove):
        services.withdraw(request=candidate.request, actor=candidate.request.requester)


def test_a_speaker_without_consent_for_this_is_not_proposed():
    contact = speaker(activities=("quote",), owner=UserFactory())
    with pytest.raises(AskRefused, match="nobody agreed"):
        in_review(contact=contact)
