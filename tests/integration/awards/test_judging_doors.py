"""How judges come in: links that scanners open, old ones, withdrawn ones, papers first."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from awards.judging import services
from awards.judging.enums import JudgeState
from awards.judging.services.doors import INVITATION, door_address, invitation_address
from awards.models import Assignment
from refprogram.kernel.models import SignedLink
from tests.factories.judging import JudgeFactory, accepted, judging, ready
from tests.jury_room import come_in, path_of, score_url

pytestmark = pytest.mark.django_db


def test_a_scanner_that_opens_the_link_leaves_it_usable():
    judge = ready()
    path = path_of(door_address(judge))

    for _n in range(3):
        assert Client().get(path).status_code == 200

    assert not SignedLink.objects.filter(purpose="judge_door", used_at__isnull=False).exists()
    assert Client().post(path)["Location"] == f"/judging/{judge.public_id}/"


def test_coming_in_needs_the_token_of_the_page_and_a_new_session_key():
    judge = ready()
    path = path_of(door_address(judge))
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(path).status_code == 403
    page = strict.get(path).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    session = strict.session
    session["was"] = "here"
    session.save()
    before = session.session_key
    strict.cookies["sessionid"] = before

    assert strict.post(path, {"csrfmiddlewaretoken": token}).status_code == 302
    assert strict.session.session_key != before
    assert strict.get(f"/judging/{judge.public_id}/").status_code == 200


def test_a_link_opens_one_contest_for_one_person():
    judge, other = ready(), ready()
    browser = come_in(judge)

    assert browser.get(f"/judging/{judge.public_id}/").status_code == 200
    assert browser.get(f"/judging/{other.public_id}/").status_code == 302
    assert browser.get("/accounts/").status_code == 302


def test_a_link_ends_who_was_signed_in_here_as_somebody_else(clients):
    judge = ready()

    browser = come_in(judge, clients["marketer"])

    assert browser.get("/accounts/").status_code == 302
    assert browser.get(f"/judging/{judge.public_id}/").status_code == 200


def test_withdrawn_links_shut_the_room_at_once(marketer):
    judge = ready()
    browser = come_in(judge)
    url = f"/judging/{judge.public_id}/"
    assert browser.get(url).status_code == 200

    services.withdraw_links_by_hand(judge=judge, by=marketer)

    assert browser.get(url).status_code == 302


def test_an_old_link_mails_a_new_one(drain, mailoutbox):
    judge = ready()
    drain()
    path = path_of(door_address(judge))
    mailoutbox.clear()

    with time_machine.travel(timezone.now() + dt.timedelta(hours=73), tick=False):
        asked = Client().get(path)
        opened = Client().post(path)
        drain()

    assert asked.status_code == 410
    assert b"Mail me a new link" in asked.content
    assert "Location" not in opened
    assert len(mailoutbox) == 1


def test_a_session_ends_by_itself():
    judge = ready()
    browser = come_in(judge)

    with time_machine.travel(timezone.now() + dt.timedelta(hours=25), tick=False):
        assert browser.get(f"/judging/{judge.public_id}/").status_code == 302


def test_nobody_learns_who_judges_by_asking_for_links(drain, mailoutbox):
    judge = ready()
    drain()
    SignedLink.objects.all().delete()
    mailoutbox.clear()
    browser = Client()

    known = browser.post("/judging/link/", {"email": judge.person.email.upper()})
    unknown = browser.post("/judging/link/", {"email": "nobody@elsewhere.example"})
    browser.post("/judging/link/", {"email": judge.person.email})
    drain()

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [mail.to for mail in mailoutbox] == [[f"{judge.person.name} <{judge.person.email}>"]]


def test_an_invitation_is_answered_by_link(drain, mailoutbox):
    judge = JudgeFactory()
    path = path_of(invitation_address(judge))

    assert Client().get(path).status_code == 200
    Client().post(path, {"act": "yes", "cap": "5"})
    drain()
    judge.refresh_from_db()

    assert (judge.state, judge.load_cap) == (JudgeState.ACCEPTED, 5)
    assert "/s/" in mailoutbox[-1].body
    assert b"you judge" in Client().get(path).content


def test_a_no_by_link_may_name_somebody_else():
    judge = JudgeFactory()
    path = path_of(invitation_address(judge))

    Client().post(path, {"act": "no", "reason": "On leave", "suggests": "Bo, bo@example.org"})
    judge.refresh_from_db()

    assert (judge.state, judge.suggests) == (JudgeState.DECLINED, "Bo, bo@example.org")
    assert SignedLink.objects.filter(purpose=INVITATION).count() == 2


def test_entries_are_behind_both_statements():
    room = judging()
    newcomer = accepted(contest=room.contest)
    services.assign_by_hand(round=room.round, place=room.places[0], judge=newcomer, by=room.contest.owner)
    browser, work = come_in(newcomer), Assignment.objects.get(judge=newcomer)

    assert browser.get(f"/judging/{newcomer.public_id}/")["Location"].endswith("/papers/")
    assert browser.get(score_url(work))["Location"].endswith("/papers/")
    browser.post(f"/judging/{newcomer.public_id}/papers/", {"nda": "on", "none": "on"})
    assert browser.get(score_url(work)).status_code == 200
