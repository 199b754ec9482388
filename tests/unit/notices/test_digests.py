"""One mail a day, at eight where the reader is, with what is still new."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from refprogram.notices import digests, mails, services
from refprogram.notices.models import Mail, Notice
from tests.factories.notices import NoticeFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
EIGHT = dt.datetime(2026, 11, 2, 8, 5, tzinfo=dt.UTC)


def test_it_comes_in_the_readers_own_morning():
    here, tokyo = PersonFactory(), PersonFactory(time_zone="Asia/Tokyo")
    NoticeFactory(person=here, for_digest=True)
    NoticeFactory(person=tokyo, for_digest=True)

    sent = [digests.send_digests(now=EIGHT), digests.send_digests(now=EIGHT + dt.timedelta(hours=15))]

    assert sent == [1, 1]
    assert list(Mail.objects.order_by("pk").values_list("person", flat=True)) == [here.pk, tokyo.pk]


def test_it_collects_what_is_new_and_is_not_sent_twice():
    person = PersonFactory()
    NoticeFactory.create_batch(3, person=person, for_digest=True, url="/nominations/")

    assert (digests.send_digests(now=EIGHT), digests.send_digests(now=EIGHT)) == (1, 0)

    mail = Mail.objects.get()
    assert mail.subject == "3 things since yesterday"
    assert mail.text.count("/nominations/") == 3
    assert not Notice.objects.filter(for_digest=True).exists()


def test_its_words_are_chosen_as_the_reader_speaks(settings):
    with mails.as_reader(PersonFactory(language="de", time_zone="Asia/Tokyo")):
        assert (translation.get_language(), timezone.get_current_timezone_name()) == ("de", "Asia/Tokyo")
    assert (translation.get_language(), timezone.get_current_timezone_name()) == (settings.LANGUAGE_CODE, "UTC")


def test_what_was_read_meanwhile_is_left_out(rep):
    notice = NoticeFactory(person=rep.person, for_digest=True)
    services.read(user=rep, notice=notice)

    assert (digests.send_digests(now=EIGHT), Mail.objects.count()) == (0, 0)


def test_many_lines_are_cut_and_counted(settings):
    person = PersonFactory()
    NoticeFactory.create_batch(52, person=person, for_digest=True)

    digests.send_digests(now=EIGHT)

    assert "and 2 more" in Mail.objects.get().text
