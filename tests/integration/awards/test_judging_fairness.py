"""Pages that keep judging fair: words hidden from blind judges, calibration written, a category run by a delegate."""

import pytest

from awards.judging import services
from awards.models import Assignment, Ballot, ContestEntry
from tests.entering import typed
from tests.factories.entries import handed_in
from tests.factories.judging import judging, scored
from tests.factories.results import certifier
from tests.mailbox import mails_to

pytestmark = pytest.mark.django_db


def test_a_screener_marks_words_and_says_that_it_is_done(clients, budget):
    entry = handed_in(values={"challenge": "The only plant on the island.", "solution": "Planned."})
    page, browser = f"/entries/{entry.public_id}/redact/", clients["marketer"]

    wrong = browser.post(page, {"act": "hide", "words": "The plant on the island"})
    browser.post(page, {"act": "hide", "words": "The only plant on the island"})
    browser.post(page, {"act": "done"})
    browser.get(page)
    with budget("awards:entry-redact"):
        shown = browser.get(page).content.decode()

    assert wrong.status_code == 422
    assert 'value="The plant on the island"' in wrong.content.decode()
    assert "hidden: </span>The only plant on the island</del>" in shown
    assert "Looked through for names" in shown
    browser.post(page, {"act": "show", "words": "The only plant on the island"})
    entry.refresh_from_db()
    assert (entry.hidden_words, entry.redacted_at) == ([], None)


def test_a_calibration_entry_is_written_with_the_form_of_the_contest(clients, marketer):
    contest = services.first_round(contest=handed_in().contest, by=marketer).contest
    browser, slug = clients["marketer"], contest.slug
    begun = browser.post(f"/contests/{slug}/judging/anchors/new/", {"title": "A model", "summary": "Good."})
    row = ContestEntry.objects.get(anchor=True)
    form = typed(row, title="A model entry")

    kept = browser.post(begun.url, {**form, "act": "save"})
    stale = browser.post(begun.url, {**form, "act": "next", "tab": "other"})
    done = browser.post(begun.url, {**form, "act": "next", "revision": "1"})

    assert begun.url == f"/contests/{slug}/judging/anchors/{row.public_id}/"
    assert (kept.status_code, stale.status_code) == (200, 409)
    assert done.url == f"/contests/{slug}/judging/"
    assert "A model entry" in browser.get(done.url).content.decode()
    assert browser.get(f"{begun.url}?page=send").status_code == 200
    browser.post(f"{begun.url}remove/")
    assert not ContestEntry.objects.filter(anchor=True).exists()


def test_a_delegate_finds_the_work_of_their_category_and_a_manager_with_a_tie_finds_none(
    clients, marketer, rep, cast, budget
):
    room = judging(entries=1, judges=2, owner=marketer)
    account, category = room.places[0].entry.account, room.contest.categories.get()
    account.owner = marketer
    account.save(update_fields=["owner"])
    page = f"/contests/judging/rounds/{room.round.public_id}/"
    where = f"/contests/{room.contest.slug}/judging/categories/"
    assert clients["rep"].get(f"{page}coverage/").status_code == 404

    clients["marketer"].post(f"{where}{category.slug}/delegate/", {"user": rep.public_id})
    covered = clients["rep"].get(f"{page}coverage/").content.decode()
    taken = clients["rep"].post(f"/contests/judging/work/{room.work[0].public_id}/take/")

    assert room.places[0].entry.code in covered
    assert room.judge.person.name in covered
    assert taken.url == f"{page}coverage/"
    assert [clients["rep"].get(url).status_code for url in (page, f"{page}give/")] == [404, 200]
    assert room.places[0].entry.code not in clients["marketer"].get(f"{page}coverage/").content.decode()
    clients["marketer"].get(where)
    with budget("awards:judging-categories"):
        masked = clients["marketer"].get(where).content.decode()
    assert "masked for you" in masked
    clients["marketer"].post(f"{where}{category.slug}/open/", {"reason": "Nobody else is here."})
    assert room.places[0].entry.code in clients["marketer"].get(f"{page}coverage/").content.decode()


def test_a_delegate_has_ballots_corrected_and_a_certifier_is_the_second_person(
    clients, marketer, rep, executive, drain, mailoutbox, budget
):
    room = judging(entries=1, judges=2, owner=marketer)
    certifier(room.contest, executive)
    account, category = room.places[0].entry.account, room.contest.categories.get()
    account.owner = marketer
    account.save(update_fields=["owner"])
    services.name_delegate(category=category, user=rep, by=marketer)
    first, second = Assignment.objects.order_by("judge")
    for work in (first, second):
        scored(room, work)
    page, other = (f"/contests/judging/work/{work.public_id}/" for work in (first, second))
    before = clients["rep"].get(page).content.decode()
    hidden = clients["executive"].get(page).status_code
    services.close_round(round=room.round, by=marketer)
    drain()
    mailoutbox.clear()

    asked = clients["rep"].post(f"{page}ask-void/", {"reason": "They know each other.", "back": "work"})
    drain()
    alone = clients["rep"].post(f"{page}void/").status_code
    opened = clients["rep"].post(f"{other}reopen/", {"reason": "A slip of the hand."})
    with budget("awards:work"):
        read = clients["executive"].get(page).content.decode()
    not_theirs = clients["executive"].post(f"{other}reopen/", {"reason": "Me too."}).status_code
    agreed = clients["executive"].post(f"{page}void/", {"back": "work"})

    assert "Scores are hidden" in before
    assert "Ask that it does not count" in before
    assert hidden == 404
    assert asked.url == agreed.url == page
    assert opened.url == f"/contests/judging/rounds/{room.round.public_id}/coverage/"
    assert (alone, not_theirs) == (403, 403)
    assert "They know each other." in read
    assert "Scores are hidden" not in read
    assert page in mails_to(executive, mailoutbox)[0].body
    assert not mails_to(marketer, mailoutbox)  # a manager with a tie hears nothing of it
    assert clients["marketer"].get(page).status_code == 404
    voided = Ballot.objects.get(assignment=first)
    assert (voided.state, voided.void_asked_by, voided.voided_by) == ("voided", rep, executive)
    assert Ballot.objects.get(assignment=second, state="draft").reopened_reason == "A slip of the hand."
    assert "A slip of the hand." in clients["rep"].get(other).content.decode()


def test_a_preview_is_no_judge_that_an_entry_has(clients, marketer):
    room = judging(entries=1, judges=3, owner=marketer)
    Assignment.objects.filter(pk=room.work[0].pk).update(state="proposed")

    shown = clients["marketer"].get(f"/contests/judging/rounds/{room.round.public_id}/coverage/").content.decode()

    assert "2 of 3, 1 proposed" in shown
