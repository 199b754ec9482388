"""Hours of executives: offered, limited, asked for, moved, held; and the circle of what guests say."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import Verdict as Said
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.consequences.models import Task
from refprogram.governance.facetime import calendars, hours, keeping_times, privacy, selectors, series, services
from refprogram.governance.facetime.desk import desk_items
from refprogram.governance.facetime.enums import FeedbackState, FollowUp, GuestAnswer, SlotState, TalkState
from refprogram.governance.facetime.models import FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.proofs import proofs
from refprogram.governance.facetime.services import Offer
from refprogram.governance.facetime.services.asking import SlotTaken
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.program_settings import services as settings
from refprogram.kernel.program_settings.figures import rooms
from refprogram.people.calendars.working_time import WorkingTime
from tests.factories.facetime import FaceTimeSlotFactory, asked, booked, held, past, told_us
from tests.factories.people import DelegationFactory, LeaveFactory, PersonFactory

pytestmark = pytest.mark.django_db

NINE_TO_FIVE = ((dt.time(9), dt.time(17)),)
WEEK = (*[NINE_TO_FIVE] * 5, (), ())
TUESDAY = dt.date(2026, 11, 10)


def offer(**more):
    facts = {"first": TUESDAY, "at": dt.time(16), "minutes": 45, "topics": ["roadmap"], "circles": ["customer"]}
    return Offer(**facts | more)


# ---------------------------------------------------------------- offering


def test_a_weekly_series_leaves_out_holidays_and_days_away_and_keeps_its_hour():
    zone = ZoneInfo("Europe/Amsterdam")
    works = WorkingTime(zone=zone, week=WEEK, days={dt.date(2026, 3, 24): ()})
    away = [(dt.date(2026, 4, 6), dt.date(2026, 4, 8))]
    planned = series.weekly(dt.date(2026, 3, 17), dt.time(16), 5, zone=zone, works=works, away=away)
    assert [at.astimezone(zone).isoformat() for at in planned.starts] == [
        "2026-03-17T16:00:00+01:00", "2026-03-31T16:00:00+02:00", "2026-04-14T16:00:00+02:00",
    ]  # fmt: skip
    assert (planned.closed, planned.away) == ([dt.date(2026, 3, 24)], [dt.date(2026, 4, 7)])


def test_tuesdays_for_six_weeks_over_a_holiday_and_leave(november, executive):
    LeaveFactory(user=executive, starts_on=dt.date(2026, 12, 1), ends_on=dt.date(2026, 12, 4))
    made = services.publish(executive=executive, offer=offer(weeks=6), by=executive)
    assert [slot.starts_at.date().isoformat() for slot in made.slots] == [
        "2026-11-10", "2026-11-17", "2026-11-24", "2026-12-08", "2026-12-15",
    ]  # fmt: skip
    assert made.away == [dt.date(2026, 12, 1)]
    with pytest.raises(InvalidInput, match="There is a slot already on 17 November at 16:00"):
        services.publish(executive=executive, offer=offer(first=dt.date(2026, 11, 17)), by=executive)
    with pytest.raises(InvalidInput, match="is away then"):
        services.publish(executive=executive, offer=offer(first=dt.date(2026, 12, 1)), by=executive)
    with pytest.raises(InvalidInput, match="does not work on such a day"):
        services.publish(executive=executive, offer=offer(first=dt.date(2026, 11, 14)), by=executive)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"minutes": 10}, "minutes"), ({"minutes": 121}, "minutes"), ({"topics": []}, "topics"),
        ({"circles": ["everybody"]}, "circles"), ({"manner": "site"}, "place"), ({"weeks": 0}, "weeks"),
        ({"first": dt.date(2026, 10, 27)}, "first"), ({"first": dt.date(2028, 2, 1)}, "first"),
    ],
)  # fmt: skip
def test_what_cannot_be_offered_is_said_beside_its_field(november, executive, wrong, field):
    with pytest.raises(InvalidInput) as refusal:
        services.publish(executive=executive, offer=offer(**wrong), by=executive)
    assert list(refusal.value.errors) == [field]
    assert not FaceTimeSlot.objects.exists()


def test_who_stands_in_offers_and_agrees_nobody_else_does(november, executive, support, marketer, rep):
    with pytest.raises(NotAllowed):
        services.publish(executive=executive, offer=offer(), by=marketer)
    with pytest.raises(NotAllowed):
        services.publish(executive=rep, offer=offer(), by=rep)
    DelegationFactory(principal=executive, delegate=support)
    slot = services.publish(executive=executive, offer=offer(), by=support).slots[0]
    assert support.has_perm("governance.offer_face_time")
    assert (slot.executive, slot.published_by) == (executive, support)
    talk = asked(rep, slot)
    assert [item.title for item in desk_items(support)] == ["An hour for Northwind?"]
    with pytest.raises(NotAllowed):
        services.agree(talk=talk, by=marketer)
    assert services.agree(talk=talk, by=support).agreed_by == support


# ---------------------------------------------------------------- limits


def test_hours_pledged_offered_booked_and_given_counted_by_hand(november, executive, rep):
    services.set_terms(executive=executive, hours=Decimal(4), most_a_week=2, notice_days=1, by=executive)
    slots = [FaceTimeSlotFactory(executive=executive, in_days=days, length=60) for days in (2, 9, 16, 23, 30)]
    held(rep, slots[0])
    booked(rep, slots[1])
    services.withdraw(slot=slots[4], by=executive)
    line = next(one for one in hours.of_quarter(selectors.with_hours(), Quarter.now()) if one.executive == executive)
    assert (line.terms.hours, line.offered, line.booked, line.given, line.left) == (4, 4, 1, 1, 2)
    assert [part[0] for part in line.parts] == [1, 1, 2]
    after = hours.of_quarter([executive], Quarter.now().after)[0]
    assert (after.terms.hours, after.offered) == (4, 0)
    before = hours.of_quarter([executive], Quarter.now().before)[0]
    assert (before.terms.own, before.terms.hours) == (False, 6)


def test_no_more_is_asked_for_than_was_pledged(november, executive, rep):
    services.set_terms(executive=executive, hours=Decimal(2), most_a_week=5, notice_days=0, by=executive)
    slots = [FaceTimeSlotFactory(executive=executive, in_days=days, length=60) for days in (2, 9, 16)]
    asked(rep, slots[0])
    last = asked(rep, slots[1])
    with pytest.raises(InvalidInput, match="gives 2 hours in that quarter, and they are spoken for"):
        asked(rep, slots[2])
    services.cancel(talk=last, by=rep, why="Not needed")
    assert asked(rep, slots[2]).state == TalkState.REQUESTED


def test_a_week_is_full_and_notice_is_given(november, executive, rep):
    services.set_terms(executive=executive, hours=Decimal(20), most_a_week=1, notice_days=4, by=executive)
    near, monday, friday = (FaceTimeSlotFactory(executive=executive, in_days=days) for days in (3, 7, 11))
    with pytest.raises(InvalidInput, match="wants to know of it 4 days before"):
        asked(rep, near)
    asked(rep, monday)
    with pytest.raises(InvalidInput, match="at most 1 a week, and that week is full"):
        asked(rep, friday)
    assert near not in selectors.free_slots()


# ---------------------------------------------------------------- asking


def test_who_moves_a_talk_keeps_to_what_was_offered_and_agreed(november, executive, rep):
    services.set_terms(executive=executive, hours=Decimal(20), most_a_week=1, notice_days=4, by=executive)
    near, now, later, longer, winners, full = (
        FaceTimeSlotFactory(executive=executive, in_days=days, **more)
        for days, more in ((3, {}), (7, {}), (14, {}), (21, {"length": 90}), (28, {"circles": ["winner"]}), (36, {}))
    )
    asked(rep, FaceTimeSlotFactory(executive=executive, in_days=35))
    talk = booked(rep, now)
    for slot in (near, longer, winners, full):
        with pytest.raises(InvalidInput):
            services.move_talk(talk=talk, to=slot, by=rep)
    assert (FaceTimeTalk.objects.get(pk=talk.pk).slot, FaceTimeSlot.objects.get(pk=now.pk).state) == (now, "taken")
    assert services.move_talk(talk=talk, to=later, by=rep).slot == later
    assert services.move_talk(talk=talk, to=longer, by=executive).slot == longer  # it is their own hour


def test_nobody_agrees_to_a_talk_that_would_have_begun(november, executive, rep):
    late, soon = (FaceTimeSlotFactory(executive=executive, in_days=days) for days in (20, 5))
    talk = services.move_talk(talk=asked(rep, late), to=soon, by=rep)
    assert talk.answer_by <= soon.starts_at
    november.move_to(soon.starts_at + dt.timedelta(minutes=1))
    with pytest.raises(DomainError, match="would have begun"):
        services.agree(talk=talk, by=executive)


def test_a_slot_taken_twice_names_what_is_free_next(november, executive, rep, support):
    first, second = (FaceTimeSlotFactory(executive=executive, in_days=days) for days in (9, 16))
    asked(rep, first)
    with pytest.raises(SlotTaken, match="Somebody was faster") as refusal:
        asked(support, first)
    assert (refusal.value.code, refusal.value.instead) == ("slot-taken", second)
    assert FaceTimeTalk.objects.count() == 1


def test_the_executive_is_asked_by_mail_agrees_once_and_guests_get_an_entry(
    november, client, executive, rep, drain, mailoutbox
):  # fmt: skip
    guest = PersonFactory(name="Ada Berg")
    talk = asked(rep, FaceTimeSlotFactory(executive=executive), guest)
    drain()
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [
        ("An hour for Northwind?", [f"{executive.name} <{executive.email}>"])
    ]
    path = _path_in(mailoutbox[0].body)
    assert "They decide in March." in client.get(path).text
    talk.refresh_from_db()
    assert talk.state == TalkState.REQUESTED  # to open it is to do nothing
    assert client.post(path, {"answer": "no", "reason": " "}).status_code == 422
    assert client.post(path, {"answer": "yes"}).status_code == 302
    assert "Agreed, thank you" in client.get(path).text
    assert "this no was not taken" in client.post(path, {"answer": "no", "reason": "Changed my mind"}).text
    drain()
    invitation = next(mail for mail in mailoutbox if mail.to[0].startswith("Ada Berg"))
    assert invitation.attachments[0][0] == "invitation.ics"
    event = _event(invitation.attachments[0][1])
    assert (str(event["uid"]), event["sequence"]) == (f"{talk.public_id}@refprogram", 0)
    assert invitation.reply_to == [rep.email]
    talk.refresh_from_db()
    assert (talk.state, talk.agreed_by) == (TalkState.BOOKED, executive)


def _path_in(body):
    return next(word[word.index("/s/") :] for word in body.split() if "/s/" in word).split("?")[0]


def _event(content):
    return Calendar.from_ical(content).walk("VEVENT")[0]


def test_a_moved_talk_keeps_its_uid_and_counts_up_and_one_called_off_leaves_the_calendar(
    november, executive, rep, drain, mailoutbox
):  # fmt: skip
    slot, other = (FaceTimeSlotFactory(executive=executive, in_days=days) for days in (9, 16))
    talk = booked(rep, slot)
    first = _event(calendars.entry_file(talk))
    services.move_slot(slot=slot, starts_at=slot.starts_at + dt.timedelta(hours=2), minutes=30, place="", by=executive)
    talk.refresh_from_db()
    second = _event(calendars.entry_file(talk))
    services.move_talk(talk=talk, to=other, by=executive)
    talk = FaceTimeTalk.objects.get()
    third = _event(calendars.entry_file(talk))
    assert {str(one["uid"]) for one in (first, second, third)} == {f"{talk.public_id}@refprogram"}
    assert [one["sequence"] for one in (first, second, third)] == [0, 1, 2]
    assert third["dtstart"].dt == other.starts_at
    slot.refresh_from_db()
    assert slot.state == SlotState.FREE
    services.cancel(talk=talk, by=rep, why="They merged")
    talk.refresh_from_db()
    last = _event(calendars.entry_file(talk))
    assert (last["sequence"], last["status"]) == (3, "CANCELLED")
    drain()
    assert [mail.subject for mail in mailoutbox if "customer.example" in mail.to[0]][-1].startswith("Called off")
    assert all(proof.holds for proof in proofs())


def test_a_guest_says_yes_proposes_and_says_no(november, client, executive, rep, drain):
    slot, other = (FaceTimeSlotFactory(executive=executive, in_days=days) for days in (9, 16))
    talk = booked(rep, slot)
    guest = talk.guests.get()
    path = services.address_of(guest).removeprefix("http://testserver")
    path = path[path.index("/s/") :]
    assert "would like to meet you" in client.get(path).text
    assert client.post(path, {"answer": "maybe"}).status_code == 422
    assert client.post(path, {"answer": "other"}).status_code == 422
    assert client.post(path, {"answer": "other", "proposed": other.public_id}).status_code == 302
    guest.refresh_from_db()
    assert (guest.answer, guest.proposed) == (GuestAnswer.OTHER, other)
    assert [item.title for item in desk_items(rep)] == [f"{guest.person.name} proposes another time"]
    services.move_talk(talk=talk, to=other, by=rep)
    guest.refresh_from_db()
    assert guest.answer == GuestAnswer.OPEN
    assert client.post(path, {"answer": "yes"}).status_code == 302
    assert "You are expected" in client.get(path).text
    assert b"BEGIN:VEVENT" in client.get(f"{path}?calendar").content
    client.post(path, {"answer": "no", "words": "Ill"})
    assert "does not take place" in client.get(path).text
    talk.refresh_from_db()
    other.refresh_from_db()
    assert (talk.state, talk.ended_by_side, talk.why, other.state) == ("cancelled", "guest", "Ill", "free")
    assert client.post(path, {"answer": "yes"}).status_code == 422
    drain()


# ---------------------------------------------------------------- by the clock


def test_who_does_not_answer_has_not_agreed_and_unused_hours_lapse(november, executive, rep, drain, mailoutbox):
    slot = FaceTimeSlotFactory(executive=executive, in_days=9)
    talk = asked(rep, slot)
    november.shift(dt.timedelta(days=3))
    services.go_on()
    talk.refresh_from_db()
    slot.refresh_from_db()
    assert (talk.state, slot.state) == (TalkState.LAPSED, SlotState.FREE)
    november.shift(dt.timedelta(days=7))
    services.go_on()
    services.go_on()
    slot.refresh_from_db()
    assert slot.state == SlotState.LAPSED
    drain()
    assert "It does not take place: Northwind" in [mail.subject for mail in mailoutbox if rep.email in mail.to[0]]


def test_both_sides_are_reminded_once_a_day_before(november, executive, rep, drain, mailoutbox):
    talk = booked(rep, FaceTimeSlotFactory(executive=executive, in_days=9))
    drain()
    mailoutbox.clear()
    november.shift(dt.timedelta(days=8, hours=1))
    services.go_on()
    services.go_on()
    drain()
    assert sorted(mail.subject for mail in mailoutbox) == [
        "Tomorrow: Northwind", "Tomorrow: Northwind", f"Tomorrow: your talk with {executive.name}",
    ]  # fmt: skip
    november.shift(dt.timedelta(days=2))
    assert [item.title for item in desk_items(executive)] == ["Did it take place? Northwind"]
    services.no_show(talk=talk, by=executive)
    talk.slot.refresh_from_db()
    assert talk.slot.state == SlotState.LAPSED


# ---------------------------------------------------------------- afterwards


def test_what_a_guest_says_is_decided_on_answered_and_closes_the_talk(
    november, client, executive, rep, support, marketer, drain, mailoutbox
):  # fmt: skip
    talk = held(rep, FaceTimeSlotFactory(executive=executive, in_days=9))
    assert services.hold(talk=talk, by=rep).state == TalkState.HELD  # said twice
    row = told_us(talk)
    with pytest.raises(IllegalMove):
        told_us(talk, score=1)
    assert (row.state, row.score, row.due_at) == (FeedbackState.GIVEN, 4, row.given_at + dt.timedelta(days=5))
    name = row.guest.person.name
    assert [item.title for item in desk_items(rep)] == [f"Decide what follows: {name} gave 4 of 5"]
    assert desk_items(marketer) == []
    november.shift(dt.timedelta(days=6))
    late = desk_items(marketer)
    assert [item.tone for item in late] == ["stop"]
    facts = {"because": "In May.", "owner": support, "do_by": dt.date(2027, 5, 3)}
    with pytest.raises(InvalidInput, match="Say who does it"):
        services.decide(feedback=row, verdict=FollowUp.PLANNED, by=rep, **facts | {"owner": None})
    with pytest.raises(NotAllowed):
        services.decide(feedback=row, verdict=FollowUp.PLANNED, by=support, **facts)
    row = services.decide(feedback=row, verdict=FollowUp.PLANNED, by=rep, **facts)
    assert row.due_at == row.given_at + dt.timedelta(days=10)
    assert Task.objects.get().assignee == support
    drain()
    mailoutbox.clear()
    row = services.answer(feedback=row, reply="You will see it on 3 May.", by=support)
    talk.refresh_from_db()
    assert (row.state, talk.state) == (FeedbackState.ANSWERED, TalkState.CLOSED)
    drain()
    told = next(mail for mail in mailoutbox if mail.subject == "What became of what you told us")
    assert "You will see it on 3 May." in told.body
    assert "You will see it on 3 May." in client.get(_path_in(told.body)).text


def test_a_guest_who_says_nothing_is_not_waited_for(november, executive, rep):
    talk = held(rep, FaceTimeSlotFactory(executive=executive, in_days=9))
    november.shift(dt.timedelta(days=22))
    services.go_on()
    talk.refresh_from_db()
    assert talk.state == TalkState.CLOSED


def test_it_is_not_held_before_it_began(november, rep, executive):
    talk = booked(rep, FaceTimeSlotFactory(executive=executive))
    with pytest.raises(DomainError, match="It has not begun yet"):
        services.hold(talk=talk, by=rep)
    assert services.hold(talk=past(talk), by=executive).slot.state == SlotState.USED


# ---------------------------------------------------------------- approval


def test_where_the_setting_says_so_the_chain_comes_first(november, executive, admin, rep, drain):
    settings.change(room=rooms()["governance.facetime"], values={"needs_approval": True}, user=admin)
    talk = asked(rep, FaceTimeSlotFactory(executive=executive))
    assert talk.state == TalkState.APPROVAL
    approvals.decide(approval=talk.approval, by=executive, verdict=Said.APPROVE)
    drain()
    talk.refresh_from_db()
    assert (talk.state, talk.agreed_by) == (TalkState.BOOKED, executive)


def test_what_the_chain_refuses_gives_the_hour_back(november, executive, admin, rep, drain):
    settings.change(room=rooms()["governance.facetime"], values={"needs_approval": True}, user=admin)
    talk = asked(rep, FaceTimeSlotFactory(executive=executive))
    approvals.decide(approval=talk.approval, by=executive, verdict=Said.REJECT, comment="Not now.")
    drain()
    talk.refresh_from_db()
    talk.slot.refresh_from_db()
    assert (talk.state, talk.slot.state) == (TalkState.DECLINED, SlotState.FREE)


# ---------------------------------------------------------------- what is held of persons


def test_a_guest_who_is_erased_leaves_figures_and_no_words(november, executive, rep):
    guest = PersonFactory(name="Ada Berg")
    talk = held(rep, FaceTimeSlotFactory(executive=executive, in_days=9), guest)
    row = told_us(talk)
    told = privacy.export_person(guest.pk)
    assert [line["wish"] for line in told["face_time_feedback"]] == ["Show us the plan in May."]
    assert [line["talk__state"] for line in told["face_time_invitations"]] == ["held"]
    privacy.erase_person(guest.pk)
    row.refresh_from_db()
    talk.refresh_from_db()
    assert (row.score, row.gained, row.wish, talk.reason) == (4, "", "", "")


def test_words_go_after_three_years_and_hours_that_nobody_asked_for_after_two(november, executive, rep):
    unused = FaceTimeSlotFactory(executive=executive, in_days=9)
    talk = held(rep, FaceTimeSlotFactory(executive=executive, in_days=16))
    row = services.decide(
        feedback=told_us(talk), verdict=FollowUp.NO, because="Not ours.", owner=None, do_by=None, by=rep
    )
    services.answer(feedback=row, reply="Thank you.", by=rep)
    november.shift(dt.timedelta(days=10))
    services.go_on()
    november.shift(dt.timedelta(days=1200))
    for policy in keeping_times.POLICIES:
        policy.forget(list(policy.due()))
    row.refresh_from_db()
    assert (row.score, row.wish, row.reply) == (4, "", "")
    assert list(FaceTimeSlot.objects.filter(pk=unused.pk)) == []
    assert [policy.due().exists() for policy in keeping_times.POLICIES] == [False, False]
