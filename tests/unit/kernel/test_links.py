"""Signed links: unguessable, used once where that is meant, and a copy of the database opens nothing."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction

from refprogram.kernel import links
from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.models import SignedLink
from refprogram.kernel.stream import Subject

pytestmark = pytest.mark.django_db
ABOUT = Subject("nomination", 7)


@pytest.fixture(autouse=True)
def _purposes(settings):
    settings.LINK_PURPOSES = {
        "once": {"view": "x.y", "days": 14, "once": True},
        "often": {"view": "x.y", "days": 14, "once": False},
    }


def token_of(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def issued(purpose: str = "once") -> str:
    return token_of(links.issue(purpose=purpose, subject=ABOUT, person_id=5))


def test_the_token_stands_nowhere_but_in_the_address(settings):
    url = links.issue(purpose="once", subject=ABOUT, person_id=5)

    assert url.startswith(f"{settings.BASE_URL}/s/")
    row = SignedLink.objects.get()
    assert (row.purpose, row.person_id, row.subject_type, row.subject_id) == ("once", 5, "nomination", 7)
    assert token_of(url) not in str(vars(row))


def test_opening_does_nothing_and_may_be_repeated():
    token = issued()

    links.check(links.find(token))
    links.check(links.find(token))

    assert SignedLink.objects.get().used_at is None


def test_a_once_link_acts_once_and_can_still_be_looked_at():
    token = issued()
    links.use(token)

    with pytest.raises(LinkRefused, match="your first answer stands"):
        links.use(token)

    links.check(links.find(token))


def test_a_many_times_link_acts_often():
    token = issued("often")

    links.use(token)
    links.use(token)


@pytest.mark.parametrize("change", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: t + "x", lambda t: ""])
def test_an_altered_link_is_unknown(change):
    with pytest.raises(LinkRefused, match="do not know this link"):
        links.find(change(issued()))


def test_a_link_ends():
    token = issued()

    with (
        time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=14)),
        pytest.raises(LinkRefused, match="expired"),
    ):
        links.use(token)


def test_withdrawing_ends_every_open_link_of_the_purpose():
    first, second, other = issued(), issued(), issued("often")

    assert links.withdraw(subject=ABOUT, purpose="once") == 2

    for token in (first, second):
        with pytest.raises(LinkRefused, match="withdrawn"):
            links.use(token)
    links.use(other)


@pytest.mark.django_db(transaction=True)
def test_a_link_is_used_within_the_transaction_of_what_it_does():
    token = issued()
    with pytest.raises(RuntimeError):
        links.use(token)

    def use_and_fail() -> None:
        links.use(token)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transaction.atomic(use_and_fail)()

    with transaction.atomic():
        links.use(token)  # what was rolled back was not used
