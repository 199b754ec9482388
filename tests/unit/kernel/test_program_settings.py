"""Figures of policies: typed, cheap to read, changed through one door, recounted by a job where rows keep them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from references.accounts import fatigue, policy, recounting, services
from references.accounts.enums import Tier
from references.accounts.models import Account, Contact
from references.requests import policy as matching
from refprogram.kernel import jobs
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event, Job, ProgramSetting
from refprogram.kernel.program_settings import current, selectors
from refprogram.kernel.program_settings.figures import room_of, rooms
from refprogram.kernel.program_settings.kinds import (
    ByName,
    Days,
    Exact,
    OneOf,
    Refused,
    Several,
    Steps,
    TimeOfDay,
    Whole,
    YesNo,
)
from refprogram.kernel.program_settings.services import StaleFigures, change
from tests.factories.kernel import ProgramSettingFactory
from tests.factories.references import reserved, speaker

pytestmark = pytest.mark.django_db
ROOM = room_of(policy.Figures)
REQUESTS = room_of(matching.Figures)


def test_without_rows_the_defaults_hold():
    assert policy.now().half_life == dt.timedelta(days=45)
    assert policy.verify_every("silver") == dt.timedelta(days=180)
    assert matching.now().prior_rating == Decimal("3.5")


def test_a_changed_figure_is_in_force_at_once_and_told(marketer):
    change(room=ROOM, values={"verify_grace": 10}, user=marketer)

    assert policy.now().verify_grace == dt.timedelta(days=10)
    told = Event.objects.get(topic="settings.changed")
    assert (told.payload["was"], told.payload["now"]) == ("30 days", "10 days")
    assert told.actor_id == marketer.person_id


def test_reading_asks_the_database_once_and_then_never():
    current._Known.snapshot = None
    with CaptureQueriesContext(connection) as asked:
        for _time in range(1000):
            policy.now()
            matching.now()
    assert len(asked) == 1


def test_another_process_sees_the_change_by_the_stamp(marketer, django_capture_on_commit_callbacks):
    assert policy.now().pause == dt.timedelta(days=91)
    elsewhere = current._Known.snapshot
    with django_capture_on_commit_callbacks(execute=True):
        change(room=ROOM, values={"pause": 30}, user=marketer)
    current._Known.snapshot = elsewhere  # the other process has not looked since
    assert policy.now().pause == dt.timedelta(days=91)
    elsewhere.checked_at -= current.ASK_CACHE_AFTER
    assert policy.now().pause == dt.timedelta(days=30)


def test_a_change_that_is_taken_back_changes_nothing(marketer):
    with transaction.atomic():
        change(room=ROOM, values={"pause": 30}, user=marketer)
        transaction.set_rollback(True)
    current._Known.snapshot = None
    assert policy.now().pause == dt.timedelta(days=91)


def test_limits_are_said_beside_the_figure(marketer):
    with pytest.raises(InvalidInput) as refused:
        change(room=ROOM, values={"verify_grace": 900, "consent_years": "two"}, user=marketer)
    assert refused.value.errors == {"verify_grace": "At most 366.", "consent_years": "A whole number, please."}
    assert not ProgramSetting.objects.exists()


def test_one_of_several_is_named(marketer):
    with pytest.raises(InvalidInput) as refused:
        change(room=ROOM, values={"verify_every": {"platinum": 90, "gold": 0, "silver": 180, "": 180}}, user=marketer)
    assert refused.value.errors == {"verify_every.gold": "At least 7."}


def test_figures_have_to_go_together(marketer):
    with pytest.raises(InvalidInput) as refused:
        change(room=REQUESTS, values={"fit": 50}, user=marketer)
    assert refused.value.errors == {"fit": "The four weights have to make up 100."}
    change(room=REQUESTS, values={"fit": 50, "availability": 15}, user=marketer)
    assert matching.now().fit == 50


def test_back_to_the_default_and_the_history(marketer):
    change(room=ROOM, values={"consent_years": 3}, user=marketer)
    change(room=ROOM, values={"consent_years": None}, user=marketer)

    assert policy.now().consent_years == 2
    said = [(line.label, line.was, line.now) for line in selectors.history(ROOM, marketer)]
    assert said == [
        ("What a customer agrees to holds for", "3 years", "2 years"),
        ("What a customer agrees to holds for", "2 years", "3 years"),
    ]


def test_the_slower_of_two_editors_is_told(marketer, cast):
    seen = selectors.shown([ROOM])[0].revision
    change(room=ROOM, values={"consent_years": 3}, user=cast.admin, revision=seen)
    with pytest.raises(StaleFigures):
        change(room=ROOM, values={"consent_years": 4}, user=marketer, revision=seen)
    assert policy.now().consent_years == 3


def test_a_value_that_fits_no_longer_is_the_default():
    ProgramSettingFactory(value=999_999)
    current.changed()
    assert policy.now().capacity == 120


def test_the_half_life_changes_when_the_job_has_recounted(marketer):
    contact = speaker()
    at = dt.datetime.now(dt.UTC)
    services.spend_ask(ask=reserved(contact), actor=None, at=at)
    (job,) = change(room=ROOM, values={"half_life": 90}, user=marketer)
    assert policy.now().half_life == dt.timedelta(days=45)

    jobs.run(job_id=job.pk)

    assert Job.objects.get(pk=job.pk).state == "done"
    assert policy.now().half_life == dt.timedelta(days=90)
    account, found = Account.objects.get(pk=contact.account_id), Contact.objects.get(pk=contact.pk)
    assert fatigue.index(account.fatigue_key, at) == 50  # 40 of the contact's 80
    assert fatigue.load(found.fatigue_key, at + dt.timedelta(days=90)) == pytest.approx(20)


def test_a_recount_that_fails_leaves_the_figure(marketer, monkeypatch):
    (job,) = change(room=ROOM, values={"half_life": 90}, user=marketer)
    monkeypatch.setattr(recounting, "recount", lambda figures, progress: 1 / 0)
    jobs.run(job_id=job.pk)
    assert Job.objects.get(pk=job.pk).state == "failed"
    assert policy.now().half_life == dt.timedelta(days=45)


@pytest.mark.parametrize(
    ("kind", "good", "kept"),
    [
        (Whole(0, 10), " 7 ", 7),
        (Exact(), "3,5", "3.5"),
        (YesNo(), True, True),
        (OneOf((("a", "A"),)), "a", "a"),
        (Days(0, 9), 3, 3),
        (TimeOfDay(), "17:00", "17:00"),
        (Several(Whole(0, 23)), "10, 15", [10, 15]),
        (Steps(Whole(0, 90)), "5: 0, 10: 7", [[5, 0], [10, 7]]),
        (ByName(Whole(), (("a", "A"), ("b", "B"))), {"a": 1, "b": 2}, {"a": 1, "b": 2}),
    ],
)
def test_every_kind_reads_what_it_keeps(kind, good, kept):
    value = kind.read(good)
    assert kind.keep(value) == kept
    assert kind.read(kept) == value
    assert kind.words(value)


@pytest.mark.parametrize(
    ("kind", "bad"),
    [
        (Whole(0, 10), 11), (Whole(0, 10), True), (Whole(), "1e3"), (Whole(), ""), (Whole(), [1]),
        (Exact(), "NaN"), (Exact(), "1.23456"), (Exact(), True), (Exact(), None), (YesNo(), "yes"),
        (OneOf((("a", "A"),)), "b"),
        (OneOf((("a", "A"),)), ["a"]), (Days(0, 9), 10), (TimeOfDay(), "25:00"), (TimeOfDay(), 7),
        (Several(Whole()), "9, 4"), (Several(Whole()), ""), (Several(Whole()), 4), (Steps(Whole()), "5: 0, 5: 7"),
        (Steps(Whole()), "five"), (Steps(Whole()), [[1]]), (Steps(Whole()), ""),
        (ByName(Whole(), (("a", "A"),)), {"b": 1}),
        (ByName(Whole(), (("a", "A"),)), 4),
    ],
)  # fmt: skip
def test_nonsense_is_refused(kind, bad):
    with pytest.raises(Refused):
        kind.read(bad)


def test_every_default_is_within_its_own_limits():
    for room in rooms().values():
        for figure in room.figures:
            assert figure.kind.read(figure.kind.keep(figure.default)) == figure.default
            assert (
                figure.kind.read(figure.kind.raw(figure.name, figure.kind.initial(figure.name, figure.default)))
                is not None
            )
        assert getattr(room.made, "check", lambda _figures: {})(room.build({})) == {}


def test_tiers_are_all_there():
    assert set(policy.now().verify_every) == set(Tier.values)
