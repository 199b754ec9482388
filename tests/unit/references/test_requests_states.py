"""Where a request goes when somebody is silent, absent, or better asked: lines, reminders, absences, ends by time."""

import datetime as dt

import pytest
from django.utils import timezone

from references.accounts.enums import AskState
from references.accounts.models import ActivityType
from references.accounts.services import freeze
from references.requests import overdue, services
from references.requests.enums import AbsentSide, CandidateState, RequestState, UnfilledReason
from references.requests.models import Candidate
from references.requests.proofs import proofs
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from refprogram.kernel.models import Event
from refprogram.people.enums import Privilege, Role
from refprogram.people.models import Person
from tests.factories.people import RestrictionFactory, UserFactory
from tests.factories.references import speaker
from tests.factories.requests import accepted, in_review, invited, owned_speaker, request_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 4, 12, 0, tzinfo=dt.UTC)  # a Wednesday
DAY = dt.timedelta(days=1)


@pytest.fixture
def program():
    return UserFactory(role=Role.MARKETER)


def lined_up(request, program, contact=None):
    return services.line_up(request=request, account=(contact or owned_speaker()).account, actor=program)


def broken():
    """What breaks a proof of this room: nothing, it is hoped."""
    return [row for proof in proofs() for row in proof.rows]


# ---------------------------------------------------------------- the line


def test_who_is_next_in_line_is_asked_when_the_one_before_says_no(program):
    first = in_review()
    second, third = (lined_up(first.request, program) for _n in range(2))
    assert (second.rank, third.rank, second.ask) == (1, 2, None)
    services.owner_decline(candidate=first, actor=first.approver, reason_code="bad_time")
    asked = services.ask_next(request=first.request)
    assert (asked, asked.state, asked.rank, asked.ask.state) == (second, CandidateState.OWNER_REVIEW, 0, AskState.HELD)
    assert services.ask_next(request=first.request) is None  # twice is once
    third.refresh_from_db()
    assert (third.state, broken()) == (CandidateState.LINED_UP, [])


def test_who_may_not_be_asked_any_more_is_passed_over(program):
    first = in_review()
    second, third = (lined_up(first.request, program) for _n in range(2))
    freeze(account=second.account, kind="legal", actor=program)
    services.owner_decline(candidate=first, actor=first.approver, reason_code="bad_time")
    assert services.ask_next(request=first.request) == third
    second.refresh_from_db()
    assert (second.state, second.ask, bool(second.reason)) == (CandidateState.RELEASED, None, True)


def test_nobody_is_lined_up_behind_nobody(program):
    with pytest.raises(DomainError, match="propose them instead"):
        lined_up(request_of(), program)


def test_the_line_stays_when_somebody_agrees_and_goes_when_it_was_held(program):
    first = invited()
    second = lined_up(first.request, program)
    accepted(first)
    second.refresh_from_db()
    assert second.state == CandidateState.LINED_UP
    services.mark_delivered(candidate=first, actor=program)
    second.refresh_from_db()
    assert second.state == CandidateState.RELEASED
    assert Event.objects.get(topic="candidate.released").payload["invited"] is False  # never heard of it: no mail


# ---------------------------------------------------------------- silence


@pytest.mark.usefixtures("cast")
def test_a_silent_customer_is_reminded_twice_then_the_next_is_asked(drain, mailoutbox, program, time_machine):
    time_machine.move_to(NOON, tick=False)
    first = invited(contact=owned_speaker())
    second = lined_up(first.request, program)
    drain()
    mailoutbox.clear()
    for days, reminders in ((0, 0), (1, 1), (1, 1), (2, 2)):  # Wednesday noon, Thursday (twice), Friday
        time_machine.move_to(NOON + days * DAY, tick=False)
        overdue.follow_up()
        drain()
        assert len([mail for mail in mailoutbox if mail.subject.startswith("A kind reminder")]) == reminders
    time_machine.move_to(NOON + 5 * DAY, tick=False)  # Monday noon: three working days
    overdue.follow_up()
    drain()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.reminded, first.ask.state) == (CandidateState.NO_REPLY, 2, AskState.RELEASED)
    assert (second.state, second.ask.state) == (CandidateState.OWNER_REVIEW, AskState.HELD)
    assert broken() == []


def test_a_late_yes_still_counts_while_nobody_else_has_agreed():
    candidate = services.note_silence(candidate=invited())
    services.customer_accept(candidate=candidate)
    candidate.refresh_from_db()
    candidate.request.refresh_from_db()
    assert (candidate.state, candidate.ask.state) == (CandidateState.ACCEPTED, AskState.BOOKED)
    assert (candidate.request.state, broken()) == (RequestState.CONFIRMED, [])


def test_a_late_yes_after_somebody_elses_is_answered_kindly(program):
    silent = services.note_silence(candidate=invited())
    other = in_review(silent.request, owned_speaker(), program)
    accepted(invited(other))
    silent.refresh_from_db()
    assert silent.state == CandidateState.RELEASED  # and told that nothing is needed any more
    with pytest.raises(IllegalMove):
        services.customer_accept(candidate=silent)


