"""The judging room as judges meet it: scored by page, in two tabs, twice at once; what pages cost."""

import pytest

from awards.entries import services as entries
from awards.judging import services
from awards.judging.enums import AssignmentState, Mode
from awards.models import Ballot, ContestEntry, Judge
from refprogram.kernel.models import Event
from tests.factories.judging import judging, scored
from tests.jury_room import come_in, form_of, score_url
from tests.racing import at_once

pytestmark = pytest.mark.django_db


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


def test_what_lapsed_is_neither_scored_nor_left():
    room = judging(entries=3)
    scored(room, room.work[0], 4)
    services.close_round(round=room.round, by=room.contest.owner)

    page = come_in(room.judge).get(f"/judging/{room.judge.public_id}/").content.decode()

    assert "1 of 3 scored" in page
    assert "2 not scored in time" in page
    assert " left, about" not in page
    assert page.index("Scored</h2>") < page.index("Not scored in time</h2>")


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
