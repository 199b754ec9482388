"""Around a conversation: another time, the brief, whether it was held, minutes, thanks, bad grades, unmet demand."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from references.accounts import clock
from references.accounts.models import Contact
from references.coverage.models import UnmetDemand
from references.coverage.selectors.unmet import unmet_by, unmet_in
from references.requests import briefs, calendars, overdue, services
from references.requests.enums import CandidateState, RequestState, Side, UnfilledReason
from references.requests.models import Candidate
from references.requests.services.aftermath import effort_of
from refprogram.governance.consequences.models import Task
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from refprogram.kernel.models import Event
from tests.factories.people import UserFactory
from tests.factories.requests import accepted, closed, delivered, owned_speaker, request_of

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)


def soon(days: int, hour: int = 12) -> dt.datetime:
    return timezone.now().replace(hour=hour, minute=0, second=0, microsecond=0) + dt.timedelta(days=days)


def arranged(days: int = 5, **need) -> Candidate:
    candidate = accepted(request=request_of(**need), times=(soon(days), soon(days + 1)))
    return services.schedule(candidate=candidate, at=soon(days), actor=candidate.request.requester)


# ---------------------------------------------------------------- another time


def test_an_agreed_time_stands_in_the_ask_calendar_on_its_day_and_moves_with_it():
    candidate = arranged(5)
    assert candidate.ask.planned_on == candidate.request.needed_by  # as it was asked; the row is read anew below
    candidate.ask.refresh_from_db()
    assert candidate.ask.planned_on == clock.today(soon(5))
    candidate = services.offer_other_times(candidate=candidate, times=(soon(8),), token="")
    services.schedule(candidate=candidate, at=soon(8), actor=candidate.request.requester)
    candidate.ask.refresh_from_db()
    assert candidate.ask.planned_on == clock.today(soon(8))
    assert Event.objects.filter(topic="ask.moved", subject_id=candidate.ask.pk).count() == 2


def test_a_mail_tells_a_customer_the_time_of_where_they_live(drain, mailoutbox):
    times = (dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC), dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC))
    with time_machine.travel(MONDAY, tick=False):
        candidate = accepted(contact=owned_speaker(city="São Paulo"), times=times)  # their own zone is not known
        services.schedule(candidate=candidate, at=times[0], actor=candidate.request.requester)
        drain()
    mail = next(one for one in mailoutbox if candidate.contact.person.email in one.to[0] and "4 March" in one.body)
    assert "09:00" in mail.body
    assert "UTC" not in mail.body


def test_a_customer_who_cannot_make_it_offers_another_time_and_every_time_stays_in_the_stream(drain, mailoutbox):
    candidate = arranged()
    first = calendars.entry(candidate)
    candidate = services.offer_other_times(candidate=candidate, times=(soon(8),))
    assert (candidate.state, candidate.scheduled_at, candidate.times) == (CandidateState.ACCEPTED, None, [soon(8)])
    assert candidate.request.state == RequestState.CONFIRMED  # they stay agreed: nobody else is looked for
    drain()
    assert any("said yes" in mail.subject for mail in mailoutbox if candidate.request.requester.email in mail.to[0])
    candidate = services.schedule(candidate=candidate, at=soon(8), actor=candidate.request.requester)
    said = Event.objects.filter(subject_type="candidate", subject_id=candidate.pk).order_by("pk")
    times = [
        event.payload.get("at") or event.payload.get("before")
        for event in said
        if event.payload.get("at") or event.payload.get("before")
    ]
    assert [dt.datetime.fromisoformat(one) for one in times] == [soon(5), soon(5), soon(8)]
    second = calendars.entry(candidate)

    def line(entry: bytes, name: str) -> str:
        return next(one for one in entry.decode().splitlines() if one.startswith(name))

    assert line(first, "UID") == line(second, "UID")
    assert int(line(second, "SEQUENCE")[9:]) >= int(line(first, "SEQUENCE")[9:])
    assert line(first, "DTSTART") != line(second, "DTSTART")


def test_a_customer_has_to_offer_something():
    with pytest.raises(InvalidInput, match="one time at least"):
        services.offer_other_times(candidate=arranged(), times=())


def test_whoever_asked_says_why_the_time_does_not_suit_and_the_customer_reads_it(drain, mailoutbox):
    candidate = arranged()
    services.ask_for_other_times(candidate=candidate, why="The board moved.", actor=candidate.request.requester)
    drain()
    mail = next(mail for mail in mailoutbox if mail.subject == "Could we find another time?")
    assert candidate.contact.person.email in mail.to[0]
    assert "The board moved." in mail.body


def test_no_other_time_once_it_was_held():
    candidate = delivered()
    with pytest.raises(IllegalMove):
        services.ask_for_other_times(candidate=candidate, why="Late", actor=candidate.request.requester)


# ---------------------------------------------------------------- the brief


def test_both_sides_read_who_why_what_and_what_was_promised(drain, mailoutbox):
    candidate = arranged(topics="- Start-up\n- Cost after a year", must_industry="Retail", must_persona="CFO")
    services.keep_promise(candidate=candidate, promised="No names of suppliers", actor=candidate.request.requester)
    candidate.refresh_from_db()
    us, customer = briefs.for_us(candidate), briefs.for_customer(candidate)
    assert us.topics == customer.topics == ["Start-up", "Cost after a year"]
    assert us.why == ["Industry: Retail", "Role of who speaks: CFO"]
    assert us.promised[0] == customer.promised[0] == "No names of suppliers"
    assert ("Company", candidate.account.name) in us.who
    assert ("For whom", "Northwind") in customer.who
    drain()
    sent = [mail for mail in mailoutbox if mail.subject == f"Before you meet {candidate.contact.person.name}"]
    assert [candidate.request.requester.email in mail.to[0] for mail in sent] == [True]
    told = next(mail for mail in mailoutbox if mail.subject == "Agreed: Reference call")
    assert "Cost after a year" in told.body


def test_nothing_is_promised_after_it_was_held():
    with pytest.raises(DomainError, match="stays as it is"):
        services.keep_promise(candidate=delivered(), promised="Lunch", actor=UserFactory())


# ---------------------------------------------------------------- nobody says what became of it


def test_an_agreed_time_that_passed_is_asked_about_and_then_counts_as_held(drain, mailoutbox):
    with time_machine.travel(MONDAY, tick=False):
        candidate = arranged(1)  # Tuesday 3 March, 12:00
    found = []
    for day in (3, 4, 9, 10):
        with time_machine.travel(dt.datetime(2026, 3, day, 12, 30, tzinfo=dt.UTC), tick=False):
            overdue.follow_agreed(timezone.now())
            drain()
            asked = [mail for mail in mailoutbox if mail.subject.startswith("Did it take place?")]
            candidate.refresh_from_db()
            found.append((day, len(asked), candidate.state))
    # asked after one working day; the fifth is Tuesday the 10th
    assert found == [(3, 0, "scheduled"), (4, 1, "scheduled"), (9, 1, "scheduled"), (10, 1, "completed")]
    assert candidate.request.delivered_at == dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)
    assert Event.objects.get(topic="reference.delivered").payload["assumed"] is True


def test_a_yes_without_a_time_ends_as_not_held(drain):
    with time_machine.travel(MONDAY, tick=False):
        candidate = accepted(request=request_of(needed_by=dt.date(2026, 3, 3)))
    states = []
    for day in (4, 10, 11):
        with time_machine.travel(dt.datetime(2026, 3, day, 12, tzinfo=dt.UTC), tick=False):
            overdue.follow_agreed(timezone.now())
            candidate.request.refresh_from_db()
            states.append((day, candidate.request.state))
    # needed by the end of Tuesday the 3rd: five working days later it is the end of Tuesday the 10th
    assert states == [(4, "confirmed"), (10, "confirmed"), (11, "unfilled")]
    assert candidate.request.reason_code == UnfilledReason.NOT_HELD


# ---------------------------------------------------------------- what it took of the customer


@pytest.mark.parametrize(
    ("minutes", "effort"),
    [
        (30, 40),  # as usual: a call takes 30 minutes and 40 points
        (45, 60),  # half as long again: 40 x 1.5
        (60, 80),
        (10, 20),  # 40 x 1/3 = 13, but at least half: 20
        (600, 120),  # 40 x 20 = 800, but at most three times: 120
    ],
)
def test_minutes_become_effort(minutes, effort):
    assert effort_of(40, 30, minutes) == effort


def test_a_long_call_tires_more_and_the_customers_own_word_counts_first():
    candidate = delivered()
    requester = candidate.request.requester
    usual = candidate.ask.effort
    before = Contact.objects.get(pk=candidate.contact_id).fatigue_key
    services.give_feedback(candidate=candidate, side=Side.REQUESTER, rating=4, minutes=60, actor=requester)
    candidate.ask.refresh_from_db()
    assert (usual, candidate.ask.effort, candidate.ask.minutes) == (40, 80, 60)
    after = Contact.objects.get(pk=candidate.contact_id).fatigue_key
    assert after - before == pytest.approx(1)  # twice the load: log2 goes up by one
    services.give_feedback(candidate=candidate, side=Side.CUSTOMER, rating=4, minutes=15)
    candidate.ask.refresh_from_db()
    assert (candidate.ask.effort, candidate.ask.minutes) == (20, 15)


def test_the_requester_does_not_overrule_the_customer():
    candidate = delivered()
    services.give_feedback(candidate=candidate, side=Side.CUSTOMER, rating=4, minutes=45)
    services.give_feedback(
        candidate=candidate, side=Side.REQUESTER, rating=4, minutes=5, actor=candidate.request.requester
    )
    candidate.ask.refresh_from_db()
    assert (candidate.ask.effort, candidate.ask.minutes) == (60, 45)


# ---------------------------------------------------------------- thanks, and what went wrong


def test_the_owner_is_asked_to_thank_within_a_working_day_and_sends_it_once(drain, mailoutbox):
    owner = UserFactory(name="Otto Owner")
    with time_machine.travel(dt.datetime(2026, 3, 6, 10, tzinfo=dt.UTC), tick=False):  # a Friday
        candidate = delivered(contact=owned_speaker(owner))
        drain()
        task = Task.objects.get(assignee=owner)
        assert (task.title, task.due_on) == (
            f"Thank {candidate.contact.person.name} of {candidate.account.name}",
            dt.date(2026, 3, 9),
        )
        assert task.url == f"/requests/candidates/{candidate.public_id}/thanks/"
        candidate.refresh_from_db()
        words = briefs.draft_of_thanks(candidate)
        assert candidate.contact.person.name in words
        services.send_thanks(candidate=candidate, words=words, actor=owner)
        drain()
    mail = next(mail for mail in mailoutbox if mail.subject == f"Thank you, {candidate.contact.person.name}")
    assert "Otto Owner" in mail.body
    with pytest.raises(DomainError, match="thanked already"):
        services.send_thanks(candidate=candidate, words="Again", actor=owner)


@pytest.mark.parametrize(("rating", "tasks"), [(1, 1), (2, 1), (3, 0)])
@pytest.mark.parametrize("side", list(Side))
def test_a_bad_grade_of_either_side_opens_a_task_for_the_owner(drain, rating, tasks, side):
    owner = UserFactory()
    candidate = delivered(contact=owned_speaker(owner))
    services.give_feedback(
        candidate=candidate,
        side=side,
        rating=rating,
        expected=5,
        comment="Nobody listened.",
        actor=candidate.request.requester,
    )
    drain()
    drain()
    found = Task.objects.filter(assignee=owner, title__startswith="Find out what went wrong")
    assert found.count() == tasks
    for task in found:
        assert "They had hoped for 5." in task.detail
        assert "Nobody listened." in task.detail


# ---------------------------------------------------------------- demand that was not met


def test_what_could_not_be_filled_is_unmet_demand_of_its_cells(drain):
    now = timezone.now()
    wanted = (
        {"must_industry": "Retail", "must_employees": 300},
        {"must_industry": "Retail"},
        {"must_industry": "Banks"},
    )
    for need in wanted:
        services.mark_unfilled(
            request=request_of(**need), reason="Nobody.", reason_code="no_match", actor=UserFactory()
        )
    drain()
    drain()
    assert UnmetDemand.objects.count() == 3
    assert unmet_in({"industry": "Retail"}).count == 2
    assert unmet_in({"industry": "Retail"}).reasons == [("Nobody meets the must-haves", 2)]
    assert unmet_in({"industry": "Retail", "size": "250-999"}).count == 1  # 300 people: the band of 250 to 999
    assert unmet_in({"region": "1"}).count == 0
    assert unmet_by("industry", "size", {}) == {("Retail", "250-999"): 1}
    with time_machine.travel(now + dt.timedelta(days=91)):
        assert unmet_in({"industry": "Retail"}).count == 0


def test_closing_well_leaves_no_task_but_the_thanks(drain):
    owner = UserFactory()
    closed(rating=5, contact=owned_speaker(owner))
    drain()
    assert [task.title.partition(" ")[0] for task in Task.objects.filter(assignee=owner)] == ["Thank"]