def test_a_late_no_costs_nothing_more():
    candidate = services.note_silence(candidate=invited())
    services.customer_decline(candidate=candidate)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.ask.state) == (CandidateState.DECLINED, AskState.RELEASED)


# ---------------------------------------------------------------- absences


def missed(side, candidate=None, program=None):
    """A conversation was agreed for an hour ago, and one side stayed away."""
    candidate = candidate or accepted()
    Candidate.objects.filter(pk=candidate.pk).update(
        state=CandidateState.SCHEDULED, scheduled_at=timezone.now() - dt.timedelta(hours=1)
    )
    candidate.refresh_from_db()
    return services.no_show(candidate=candidate, side=side, actor=program or candidate.request.requester)


def test_what_did_not_take_place_frees_the_goodwill_and_may_be_agreed_anew():
    candidate = missed(AbsentSide.CUSTOMER)
    candidate.refresh_from_db()
    request = candidate.request
    assert (candidate.state, candidate.ask.state, request.state) == (
        CandidateState.NO_SHOW,
        AskState.RELEASED,
        RequestState.MATCHING,
    )
    before = candidate.scheduled_at.isoformat()
    at = timezone.now() + 3 * DAY
    services.schedule(candidate=candidate, at=at, actor=request.requester)
    candidate.refresh_from_db()
    request.refresh_from_db()
    assert (candidate.state, candidate.ask.state, request.state) == (
        CandidateState.SCHEDULED,
        AskState.BOOKED,
        RequestState.CONFIRMED,
    )
    told = Event.objects.filter(topic="candidate.scheduled").latest("id").payload
    assert (told["at"], told["before"], told["moved"], broken()) == (at.isoformat(), before, True, [])


def test_twice_absent_the_requester_says_why_again():
    candidate = missed(AbsentSide.PROSPECT)
    services.schedule(candidate=candidate, at=timezone.now() + DAY, actor=candidate.request.requester)
    candidate = missed(AbsentSide.PROSPECT, candidate)
    request = candidate.request
    request.refresh_from_db()
    assert (candidate.prospect_absences, request.state) == (2, RequestState.NEEDS_INFO)
    with pytest.raises(DomainError):
        services.schedule(candidate=candidate, at=timezone.now() + DAY, actor=request.requester)
    services.answer_question(request=request, answer="Their buyer changed.", actor=request.requester)
    services.schedule(candidate=candidate, at=timezone.now() + DAY, actor=request.requester)
    request.refresh_from_db()
    assert (request.state, broken()) == (RequestState.CONFIRMED, [])


def test_the_customers_absence_asks_nothing_of_the_requester():
    candidate = missed(AbsentSide.CUSTOMER)
    services.schedule(candidate=candidate, at=timezone.now() + DAY, actor=candidate.request.requester)
    candidate = missed(AbsentSide.CUSTOMER, candidate)
    assert (candidate.prospect_absences, candidate.request.state) == (0, RequestState.MATCHING)


def test_what_is_still_to_come_was_not_missed():
    candidate = accepted()
    services.schedule(candidate=candidate, at=timezone.now() + DAY, actor=candidate.request.requester)
    with pytest.raises(DomainError, match="still to come"):
        services.no_show(candidate=candidate, side=AbsentSide.PROSPECT, actor=candidate.request.requester)


@pytest.mark.usefixtures("cast")
def test_the_customer_is_asked_for_another_time_with_an_apology(drain, mailoutbox):
    candidate = missed(AbsentSide.PROSPECT)
    mailoutbox.clear()
    drain()
    email = candidate.contact.person.email
    (mail,) = (mail for mail in mailoutbox if email in mail.to[0] and "in vain" in mail.subject)
    assert "We apologise" in mail.body


# ---------------------------------------------------------------- questions, and the day it was needed


@pytest.mark.usefixtures("cast")
def test_an_unanswered_question_is_reminded_once_and_ends_the_request(drain, mailoutbox, program, time_machine):
    time_machine.move_to(NOON, tick=False)
    request = services.ask_back(request=request_of(), question="Which product?", actor=program)
    drain()
    mailoutbox.clear()
    for days, reminders in ((1, 0), (2, 1), (3, 1)):  # Thursday, Friday, Saturday
        time_machine.move_to(NOON + days * DAY, tick=False)
        overdue.follow_up()
        drain()
        assert len([mail for mail in mailoutbox if mail.subject.startswith("Still open")]) == reminders
    time_machine.move_to(NOON + 7 * DAY, tick=False)  # the next Wednesday: five working days
    overdue.follow_up()
    request.refresh_from_db()
    assert (request.state, request.reason) == (
        RequestState.WITHDRAWN,
        "The question about it was not answered in time.",
    )


