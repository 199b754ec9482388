"""Telling many people at once: the same as telling each, in a few statements."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from refprogram.kernel import links
from refprogram.kernel.models import SignedLink
from refprogram.kernel.stream import subject_of
from refprogram.notices.enums import Channel
from refprogram.notices.mails import Letter
from refprogram.notices.many import Link, Telling, tell_many
from refprogram.notices.models import Mail, Notice, Preference
from refprogram.people.models import User
from tests.factories.people import UserFactory
from tests.mailbox import mails_to

pytestmark = pytest.mark.django_db
KIND = "weekly_standing"


def tellings(users: list[User]) -> Iterator[Telling]:
    for user in users:
        link = Link("nominate_by_mail", subject_of(user), links.new_token())
        yield Telling(user.person, "many:1", f"For {user.name}", "/standings/", lambda user=user: letter(user), link)


def letter(user: User) -> Letter:
    return Letter(f"For {user.name}", "nominations/weekly_standing", {"heading": "Monday", "lines": []})


def test_each_hears_once_and_as_they_want_it(drain: Any, mailoutbox: Any) -> None:
    now, off, later = (UserFactory(name=name) for name in ("Ann", "Ben", "Cid"))
    for user, channel in ((off, Channel.OFF), (later, Channel.DIGEST)):
        Preference.objects.update_or_create(person=user.person, kind=KIND, defaults={"channel": channel})
    users = [now, off, later]
    assert [tell_many(kind=KIND, tellings=tellings(users)) for _again in range(2)] == [3, 0]
    drain()
    assert [len(mails_to(user, mailoutbox)) for user in users] == [1, 0, 0]
    assert set(Notice.objects.values_list("person__name", "for_digest")) == {
        ("Ann", False),
        ("Ben", False),
        ("Cid", True),
    }
    assert list(User.objects.order_by("pk").values_list("unread_notices", flat=True)) == [1, 1, 1]


def test_links_of_a_letter_work_and_can_be_told_off(drain: Any, mailoutbox: Any) -> None:
    user = UserFactory()
    tell_many(kind=KIND, tellings=tellings([user]))
    mail = Mail.objects.get()
    purposes = {link.purpose: link.subject_id for link in SignedLink.objects.all()}
    assert purposes == {"unsubscribe": mail.pk, "nominate_by_mail": user.pk}
    assert "/s/" in mail.unsubscribe_url


def test_statements_do_not_grow_with_people() -> None:
    few, many = UserFactory.create_batch(2), UserFactory.create_batch(40)
    with CaptureQueriesContext(connection) as for_few:
        tell_many(kind=KIND, tellings=tellings(few))
    with CaptureQueriesContext(connection) as for_many:
        tell_many(kind=KIND, tellings=tellings(many))
    assert len(for_few) == len(for_many) <= 10
