"""Hours against work: understaffed %, what would be otherwise, and who hears that a month lacks hours."""

import datetime as dt
from decimal import Decimal

import pytest

from refprogram.governance.capacity import selectors, services
from refprogram.governance.capacity.desk import desk_items
from refprogram.governance.capacity.displacing import turn
from refprogram.governance.capacity.models import CapacityAlert, Demand
from refprogram.governance.capacity.shortage import NOBODY, Worst, percent_short, worst_of
from refprogram.governance.capacity.staff import Staff, staff_in
from refprogram.governance.capacity.what_if import Change, work_out
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from tests.factories.capacity import asked_of_us

NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)
JANUARY, FEBRUARY = dt.date(2027, 1, 1), dt.date(2027, 2, 1)


def work(*hours, month=NOVEMBER):
    return [Demand(subject_type="job", subject_id=at, kind="call", name="Call", month=month, hours=Decimal(each))
            for at, each in enumerate(hours, 1)]  # fmt: skip


# ---------------------------------------------------------------- pure


@pytest.mark.parametrize(
    ("needed", "available", "percent"),
    [
        (142, 100, 42),
        (250, 100, 150),
        (90, 120, -25),
        (100, 100, 0),
        (Decimal("100.4"), 100, 0),
        (Decimal("100.5"), 100, 1),
        (0, 0, None),
        (3, 0, NOBODY),
        (99_999, 1, NOBODY),
    ],
)
def test_understaffed_is_what_lacks_of_what_is_there(needed, available, percent):
    assert percent_short(Decimal(needed), Decimal(available)) == percent


def test_the_worst_month_is_named_and_hours_to_spare_elsewhere_do_not_hide_it():
    assert worst_of([(NOVEMBER, -60), (DECEMBER, None), (JANUARY, 39), (FEBRUARY, 39)]) == Worst(JANUARY, 39)
    assert worst_of([(NOVEMBER, -60), (DECEMBER, -2)]) == Worst(DECEMBER, -2)
    assert worst_of([(NOVEMBER, None)]) is None


def test_a_change_of_both_sides_says_what_falls_and_what_fits_again():
    jobs = work(40, 40, 40)
    assert turn(Decimal(100), Decimal(100), jobs, Decimal(0)).falls == []
    dropped = turn(Decimal(100), Decimal(100), jobs, Decimal(30))
    assert ([one.subject_id for one in dropped.falls], dropped.fits) == ([2], [])
    helped = turn(Decimal(100), Decimal(120), jobs, Decimal(0))
    assert (helped.falls, [one.subject_id for one in helped.fits]) == ([], [3])


def test_what_is_done_has_its_hours_and_falls_no_more():
    done, waits = work(60, 60)
    done.done = True
    assert [one.subject_id for one in turn(Decimal(130), Decimal(40), [done, waits], Decimal(0)).falls] == [2]


def test_twenty_four_names_in_november_counted_by_hand():
    # Two people, 21 working days each in November and 23 in December, six hours a day: 252 h and 276 h.
    staff = Staff({NOVEMBER: 42, DECEMBER: 46}, {NOVEMBER: 21, DECEMBER: 23})
    wanted = {NOVEMBER: work(100, 90, 50), DECEMBER: work(300, month=DECEMBER)}
    change = Change(count=24, each=Decimal("1.5"), month=NOVEMBER)

    outcome = work_out(change, [NOVEMBER, DECEMBER], staff, wanted)

    assert change.cost == 36
    november, december = outcome.months
    assert (november.needed, november.available, november.before) == (240, 252, -5)
    assert (november.needed_then, november.after) == (276, 10)
    assert (december.before, december.after) == (9, 9)
    assert [one.hours for one in outcome.falls] == [50]  # 100 + 90 fit into the 216 h that are left
    assert (outcome.before, outcome.after) == (Worst(DECEMBER, 9), Worst(NOVEMBER, 10))  # never one for the other


def test_one_more_from_december_and_a_longer_week():
    staff = Staff({NOVEMBER: 21, DECEMBER: 23}, {NOVEMBER: 21, DECEMBER: 23})
    wanted = {NOVEMBER: work(100, 60), DECEMBER: work(100, 60, month=DECEMBER)}
    joined = work_out(Change(people=1, people_from=DECEMBER), [NOVEMBER, DECEMBER], staff, wanted)
    assert [one.available_then for one in joined.months] == [126, 276]
    assert [(one.before, one.after) for one in joined.months] == [(27, 27), (16, -42)]
    assert [(one.month, one.hours) for one in joined.fits] == [(DECEMBER, 60)]
    longer = work_out(Change(weekly=Decimal(40)), [NOVEMBER], staff, wanted)
    assert (longer.months[0].available_then, longer.months[0].after) == (168, -5)
    gone = work_out(Change(people=-3), [NOVEMBER], staff, wanted)
    assert (gone.months[0].available_then, gone.months[0].after) == (0, NOBODY)


