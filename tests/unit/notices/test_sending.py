"""Mail leaves once, in both parts; what is not taken is tried again and in the end given up, with the reason."""

import datetime as dt
import smtplib

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend

from refprogram.notices import policy, sending
from refprogram.notices.enums import MailState
from refprogram.notices.models import Mail
from tests.factories.notices import MailFactory
from tests.factories.people import PersonFactory
from tests.racing import at_once

SELF = "tests.unit.notices.test_sending"
pytestmark = pytest.mark.django_db


class DownBackend(EmailBackend):
    """A mail server that does not answer."""

    def open(self):
        raise ConnectionRefusedError("nobody there")


class FullBackend(EmailBackend):
    """A mail server that takes nothing at the moment."""

    def send_messages(self, messages):
        raise smtplib.SMTPResponseException(452, b"mailbox full")


class UnknownBackend(EmailBackend):
    """A mail server that knows no such mailbox."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


def test_a_mail_leaves_in_both_parts_and_its_words_are_emptied(mailoutbox, settings):
    mail = MailFactory(person__name="Ann\nLee", unsubscribe_url="https://x.example/s/t/")

    assert (sending.send_waiting(), sending.send_waiting()) == (1, 0)

    (sent,) = mailoutbox
    assert sent.to == [f"Ann Lee <{mail.to}>"]
    assert (sent.body, sent.alternatives[0].mimetype) == ("It was approved.\n", "text/html")
    assert sent.extra_headers == {
        "Message-ID": f"<{mail.public_id}@{settings.BASE_URL.split('/')[2].split(':')[0]}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<https://x.example/s/t/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.html, mail.unsubscribe_url) == (MailState.SENT, "", "", "")


def test_quiet_hours_are_waited_for(mailoutbox):
    with time_machine.travel("2026-11-02 23:00Z", tick=False) as clock:
        MailFactory(send_after=dt.datetime(2026, 11, 3, 7, tzinfo=dt.UTC))
        assert sending.send_waiting() == 0
        clock.shift(dt.timedelta(hours=8))
        assert sending.send_waiting() == 1


def test_while_the_server_does_not_answer_nothing_is_counted(settings):
    settings.EMAIL_BACKEND = f"{SELF}.DownBackend"
    MailFactory()

    assert sending.send_waiting() == 0

    mail = Mail.objects.get()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)


def test_what_is_not_taken_is_tried_later_and_in_the_end_given_up(settings):
    settings.EMAIL_BACKEND = f"{SELF}.FullBackend"
    waits = []
    with time_machine.travel("2026-11-02 09:00Z", tick=False) as clock:
        mail = MailFactory()
        for _ in range(policy.MOST_ATTEMPTS):
            sending.send_waiting()
            mail.refresh_from_db()
            waits.append(mail.send_after - dt.datetime.now(dt.UTC))
            clock.move_to(mail.send_after)

    assert [wait // dt.timedelta(minutes=1) for wait in waits] == [1, 2, 4, 8, 16, 32, 64, 120, 120, 120]
    assert (mail.state, mail.text) == (MailState.FAILED, "")
    assert mail.error == "SMTPResponseException: (452, b'mailbox full')"


def test_a_mailbox_that_is_unknown_is_given_up_at_once(settings):
    settings.EMAIL_BACKEND = f"{SELF}.UnknownBackend"
    MailFactory()

    sending.send_waiting()

    assert Mail.objects.get().state == MailState.FAILED


def test_one_bad_mail_does_not_stop_the_next(mailoutbox):
    MailFactory(subject="Broken\nhead")
    MailFactory()

    assert sending.send_waiting() == 2

    assert [mail.state for mail in Mail.objects.order_by("pk")] == [MailState.FAILED, MailState.SENT]
    assert len(mailoutbox) == 1


def test_who_was_erased_meanwhile_gets_nothing(mailoutbox):
    MailFactory(person=PersonFactory(erased_at=dt.datetime.now(dt.UTC)), to="was@there.example")

    sending.send_waiting()

    assert (mailoutbox, Mail.objects.get().state) == ([], MailState.DROPPED)


@pytest.mark.django_db(transaction=True)
def test_many_senders_send_each_mail_once(mailoutbox):
    MailFactory.create_batch(30)

    at_once(*[sending.send_waiting] * 4)
    sending.send_waiting()

    ids = [mail.extra_headers["Message-ID"] for mail in mailoutbox]
    assert (len(ids), len(set(ids))) == (30, 30)


def test_what_comes_late_does_not_come_at_night(mailoutbox):
    """The server was away from the evening until midnight: the mail waits for the morning, and comes once."""
    person = PersonFactory(quiet_from=dt.time(20), quiet_until=dt.time(7))
    with time_machine.travel("2026-11-10 00:10Z", tick=False):
        evening = dt.datetime(2026, 11, 9, 19, 30, tzinfo=dt.UTC)
        mail = MailFactory(person=person, kind="weekly_standing", send_after=evening)
        sending.send_waiting()
        mail.refresh_from_db()
        assert (len(mailoutbox), mail.send_after) == (0, dt.datetime(2026, 11, 10, 7, tzinfo=dt.UTC))
    with time_machine.travel("2026-11-10 07:01Z", tick=False):
        sending.send_waiting()
        sending.send_waiting()
    assert len(mailoutbox) == 1
