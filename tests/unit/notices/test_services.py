"""Telling: one line, at most one mail, as the reader wants it."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from refprogram.kernel.errors import InvalidInput, LinkRefused
from refprogram.kernel.models import SignedLink
from refprogram.notices import kinds, mails, services
from refprogram.notices.enums import Channel, MailState
from refprogram.notices.kinds import Kind
from refprogram.notices.models import Mail, Notice
from refprogram.notices.services import Letter, tell
from tests.factories.notices import PreferenceFactory
from tests.factories.people import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
KINDS = [
    Kind("usual", "Usual", "you nominated this customer"),
    Kind("daily", "Daily", "you screen nominations", default=Channel.DIGEST),
    Kind("must", "Must", "the law asks for it", required=True),
]


@pytest.fixture(autouse=True)
def _kinds(settings):
    settings.NOTICE_KINDS = ["tests.unit.notices.test_services.KINDS"]
    kinds.registry.cache_clear()
    yield
    kinds.registry.cache_clear()


def letter(**context: object) -> Letter:
    return Letter("One thing\nsince yesterday", "notices/digest", {"lines": [], **context})


def say(person, kind="usual", key="k", **options):
    return tell(person=person, kind=kind, key=key, text="It was approved.", url="/", letter=letter(), **options)


def test_telling_writes_a_line_counts_it_and_queues_a_mail(rep):
    notice = say(rep.person)

    rep.refresh_from_db()
    mail = Mail.objects.get()
    assert (notice.text, rep.unread_notices) == ("It was approved.", 1)
    assert (mail.to, mail.state, mail.subject) == (rep.email, MailState.QUEUED, "One thing since yesterday")


def test_the_same_key_tells_once(rep, support):
    say(rep.person)
    assert say(rep.person) is None
    say(support.person)

    rep.refresh_from_db()
    assert (rep.unread_notices, Notice.objects.count(), Mail.objects.count()) == (1, 2, 2)


def test_what_is_rolled_back_was_never_told(rep):
    def tell_and_fail():
        say(rep.person)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transaction.atomic(tell_and_fail)()

    rep.refresh_from_db()
    assert (rep.unread_notices, Notice.objects.count(), Mail.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("kind", "wish", "mailed", "for_digest"),
    [
        ("usual", None, 1, False),
        ("usual", Channel.OFF, 0, False),
        ("usual", Channel.DIGEST, 0, True),
        ("daily", None, 0, True),
        ("daily", Channel.NOW, 1, False),
        ("must", Channel.OFF, 1, False),
    ],
)
def test_mail_comes_as_the_reader_wants_and_what_is_required_always(rep, kind, wish, mailed, for_digest):
    if wish is not None:
        PreferenceFactory(person=rep.person, kind=kind, channel=wish)

    say(rep.person, kind)

    assert (Mail.objects.count(), Notice.objects.get().for_digest) == (mailed, for_digest)


@pytest.mark.parametrize(
    "fields", [{"email": ""}, {"email": "ann@agents.invalid"}, {"erased_at": dt.datetime.now(dt.UTC)}]
)
@pytest.mark.parametrize("kind", ["usual", "daily", "must"])
def test_who_has_no_mailbox_only_gets_the_line(fields, kind):
    say(PersonFactory(**fields), kind)

    assert (Mail.objects.count(), Notice.objects.get().for_digest) == (0, False)


def test_without_a_letter_nothing_is_mailed(rep):
    tell(person=rep.person, kind="usual", key="k", text="Short")

    assert not Mail.objects.exists()


def test_only_mail_that_may_be_stopped_says_how(rep):
    say(rep.person, "usual", "a")
    say(rep.person, "must", "b")

    usual, must = Mail.objects.order_by("pk")
    assert usual.unsubscribe_url in usual.html
    assert usual.unsubscribe_url in usual.text
    assert "You get this because you nominated this customer." in usual.text
    assert (must.unsubscribe_url, "Stop these mails" in must.text) == ("", False)


def test_a_mail_is_written_in_the_readers_zone(rep):
    rep.person.time_zone = "Asia/Tokyo"
    rep.person.save()
    at = dt.datetime(2026, 11, 2, 22, 30, tzinfo=dt.UTC)

    tell(person=rep.person, kind="usual", key="k", text="x", letter=letter(lines=[("Line", "", at)]))

    assert "Line (07:30)" in Mail.objects.get().text


# ---------------------------------------------------------------- quiet hours


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-11-02 12:00", "2026-11-02 12:00"),  # Monday, 13:00 in Amsterdam
        ("2026-11-02 18:59", "2026-11-02 18:59"),
        ("2026-11-02 19:00", "2026-11-03 06:00"),  # 20:00 there: tomorrow at 07:00
        ("2026-11-03 02:00", "2026-11-03 06:00"),
        ("2026-11-03 06:00", "2026-11-03 06:00"),
        ("2026-11-07 12:00", "2026-11-07 12:00"),  # a Saturday is no quiet time
        ("2026-10-24 20:00", "2026-10-25 06:00"),  # the clocks go back that night
    ],
)
def test_quiet_hours_are_the_readers(rep, settings, now, leaves):
    settings.MAIL_CATCHER = False
    rep.person.time_zone = "Europe/Amsterdam"

    with time_machine.travel(f"{now}Z", tick=False):
        say(rep.person)

    assert Mail.objects.get().send_after == dt.datetime.fromisoformat(f"{leaves}+00:00")


@pytest.mark.parametrize(
    ("begin", "end", "now", "leaves"),
    [
        (dt.time(12), dt.time(14), "13:30", "14:00"),
        (dt.time(12), dt.time(14), "14:00", "14:00"),
        (dt.time(12), dt.time(14), "11:59", "11:59"),
        (dt.time(9), dt.time(9), "09:00", "09:00"),  # the same twice: none
    ],
)
def test_quiet_hours_that_a_reader_set_hold_even_for_the_catcher(rep, begin, end, now, leaves):
    rep.person.quiet_from, rep.person.quiet_until = begin, end

    with time_machine.travel(f"2026-11-02 {now}Z", tick=False):
        say(rep.person)

    assert Mail.objects.get().send_after.strftime("%H:%M") == leaves


def test_the_catcher_wakes_nobody(rep):
    with time_machine.travel("2026-11-02 23:00Z", tick=False):
        assert mails.not_before(rep.person, dt.datetime.now(dt.UTC)) == dt.datetime.now(dt.UTC)


# ---------------------------------------------------------------- reading


def test_reading_counts_down_once(rep):
    first = say(rep.person, key="a")
    say(rep.person, key="b")

    services.read(user=rep, notice=first)
    services.read(user=rep, notice=first)

    rep.refresh_from_db()
    assert rep.unread_notices == 1


def test_reading_all_leaves_what_came_meanwhile(rep):
    with time_machine.travel("2026-11-02 09:00Z", tick=False) as clock:
        say(rep.person, key="a")
        shown = dt.datetime.now(dt.UTC)
        clock.shift(5)
        say(rep.person, key="b")

        assert services.read_all(user=rep, until=shown) == 1

    rep.refresh_from_db()
    assert rep.unread_notices == 1


def test_nobody_reads_anothers(rep, support):
    notice = say(rep.person)

    services.read(user=support, notice=notice)

    notice.refresh_from_db()
    assert notice.read_at is None


# ---------------------------------------------------------------- choosing


def wishes(**changes):
    return {"channels": {}, "quiet_from": None, "quiet_until": None, "time_zone": "", **changes}


def test_what_waits_and_is_no_longer_wanted_is_dropped(rep):
    say(rep.person)

    services.set_preferences(person=rep.person, **wishes(channels={"usual": "off"}))

    mail = Mail.objects.get()
    assert (mail.state, mail.text, mail.html) == (MailState.DROPPED, "", "")


def test_leaving_the_digest_empties_it(rep):
    say(rep.person, "daily")

    services.set_preferences(person=rep.person, **wishes(channels={"daily": "now"}))

    assert not Notice.objects.filter(for_digest=True).exists()


def test_what_is_required_cannot_be_switched_off(rep):
    services.set_preferences(person=rep.person, **wishes(channels={"must": "off"}))

    say(rep.person, "must")

    assert Mail.objects.count() == 1


def test_half_of_the_quiet_hours_is_a_mistake(rep):
    with pytest.raises(InvalidInput):
        services.set_preferences(person=rep.person, **wishes(quiet_from=dt.time(20)))


def test_one_click_stops_the_kind_as_often_as_it_is_clicked(rep):
    say(rep.person)
    token = Mail.objects.get().unsubscribe_url.rstrip("/").rpartition("/")[2]

    services.turn_down(token=token, channel=Channel.OFF)
    services.turn_down(token=token, channel=Channel.OFF)
    say(rep.person, key="other")

    assert Mail.objects.count() == 1
    SignedLink.objects.update(revoked_at=dt.datetime.now(dt.UTC))
    with pytest.raises(LinkRefused):
        services.turn_down(token=token, channel=Channel.NOW)


def test_the_database_refuses_to_tell_twice(rep):
    notice = say(rep.person)
    notice.pk, notice.public_id = None, "other"

    with pytest.raises(IntegrityError, match="notice_once"), transaction.atomic():
        notice.save(force_insert=True)


def test_a_person_without_an_account_is_told_too():
    say(UserFactory().person)
    say(PersonFactory())

    assert Notice.objects.count() == 2