# ---------------------------------------------------------------- read and told


@pytest.mark.django_db
def test_hours_of_a_kind_are_learned_from_the_last_year(november):
    asked_of_us(3, hours=2)
    services.record_all(work(9, month=dt.date(2025, 10, 1)))
    assert [(one.name, one.times, one.each) for one in selectors.kinds_lately(NOVEMBER)] == [("Reference call", 3, 2)]


@pytest.mark.django_db
def test_who_came_first_stays_first_however_often_it_is_said_again(november, rep, manager, marketer):
    def say(subject, hours, **more):
        services.record_demand(subject=subject, kind="call", name="Call", hours=Decimal(hours), on=NOVEMBER, **more)

    for subject in (rep, manager, marketer):
        say(subject, 1)
        november.shift(dt.timedelta(minutes=1))
    say(rep, 2)
    say(marketer, 1, done=True)
    assert [one.subject_id for one in selectors.wanted_in(NOVEMBER)] == [marketer.pk, rep.pk, manager.pk]


@pytest.mark.django_db
def test_somebody_new_has_the_usual_days(november, marketer):
    staff = staff_in([NOVEMBER, DECEMBER], newcomer=True)
    assert (staff.days, staff.newcomer) == ({NOVEMBER: 21, DECEMBER: 23}, {NOVEMBER: 21, DECEMBER: 23})
    assert (staff.hours(NOVEMBER), staff.hours(NOVEMBER, more=1)) == (126, 252)
    assert staff.hours(NOVEMBER, weekly=Decimal(20)) == 84


@pytest.mark.django_db
def test_a_month_that_lacks_hours_is_told_once_and_again_only_when_worse_by_a_step(
    november, marketer, executive, rep, drain, mailoutbox
):  # fmt: skip
    asked_of_us(1, hours=150)  # of 126: 19 %
    assert services.watch() == []
    asked_of_us(1, hours=6)  # 24 %
    assert [(one.month, one.percent) for one in services.watch()] == [(NOVEMBER, 24)]
    assert services.watch() == []
    drain()
    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "Edo Executive <executive@house.example>", "Mona Marlow <marketer@house.example>"
    ]  # fmt: skip
    assert mailoutbox[0].subject == "November: 24 % more work than hours"
    assert "/capacity/" in mailoutbox[0].body
    asked_of_us(1, hours=20)  # 40 %: no step of 25 yet
    assert services.watch() == []
    asked_of_us(1, hours=13)  # 50 %
    assert [one.told for one in services.watch()] == [50]
    drain()
    assert [mail.subject for mail in mailoutbox[2:]] == ["November is worse: 50 % more work than hours"] * 2
    assert Notice.objects.count() == 4


@pytest.mark.django_db
def test_the_desk_says_it_as_long_as_it_is_so(november, marketer, executive, rep):
    asked_of_us(2, hours=90)
    services.watch()
    assert [(item.title, item.detail) for item in desk_items(executive)] == [
        ("1 month lacks hours", "November +43 %")
    ]  # fmt: skip
    assert desk_items(rep) == []
    Demand.objects.all().delete()
    services.watch()
    assert desk_items(marketer) == []
    assert Event.objects.filter(topic="capacity.relieved").count() == 1
    asked_of_us(2, hours=90)  # back to where it was: on the desk again, and no new letter
    assert services.watch() == []
    assert [item.detail for item in desk_items(marketer)] == ["November +43 %"]


@pytest.mark.django_db
def test_months_that_are_over_lack_nothing_any_more(november, marketer):
    asked_of_us(2, hours=90)
    services.watch()
    november.move_to(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC))
    assert desk_items(marketer) == []
    services.watch()
    assert CapacityAlert.objects.get().relieved_at == dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_work_without_anybody_is_told_in_words(november, executive, drain, mailoutbox):
    asked_of_us(1, hours=3)
    services.watch()
    drain()
    assert [mail.subject for mail in mailoutbox] == ["November: there is work, and hardly anybody to do it"]
    assert [item.detail for item in desk_items(executive)] == ["November: nobody"]
