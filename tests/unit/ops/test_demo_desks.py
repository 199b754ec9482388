"""Whoever comes into a demo company of some size finds work on the desk, and something on every page. Made once."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from references.requests import services as requests
from references.requests.models import Candidate
from refprogram.dashboards.desk import desk_of, items_for
from refprogram.people.demo import address
from refprogram.people.models import User
from tests.cast import signed_in
from tests.demo import come_back, company_of, wanting_on_desks_of_the_field

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker):
    with company_of(200, django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _today(time_machine):
    come_back(time_machine)


def test_each_field_desk_is_full():
    assert wanting_on_desks_of_the_field() == []


@pytest.mark.parametrize("role", ["marketer", "rep", "manager", "sales-head", "executive", "finance", "legal", "judge"])
def test_a_glance_hides_nothing_of_a_desk(role):
    """What the rooms say one by one is what they say after one statement has told which of them to ask."""
    user = User.objects.get(email=address(role))
    with CaptureQueriesContext(connection) as one_by_one:
        alone = [item for path in settings.DESKS for item in import_string(path)(user)]
    with CaptureQueriesContext(connection) as glanced:
        seen = items_for(user)

    def key(item):
        return (item.urgency, item.since, str(item.title))

    assert sorted(map(key, seen)) == sorted(map(key, alone))
    assert len(glanced) <= len(one_by_one)


def test_a_rep_has_something_to_arrange_and_to_tell():
    desk = desk_of(User.objects.get(email=address("rep")))
    titles = " ".join(str(item.title) for item in desk.items)
    assert "said yes" in titles
    assert "How was it with" in titles


def test_what_lies_on_the_desks_can_be_gone_on_with(drain):
    rep = User.objects.get(email=address("rep"))
    waiting = Candidate.objects.filter(approver=rep, state="owner_review").first()
    requests.owner_approve(candidate=waiting, actor=rep)
    agreed = Candidate.objects.filter(request__requester=rep, state="accepted").get()
    requests.schedule(candidate=agreed, at=agreed.times[0], actor=rep)
    drain()
    waiting.refresh_from_db()
    assert waiting.state == "invited"


def test_every_page_of_the_portfolio_shows_something():
    marketer, rep = (signed_in(User.objects.get(email=address(name))) for name in ("marketer", "rep"))
    merging = marketer.get("/merging/").text
    for words in ("Names are alike", "Take apart", "taken apart again"):
        assert words in merging, words
    for url, words in (
        ("/unmaskings/", "A prospect in the same line"), ("/assignments/", "/assignments/"),
        ("/linked-programs/people/?kind=satisfaction", "Voice of the customer"), ("/outcomes/", "days"),
        ("/corrections/", "Their annual report"),
    ):  # fmt: skip
        page = marketer.get(url)
        assert words in page.text, url
        assert "rp-empty" not in page.text, url
    assert "rp-empty" not in rep.get("/accounts/masked/").text
    assert 'name="word-' in rep.get("/accounts/attest/").text
