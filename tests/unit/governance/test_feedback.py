"""Feedback from the field: to whom it goes, by when it is answered, how fast answers come."""

import datetime as dt

import pytest

from refprogram.governance.feedback import policy, privacy, selectors, services
from refprogram.governance.feedback.desk import desk_items
from refprogram.governance.feedback.enums import NoteState
from refprogram.governance.feedback.keeping_times import POLICIES
from refprogram.governance.feedback.models import FieldNote
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.people.calendars.selectors import default_calendar
from refprogram.people.models import CalendarDay, SlaClock
from tests.factories.readiness import ChangeFactory, said
from tests.racing import results

pytestmark = pytest.mark.django_db


def at(day, hour, minute=0):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def test_it_goes_to_the_owner_of_the_change_else_to_the_program(november, marketer, rep, support, drain, mailoutbox):
    about = said(rep, change=ChangeFactory(name="Two names", owner=support))
    plain = said(rep)
    own = said(support, change=ChangeFactory(owner=support))
    assert (about.goes_to, plain.goes_to, own.goes_to) == (support, None, None)
    drain()
    assert [mail.to[0] for mail in mailoutbox] == [
        "Sami Support <support@house.example>", *["Mona Marlow <marketer@house.example>"] * 2
    ]  # fmt: skip
    assert mailoutbox[0].subject == "Rhea Rep about the program: It hurts"
    assert "The form is long." in mailoutbox[0].body
    assert [item.title for item in desk_items(support)] == ["Rhea Rep: “The form is long.”"]
    assert len(desk_items(marketer)) == 2


def test_two_working_days_lie_over_a_weekend_and_a_holiday(clock, marketer, rep):
    # Office hours, nine to five in the program's zone (UTC here): Friday 15:00, Monday is closed.
    calendar = default_calendar()
    calendar.time_zone = "UTC"
    calendar.save()
    CalendarDay(calendar=calendar, on=dt.date(2026, 11, 9), name="Holiday", hours=[]).save()
    clock.move_to(at(6, 15))
    note = said(rep)
    assert note.clock.due_at == at(11, 15)  # 2 h on Friday, 8 h on Tuesday, 6 h on Wednesday
    clock.move_to(at(10, 10))
    services.reply(row=note, words="We shorten it by Friday.", by=marketer)
    note.refresh_from_db()
    assert (note.clock.used_minutes, note.clock.stopped_at) == (180, at(10, 10))  # 2 h and 1 h
    assert note.state == NoteState.REPLIED


def test_figures_counted_by_hand(clock, marketer, rep):
    calendar = default_calendar()
    calendar.time_zone = "UTC"
    calendar.save()
    notes = [said(rep, words=str(n)) for n in range(5)]  # Monday, 9:00
    clock.move_to(at(2, 11))
    services.reply(row=notes[0], words="Yes", by=marketer)  # 2 h
    clock.move_to(at(3, 13))
    services.reply(row=notes[1], words="Yes", by=marketer)  # 8 + 4 h
    services.settle(row=notes[2], by=rep)  # needs no answer: in no figure
    clock.move_to(at(4, 9, 30))
    services.reply(row=notes[3], words="Late", by=marketer)  # 16 h 30, half an hour too late
    times = selectors.reply_times()
    assert (times.answered, times.median_minutes, times.waiting, times.late_now) == (3, 720, 1, 1)
    assert times.in_time == 2 / 4
    assert list(FieldNote.objects.filter(selectors.late())) == [notes[4]]
    assert desk_items(marketer)[0].tone == "stop"


def test_nothing_answered_has_no_figure():
    times = selectors.reply_times()
    assert (times.median_hours, times.in_time, times.waiting) == (None, None, 0)


def test_the_answer_goes_to_the_sender_who_settles_it(november, marketer, rep, drain, mailoutbox):
    note = said(rep)
    drain()
    mailoutbox.clear()
    services.reply(row=note, words=" We shorten it. ", by=marketer)
    drain()
    assert [(mail.to[0], mail.subject) for mail in mailoutbox] == [
        ("Rhea Rep <rep@house.example>", "Mona Marlow answered what you said about the program")
    ]  # fmt: skip
    assert "We shorten it." in mailoutbox[0].body
    assert services.settle(row=note, by=rep).state == NoteState.SETTLED
    assert services.settle(row=note, by=rep).state == NoteState.SETTLED
    with pytest.raises(IllegalMove):
        services.reply(row=note, words="Once more", by=marketer)


def test_who_may_not(marketer, admin, rep, support):
    note = said(rep)
    for by in (rep, support):
        with pytest.raises(NotAllowed):
            services.reply(row=note, words="No", by=by)
    with pytest.raises(NotAllowed):
        services.settle(row=note, by=marketer)
    mine = said(marketer)
    with pytest.raises(NotAllowed):
        services.reply(row=mine, words="To myself", by=marketer)
    assert services.reply(row=mine, words="To you", by=admin).replied_by == admin
    assert list(selectors.visible_to(support)) == []


def test_nothing_and_too_much_are_refused(rep, marketer):
    with pytest.raises(InvalidInput) as refusal:
        services.give(kind="hurts", words="  ", by=rep)
    assert "words" in refusal.value.errors
    with pytest.raises(InvalidInput):
        services.give(kind="shouts", words="A", by=rep)
    with pytest.raises(InvalidInput):
        services.reply(row=said(rep), words=" ", by=marketer)
    FieldNote.objects.bulk_create(FieldNote(sender=rep, kind="helps", words="A") for _ in range(policy.MOST_A_DAY))
    with pytest.raises(DomainError, match="a lot today"):
        said(rep)


def test_erased_words_are_gone_and_the_figures_stay(marketer, rep):
    note = said(rep)
    services.reply(row=note, words="Yes", by=marketer)
    assert privacy.export_person(rep.person_id)["feedback_given"].get()["words"] == "The form is long."
    privacy.erase_person(rep.person_id)
    note.refresh_from_db()
    assert (note.words, note.reply, selectors.reply_times().answered) == ("", "", 1)


def test_after_two_years_it_is_forgotten_with_its_clock(rep):
    said(rep)
    rows = list(POLICIES[0].overdue(dt.datetime.now(dt.UTC) + dt.timedelta(days=1)))
    POLICIES[0].forget(rows)
    assert (FieldNote.objects.count(), SlaClock.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_kept(marketer, admin, rep):
    note = said(rep)
    assert results(
        lambda: services.reply(row=note, words="First", by=marketer),
        lambda: services.reply(row=note, words="Second", by=admin),
    ) == ["done", "illegal-move"]
    note.refresh_from_db()
    assert (note.reply, note.replied_by) in [("First", marketer), ("Second", admin)]