@pytest.mark.parametrize(
    ("tried", "why"),
    [
        (lambda: request_of(must_industry="None such"), UnfilledReason.NO_MATCH),
        (lambda: owned_speaker() and request_of(), UnfilledReason.TOO_SHORT),
        (lambda: in_review().request, UnfilledReason.NO_ANSWER),
        (lambda: services.note_silence(candidate=invited()).request, UnfilledReason.NO_ANSWER),
        (lambda: services.customer_decline(candidate=invited()).request, UnfilledReason.CUSTOMERS_NO),
    ],
)
def test_past_its_day_a_request_is_not_filled_for_a_reason_that_coverage_counts(tried, why, time_machine):
    request = tried()
    needed_by = request.needed_by
    overdue.give_up_late()
    request.refresh_from_db()
    assert request.open
    time_machine.move_to(dt.datetime.combine(needed_by + DAY, dt.time(12), tzinfo=dt.UTC), tick=False)
    overdue.give_up_late()
    request.refresh_from_db()
    assert (request.state, request.reason_code, broken()) == (RequestState.UNFILLED, why, [])
    told = Event.objects.get(topic="request.unfilled").payload
    assert (told["why"], told["industry"]) == (why, request.must_industry)


def test_an_agreed_conversation_outlives_the_day_it_was_needed(time_machine):
    candidate = accepted()
    time_machine.move_to(timezone.now() + 40 * DAY, tick=False)
    overdue.give_up_late()
    candidate.request.refresh_from_db()
    assert candidate.request.state == RequestState.CONFIRMED


def test_not_filled_for_a_reason_of_the_list_alone(program):
    with pytest.raises(InvalidInput, match="Choose a reason"):
        services.mark_unfilled(request=in_review().request, reason="So", reason_code="mood", actor=program)


def test_what_was_held_is_free_again_when_the_request_is_taken_back():
    candidate = invited()
    services.withdraw(request=candidate.request, actor=candidate.request.requester)
    candidate.refresh_from_db()
    candidate.account.refresh_from_db()
    assert (candidate.ask.state, candidate.account.open_asks) == (AskState.RELEASED, 0)


# ---------------------------------------------------------------- passed on


@pytest.mark.usefixtures("cast")
def test_a_request_is_passed_on_and_settled(drain, mailoutbox, program):
    colleague, request = UserFactory(role=Role.SUPPORT), request_of()
    due = timezone.localdate() + 3 * DAY
    services.pass_on(request=request, colleague=colleague, reason="They have the figures.", due_on=due, actor=program)
    mailoutbox.clear()
    drain()
    told = " ".join(to for mail in mailoutbox for to in mail.to)
    assert (colleague.email in told, request.requester.email in told) == (True, True)
    services.settle(request=request, answer="Sent them the figures.", actor=colleague)
    request.refresh_from_db()
    assert (request.state, request.answer, request.closed_at is None) == (
        RequestState.REDIRECTED,
        "Sent them the figures.",
        False,
    )
    with pytest.raises(DomainError, match="settled already"):
        services.settle(request=request, answer="Again", actor=colleague)


def test_nobody_passes_a_request_back_to_whoever_asked(program):
    request = request_of()
    with pytest.raises(InvalidInput, match="Choose a colleague"):
        services.pass_on(
            request=request,
            colleague=request.requester,
            reason="Yours",
            due_on=timezone.localdate(),
            actor=program,
        )


# ---------------------------------------------------------------- without the program in between


@pytest.fixture
def self_serving():
    ActivityType.objects.filter(slug="quote").update(self_serve=True)


@pytest.mark.usefixtures("self_serving", "cast")
def test_a_self_serve_kind_finds_its_customer_by_itself(drain):
    first, second = (owned_speaker() for _n in range(2))
    request = request_of(slug="quote")
    drain()
    request.refresh_from_db()
    tried = {one.account: one.state for one in request.candidates.all()}
    assert request.state == RequestState.MATCHING
    assert sorted(tried.values()) == [CandidateState.LINED_UP, CandidateState.OWNER_REVIEW]
    assert set(tried) == {first.account, second.account}


@pytest.mark.usefixtures("self_serving", "cast")
def test_who_is_kept_from_it_waits_for_the_program(drain):
    speaker()
    requester = UserFactory()
    RestrictionFactory(user=requester, privilege=Privilege.SELF_SERVE)
    request = request_of(requester, slug="quote")
    drain()
    request.refresh_from_db()
    assert (request.state, request.candidates.count()) == (RequestState.SUBMITTED, 0)


def test_nobody_is_reminded_whose_address_is_unknown_to_us(drain, time_machine):
    time_machine.move_to(NOON, tick=False)
    candidate = invited()
    Person.objects.filter(pk=candidate.contact.person_id).update(email="")
    time_machine.move_to(NOON + DAY, tick=False)
    overdue.follow_up()
    drain()
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.INVITED
