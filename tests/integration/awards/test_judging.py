"""The judging room as judges meet it: by link or signed in, blind, tied, in two tabs, twice at once."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from awards.contests.enums import ContestState
from awards.entries import services as entries
from awards.judging import services
from awards.judging.enums import AssignmentState, JudgeState, Mode
from awards.judging.services.doors import INVITATION, door_address, invitation_address
from awards.models import Assignment, Ballot, ContestEntry, Judge
from refprogram.kernel.models import Event, SignedLink
from tests.factories.contests import moved
from tests.factories.entries import ANSWERS, METRIC, EntryFactory, eligible
from tests.factories.judging import JudgeFactory, OutsiderFactory, accepted, judging, ready, scored
from tests.factories.people import PersonFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.racing import at_once

pytestmark = pytest.mark.django_db
OUTSIDE = re.compile(r"https?://[^/]+")
LINK = re.compile(r'href="(/[^"#]*)"')


def path_of(url):
    return OUTSIDE.sub("", url)


def come_in(judge, client=None):
    """Return the browser of a judge who came by link."""
    browser = client or Client()
    browser.post(path_of(door_address(judge)))
    return browser


def form_of(room, level=4, **more):
    """Return what the scoring page sends."""
    return {
        **{f"c-{one.public_id}": str(level) for one in room.criteria},
        "comment": "Proved.", "revision": "0", "tab": "t", "seconds": "30", **more,
    }  # fmt: skip


def score_url(work):
    return f"/judging/work/{work.public_id}/"


# ---------------------------------------------------------------- doors


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


# ---------------------------------------------------------------- scoring


def test_scoring_by_page_goes_on_to_the_next_and_ends_with_the_receipt():
    room = judging(entries=2)
    browser = come_in(room.judge)
    first, second = room.work

    onward = browser.post(score_url(first), form_of(room, act="send"))
    ended = browser.post(score_url(second), form_of(room, 3, act="send"))

    assert onward["Location"] == score_url(second)
    assert ended["Location"].endswith("/receipt/")
    page = browser.get(ended["Location"]).content.decode()
    assert "75.0" in page
    assert "50.0" in page
    assert len(set(Ballot.objects.values_list("session", flat=True)) - {""}) == 1


def test_what_is_missing_comes_back_with_what_was_typed():
    room = judging()
    browser = come_in(room.judge)

    answer = browser.post(score_url(room.work[0]), {"act": "send", "comment": "My words", "tab": "t"})

    assert answer.status_code == 422
    assert b"Choose a level." in answer.content
    assert b"My words" in answer.content


def test_two_tabs_saving_one_ballot_lose_nothing():
    room = judging()
    browser, work = come_in(room.judge), room.work[0]
    browser.post(score_url(work), form_of(room, 4, act="save", tab="one"))

    refused = browser.post(score_url(work), form_of(room, 1, act="save", tab="two"))
    sent = browser.post(score_url(work), form_of(room, 1, act="send", tab="two"))
    kept = browser.post(score_url(work), form_of(room, 2, act="save", tab="two", keep="1"))

    assert b"saved something newer" in refused.content
    assert sent.status_code == 409
    assert b'value="2"' in kept.content
    assert {score.value for score in Ballot.objects.get().scores.all()} == {2}


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_is_one_ballot():
    room = judging()
    browsers = [come_in(room.judge) for _n in range(2)]
    url = score_url(room.work[0])

    at_once(*(lambda b=browser: b.post(url, form_of(room, act="send")) for browser in browsers))

    assert Ballot.objects.filter(state="submitted").count() == 1
    assert Event.objects.filter(topic="ballot.submitted").count() == 1


def test_opening_a_page_changes_nothing_until_the_page_says_so():
    room = judging()
    browser, work = come_in(room.judge), room.work[0]

    browser.get(score_url(work))
    assert room.work[0].state == AssignmentState.RELEASED
    browser.post(f"{score_url(work)}opened/")
    assert room.work[0].state == AssignmentState.OPENED


def test_what_is_no_longer_theirs_says_why_and_nothing_else():
    room = judging()
    browser, work = come_in(room.judge), room.work[0]
    title = ContestEntry.objects.get(pk=work.place.entry_id).title

    browser.post(f"{score_url(work)}tie/")
    page = browser.get(score_url(work))

    assert page.status_code == 404
    assert b"There is a tie between you and this entry" in page.content
    assert title not in page.content.decode()


def test_an_order_and_pairs_by_page():
    ranked = judging(entries=2, mode=Mode.RANKING)
    browser = come_in(ranked.judge)
    url = f"/judging/{ranked.judge.public_id}/rank/{ranked.places[0].category.slug}/"
    assert browser.get(url).status_code == 200
    browser.post(url, {"order": [row.public_id for row in reversed(ranked.work)]})
    assert sorted(Ballot.objects.values_list("rank", flat=True)) == [1, 2]

    paired = judging(entries=2, mode=Mode.PAIRWISE)
    browser = come_in(paired.judge)
    base = f"/judging/{paired.judge.public_id}/pairs/{paired.places[0].category.slug}/"
    left, right = paired.work
    browser.post(base, {"left": left.public_id, "right": right.public_id, "better": "tie"})
    assert paired.judge.comparisons.filter(undone_at__isnull=True).count() == 1
    browser.post(f"{base}undo/")
    assert paired.judge.comparisons.filter(undone_at__isnull=True).count() == 0


def test_managers_see_states_and_never_scores_while_judging_is_on(clients, api, marketer):
    room = judging(entries=2, owner=marketer)
    ballot = scored(room, room.work[0], 4, c0=5)
    pages = [
        f"/contests/{room.contest.slug}/judging/",
        f"/contests/judging/rounds/{room.round.public_id}/",
        f"/contests/judging/rounds/{room.round.public_id}/coverage/",
        f"/contests/{room.contest.slug}/judges/",
        room.judge.get_absolute_url(),
    ]

    for page in pages:
        answer = clients["marketer"].get(page)
        assert answer.status_code == 200, page
        assert "83.8" not in answer.content.decode()
    listed = api["marketer"].get("/api/v1/ballots").json()["items"][0]
    services.close_round(round=room.round, by=marketer)
    after = api["marketer"].get(f"/api/v1/ballots/{ballot.public_id}").json()

    assert ballot.total == pytest.approx(83.75)
    assert (listed["total"], listed["comment"]) == (None, None)
    assert after["total"] == "83.750000"


# ---------------------------------------------------------------- the canary crawl


CANARY = "Zyxcanary"
HIDDEN_TEXT = "Quokkaword"


def crawl(browser, starts):
    """Return everything that a browser can read, from some pages on: page by page, header by header."""
    seen, waiting, read = set(), list(starts), {}
    while waiting and len(seen) < 120:
        path = waiting.pop(0)
        bare = path.partition("?")[0]
        if path in seen or bare.startswith(("/static/", "/auth/", "/styleguide/")):
            continue
        seen.add(path)
        answer = browser.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        text = f"{dict(answer.headers)}{body.decode(errors='replace')}"
        read[path] = text
        waiting += [found.replace("&amp;", "&") for found in LINK.findall(text)]
    return read


@pytest.fixture
def betraying():
    """A contest of two entries, judged blind; the first names its entrant in title, texts and results."""

    def make(people):
        contact = ContactFactory(
            account=AccountFactory(name=f"{CANARY} Logistics"),
            person=PersonFactory(name=f"Cleo {CANARY}", email=f"cleo@{CANARY.lower()}.example"),
        )
        entry = eligible(
            EntryFactory(contact=contact),
            title=f"How {CANARY} saved fuel",
            summary=f"At {CANARY} Logistics every truck is full. {HIDDEN_TEXT}",
            values={**ANSWERS, "challenge": f"{CANARY} drove empty. {HIDDEN_TEXT}"},
            metrics=[{**METRIC, "what": f"Fuel at {CANARY}", "method": f"Books of {CANARY}"}],
        )
        contest = entry.contest
        eligible(EntryFactory(contest=contest))
        services.first_round(contest=contest, by=contest.owner)
        moved(contest, ContestState.SCREENING)
        panel = [ready(contest=contest, person=person) for person in people]
        return entry, (services.begin_judging(contest=contest, by=contest.owner), panel)

    return make


STARTS = ("/judging/", "/", "/search/?q=Zyxcanary", "/search/?q=Quokkaword", "/contests/", "/notices/", "/settings/")


def reads_nothing(read, *words):
    """What was asked in a search is repeated on its page; nothing else may hold the words."""
    for path, text in read.items():
        words_of_others = [word for word in words if f"q={word}" not in path]
        assert [word for word in words_of_others if word.lower() in text.lower()] == [], path


def test_a_blind_judge_learns_no_name(betraying, cast, clients, api, drain, mailoutbox):
    entry, (round_, panel) = betraying([cast.judge.person])
    place = entry.places.get()
    services.assign_by_hand(round=round_, place=place, judge=panel[0], by=entry.contest.owner)
    drain()

    read = crawl(clients["judge"], STARTS)
    work = Assignment.objects.get(judge=panel[0])
    page = read[score_url(work)]

    assert HIDDEN_TEXT in page
    reads_nothing(read, CANARY)
    to_judge = [mail for mail in mailoutbox if cast.judge.email in mail.to[0]]
    assert to_judge
    assert not [mail for mail in to_judge if CANARY.lower() in f"{mail.subject}{mail.body}".lower()]
    for listing in ("judges", "assignments", "ballots", "criteria", "entries", "contests"):
        assert CANARY not in api["judge"].get(f"/api/v1/{listing}").content.decode()


def test_a_judge_with_a_tie_learns_nothing_of_the_entry(betraying, cast, clients, api, drain, mailoutbox):
    entry, (round_, panel) = betraying([cast.judge.person])
    services.assign_by_hand(round=round_, place=entry.places.get(), judge=panel[0], by=entry.contest.owner)
    work = Assignment.objects.get(judge=panel[0])
    services.set_conflict(judge=panel[0], entry=entry, reason="Client.", by=entry.contest.owner)
    drain()

    read = crawl(clients["judge"], (*STARTS, score_url(work), f"{score_url(work)}attachments/1/"))

    assert read[score_url(work)].count("There is a tie") == 1
    reads_nothing(read, CANARY, HIDDEN_TEXT)
    assert entry.code not in "".join(read.values())
    for listing in ("judges", "assignments", "ballots", "entries"):
        assert entry.code not in api["judge"].get(f"/api/v1/{listing}").content.decode()


def test_a_judge_without_the_entry_learns_nothing_of_it(betraying, cast, clients, drain, mailoutbox):
    entry, (round_, panel) = betraying([cast.judge.person, OutsiderFactory()])
    services.assign_by_hand(round=round_, place=entry.places.get(), judge=panel[1], by=entry.contest.owner)
    scored_by = Assignment.objects.get(judge=panel[1])
    drain()

    read = crawl(clients["judge"], (*STARTS, score_url(scored_by)))

    reads_nothing(read, CANARY, HIDDEN_TEXT)
    assert entry.code not in "".join(read.values())


def test_who_runs_a_contest_and_judges_in_it_does_not_see_who_judges_what_they_are_tied_to(clients, marketer):
    room = judging(entries=2, owner=marketer)
    me = ready(contest=room.contest, person=marketer.person)
    tied = room.places[0].entry
    services.declare_conflict(judge=me, entry=tied)

    coverage = clients["marketer"].get(f"/contests/judging/rounds/{room.round.public_id}/coverage/").content.decode()
    theirs = clients["marketer"].get(room.judge.get_absolute_url()).content.decode()

    assert tied.code not in coverage
    assert tied.code not in theirs.partition("Ties")[0]
    assert room.places[1].entry.code in coverage


# ---------------------------------------------------------------- what pages cost


def test_the_room_is_flat(budget):
    room = judging(entries=2)
    browser = come_in(room.judge)
    browser.get(f"/judging/{room.judge.public_id}/")

    with budget("awards:judging-room"):
        browser.get(f"/judging/{room.judge.public_id}/")


def test_a_scoring_page_and_a_ballot_are_cheap(budget):
    room = judging(entries=3)
    browser, (first, second, third) = come_in(room.judge), room.work
    browser.get(score_url(first))
    browser.post(score_url(first), form_of(room, act="send"))

    with budget("awards:judging-score"):
        browser.get(score_url(second))
    with budget("awards:judging-score save"):
        browser.post(score_url(second), form_of(room, act="save"))
    with budget("awards:judging-score send"):
        browser.post(score_url(third), form_of(room, act="send"))


def test_pages_of_who_runs_it_are_cheap(budget, clients, marketer):
    room = judging(entries=3, judges=2, owner=marketer)
    browser = clients["marketer"]
    pages = {
        "awards:contest-judging": f"/contests/{room.contest.slug}/judging/",
        "awards:round": f"/contests/judging/rounds/{room.round.public_id}/",
        "awards:round-coverage": f"/contests/judging/rounds/{room.round.public_id}/coverage/",
        "awards:judges": f"/contests/{room.contest.slug}/judges/",
        "awards:judge": room.judge.get_absolute_url(),
        "awards:ties": f"/contests/{room.contest.slug}/ties/",
    }
    for name, page in pages.items():
        browser.get(page)
        with budget(name):
            browser.get(page)


def test_a_judge_may_go_on_after_a_calibration_entry(marketer):
    room = judging(owner=marketer, anchors=1)
    entries.add_anchor(contest=room.contest, title="Model", summary="A model.", answers={}, by=marketer)
    services.give_anchors(room.round, Judge.objects.get(pk=room.judge.pk))
    browser = come_in(room.judge)
    model, live = room.work

    early = browser.post(score_url(live), form_of(room, act="send"))
    browser.post(score_url(model), form_of(room, act="send"))
    later = browser.post(score_url(live), form_of(room, act="send"))

    assert (early.status_code, later.status_code) == (409, 302)
