"""Entries behind a link without an account: written, handed in, begun from outside or by invitation."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from awards.entries import content, services
from awards.entries.enums import EntryState
from awards.models import ContestEntry, EntryVersion
from refprogram.people.models import Person
from tests.entering import path_of, text, typed
from tests.factories.entries import EntryFactory, InviteFactory, handed_in, open_contest, whole
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- by link


def test_an_entry_is_written_and_handed_in_without_an_account(client: Client, drain: Any, mailoutbox: Any) -> None:
    entry = EntryFactory()
    path = path_of(entry)
    assert "Tell what you achieved" in text(client.get(path))

    went_on = client.post(path, {**typed(entry), "act": "next"})
    assert went_on.url == f"{path}?page=send"
    look = client.get(went_on.url)
    entry.refresh_from_db()
    sent = client.post(path, {"act": "submit", "revision": entry.revision, "tab": "first", "use-logo": "on"})

    assert sent.url == path
    entry.refresh_from_db()
    assert "12.5 → 9 EUR" in text(client.get(path)) or "12.50 → 9 EUR" in text(look)
    assert (entry.state, entry.consents.get(use="logo").given) == (EntryState.SUBMITTED, True)
    drain()
    assert any(entry.code in mail.subject for mail in mailoutbox)


def test_opening_the_link_changes_nothing(client: Client) -> None:
    entry = EntryFactory()
    path = path_of(entry)
    before = (ContestEntry.objects.values().get(pk=entry.pk), EntryVersion.objects.count())

    for page in ("", "?page=send", "?page=people", "?check=1"):
        assert client.get(f"{path}{page}").status_code == 200

    assert (ContestEntry.objects.values().get(pk=entry.pk), EntryVersion.objects.count()) == before


def test_typing_is_kept_and_the_second_tab_is_told(client: Client) -> None:
    entry = EntryFactory()
    path = path_of(entry)

    kept = client.post(path, {**typed(entry), "act": "save"})
    other = client.post(path, {**typed(entry, title="Overwritten?"), "tab": "second", "act": "save"})

    entry.refresh_from_db()
    assert "saved" in text(kept)
    assert "saved something newer" in text(other)
    assert entry.title == "Routes by night"


def test_what_stands_in_the_second_tab_can_be_kept_on_purpose(client: Client) -> None:
    entry = whole(EntryFactory())

    client.post(path_of(entry), {**typed(entry, title="Mine counts"), "tab": "x", "revision": "0", "act": "save",
                                 "keep": "1"})  # fmt: skip

    entry.refresh_from_db()
    assert entry.title == "Mine counts"


def test_a_second_tab_does_not_hand_in_what_it_did_not_see(client: Client) -> None:
    entry = whole(EntryFactory())
    answer = client.post(path_of(entry), {"act": "submit", "revision": "0", "tab": "second"})

    entry.refresh_from_db()
    assert (answer.status_code, entry.state) == (409, EntryState.DRAFT)


def test_results_come_and_go(client: Client) -> None:
    entry = EntryFactory()
    path = path_of(entry)
    more = client.post(path, {**typed(entry), "act": "add-row"}, headers={"HX-Request": "true"})
    assert more.content.decode().count('name="metric"') == 2
    entry.refresh_from_db()

    less = client.post(path, {**typed(entry), "act": "drop-row:one"}, headers={"HX-Request": "true"})

    entry.refresh_from_db()
    assert less.content.decode().count('name="metric"') == 1
    assert content.written(entry)["metrics"] == []


def test_a_proof_is_kept_with_its_result_and_given_to_nobody_by_the_browser(client: Client) -> None:
    entry = EntryFactory()
    path = path_of(entry)
    proof = SimpleUploadedFile("invoices.txt", b"12.50 before, 9 after", content_type="text/plain")

    sent = client.post(path, {**typed(entry), "act": "upload:metric-one", "m-one-evidence": proof})
    entry.refresh_from_db()
    client.post(path, {**typed(entry), "m-one-evidence": "forged", "act": "save"})

    entry.refresh_from_db()
    (row,) = content.written(entry)["metrics"]
    assert "invoices.txt" in text(sent)
    assert content.file_named(row["evidence"]).name == "invoices.txt"  # type: ignore[union-attr]


def test_what_is_missing_is_shown_beside_its_field(client: Client) -> None:
    entry = EntryFactory()
    path = path_of(entry)

    assert "Something is missing" in text(client.get(f"{path}?page=send"))

    page = text(client.get(f"{path}?check=1"))
    assert "Give the entry a title." in page
    assert "6 things are missing" in page


def test_an_approver_sees_what_changed_and_says_yes(client: Client, drain: Any, mailoutbox: Any) -> None:
    entry = whole(EntryFactory())
    client.post(
        f"{path_of(entry)}?page=people", {"name": "Bo Boss", "email": "bo@customer.example", "part": "approver"}
    )
    boss = entry.helpers.get().person
    path = path_of(entry, boss)
    client.post(path, {"answer": "no", "note": "Say “routes”, please."})
    entry = whole(ContestEntry.objects.get(pk=entry.pk), title="Paths by day")
    client.post(path_of(entry), {"act": "ask-approval", "revision": entry.revision})

    page = client.get(path)
    read = re.search(r'name="read" value="(\w+)"', page.content.decode())[1]  # type: ignore[index]
    assert re.search(r"<del>.*?Routes", page.content.decode())
    client.post(path, {"answer": "yes", "read": read})

    assert entry.helpers.get().approved_at is not None
    sent = client.post(path_of(entry), {"act": "submit", "revision": entry.revision})
    assert sent.url == path_of(entry)


def test_who_was_taken_away_opens_nothing(client: Client) -> None:
    entry = EntryFactory()
    helper = services.add_helper(entry=entry, by=entry.owner, name="Vi", email="vi@customer.example", part="editor")
    path = path_of(entry, helper.person)
    assert client.get(path).status_code == 200

    client.post(path_of(entry), {"act": "remove-helper", "helper": helper.pk})

    assert client.get(path).status_code == 403


def test_a_late_request_is_refused_and_its_words_are_kept(client: Client) -> None:
    entry = whole(EntryFactory())
    with time_machine.travel(entry.contest.last_moment + dt.timedelta(seconds=1), tick=False):
        answer = client.post(path_of(entry), {"act": "submit", "revision": entry.revision, "tab": "t"})

    entry.refresh_from_db()
    assert (answer.status_code, entry.state, entry.title) == (409, EntryState.DRAFT, "Routes by night")
    assert "deadline is over" in text(answer)


def test_it_is_taken_back_and_withdrawn_by_its_owner_alone(client: Client) -> None:
    entry = handed_in()
    path = path_of(entry)
    client.post(path, {"act": "take-back"})
    entry.refresh_from_db()
    assert entry.state == EntryState.DRAFT

    client.post(path, {"act": "withdraw"})

    entry.refresh_from_db()
    assert entry.state == EntryState.WITHDRAWN
    assert "withdrawn" in text(client.get(path))


# ---------------------------------------------------------------- from the public page


def test_a_stranger_is_mailed_a_link_that_a_scanner_may_open(client: Client, drain: Any, mailoutbox: Any) -> None:
    contest = open_contest()
    said = {"name": "Nora New", "email": "nora@new.example", "company": "New Company"}
    assert "Look into your mail" in text(client.post(f"/awards/{contest.slug}/enter/", said))
    drain()
    (mail,) = mails_to(Person.objects.get(email="nora@new.example"), mailoutbox)
    path = re.search(r"/awards/[^/]+/enter/[^/]+/", mail.body)[0]  # type: ignore[index]

    page = client.get(path)
    assert not ContestEntry.objects.exists()
    assert page["Referrer-Policy"] == "same-origin"  # with "no-referrer" browsers send no origin: the button is refused
    begun = client.post(path)

    assert ContestEntry.objects.get().account.name == "New Company"  # type: ignore[union-attr]
    assert begun.url.endswith(path_of(ContestEntry.objects.get()))


def test_a_robot_is_thanked_and_nothing_is_kept(client: Client) -> None:
    contest = open_contest()
    said = {"name": "N", "email": "n@new.example", "company": "New", "website": "http://spam.example"}

    client.post(f"/awards/{contest.slug}/enter/", said)

    assert not Person.objects.filter(email="n@new.example").exists()


def test_nobody_enters_an_internal_contest_from_outside(client: Client) -> None:
    assert client.get(f"/awards/{open_contest(audience='internal').slug}/enter/").status_code == 404


# ---------------------------------------------------------------- invited


def test_a_customer_accepts_by_the_mailed_link(client: Client, drain: Any, mailoutbox: Any) -> None:
    invite = InviteFactory()
    services.invite(invite=invite, by=invite.contest.owner)
    drain()
    (mail,) = mails_to(invite.contact.person, mailoutbox)
    path = f"/s/{token_in(mail)}/"
    assert "Would you enter" in text(client.get(path))
    assert not ContestEntry.objects.exists()

    begun = client.post(path, {"act": "accept"})

    entry = ContestEntry.objects.get()
    assert begun.url.endswith(path_of(entry))
    assert entry.summary == invite.note
