"""The pages of entries: behind a link without an account, signed in, and for who screens."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from awards.entries import content, services
from awards.entries.addresses import address_of
from awards.entries.enums import EntryState
from awards.entries.invite_views import InviteList
from awards.entries.views import EntryList, MyEntryList
from awards.models import Contest, ContestEntry, EntryVersion
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SignedLink
from refprogram.people.models import Person
from tests.budgets import Budget
from tests.cast import ROLES, Cast, Clients
from tests.contracts import ListContract
from tests.factories.contests import ContestFactory, opened
from tests.factories.entries import EntryFactory, InviteFactory, handed_in, open_contest, whole
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.mailbox import mails_to, token_in
from tests.racing import at_once

pytestmark = pytest.mark.django_db
CANARY = "zqcanaryzq"


def path_of(entry: ContestEntry, person: Any = None) -> str:
    url = address_of(entry, person or entry.owner)
    return url[url.index("/s/") :]


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def typed(entry: ContestEntry, **more: Any) -> dict[str, Any]:
    """Return what a browser sends of a whole entry."""
    slug = entry.contest.categories.order_by("pk").values_list("slug", flat=True)[0]
    return {
        "title": "Routes by night", "summary": "A quarter less", "category": [slug],
        "f-challenge": "Late", "f-solution": "Planned anew", "metric": ["one"], "m-one-factor": "cost",
        "m-one-what": "Cost of a delivery", "m-one-before": "12.50", "m-one-after": "9", "m-one-unit": "EUR",
        "revision": str(entry.revision), "tab": "first", **more,
    }  # fmt: skip


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

    client.get(path)
    assert not ContestEntry.objects.exists()
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


# ---------------------------------------------------------------- for colleagues


def test_a_screener_decides_and_the_next_one_comes(clients: Clients, cast: Cast) -> None:
    contest = open_contest()
    first, second = (handed_in(EntryFactory(contest=contest)) for _n in range(2))

    answer = clients["marketer"].post(f"/entries/{first.public_id}/screen/", {"decision": "eligible"})

    first.refresh_from_db()
    assert (first.state, answer.url) == (EntryState.ELIGIBLE, second.get_absolute_url())


def test_a_refusal_without_a_reason_comes_back(clients: Clients) -> None:
    entry = handed_in()

    answer = clients["marketer"].post(f"/entries/{entry.public_id}/screen/", {"decision": "needs_fix"})

    assert answer.status_code == 422
    assert "Tick at least one reason" in text(answer)


def test_a_team_enters_signed_in(clients: Clients, cast: Cast) -> None:
    contest = open_contest(audience="internal")
    answer = clients["rep"].post(f"/contests/{contest.slug}/entries/new/", {"team": cast.rep.team.public_id})
    entry = ContestEntry.objects.get()
    assert answer.url == f"/entries/{entry.public_id}/write/"

    clients["rep"].post(answer.url, {**typed(entry), "act": "next"})
    entry.refresh_from_db()
    clients["rep"].post(answer.url, {"act": "submit", "revision": entry.revision, "tab": "first"})

    entry.refresh_from_db()
    assert entry.state == EntryState.SUBMITTED


def test_a_rep_proposes_and_the_program_invites(clients: Clients, cast: Cast) -> None:
    contest = open_contest()
    account = AccountFactory(owner=cast.rep)
    said = {"account": account.public_id, "name": "Ana", "email": "ana@customer.example", "note": "A quarter less"}

    made = clients["rep"].post(f"/contests/{contest.slug}/invites/new/", said)
    page = text(clients["marketer"].post(f"{made.url}invite/", follow=True))

    assert "Invited" in page


# ---------------------------------------------------------------- a draft is its authors’ own


def test_a_draft_says_nothing_to_anybody_else(clients: Clients, cast: Cast, api: Any) -> None:
    entry = EntryFactory(contact=ContactFactory(account=AccountFactory(owner=cast.rep)), nominator=cast.rep)
    words = {"title": CANARY, "summary": CANARY, "values": {"challenge": CANARY, "solution": CANARY},
             "metrics": [{"id": "a", "what": CANARY}]}  # fmt: skip
    services.save(entry=entry, by=entry.owner, typed=services.Typed(**words), revision=0)
    pages = [
        "/entries/", entry.get_absolute_url(), f"/contests/{entry.contest.slug}/entries/",
        f"/contests/{entry.contest.slug}/", f"/contests/{entry.contest.slug}/entries/?q={CANARY[:4]}",
        f"/contests/{entry.contest.slug}/entries/?format=csv", f"/search/?q={CANARY[:6]}", "/",
        f"/edits/entry/{entry.public_id}/",
    ]  # fmt: skip
    calls = ["/api/v1/entries", f"/api/v1/entries/{entry.public_id}", f"/api/v1/entries/{entry.public_id}/edits",
             "/api/v1/events"]  # fmt: skip

    found = [
        (role, url)
        for role in ROLES
        for asked, urls in ((clients[role], pages), (api[role], calls))
        for url in urls
        if CANARY in read(asked.get(url)).replace(f"q={CANARY}", "")
    ]

    assert found == []


def read(response: Any) -> str:
    body = b"".join(response) if getattr(response, "streaming", False) else response.content
    return str(body.decode(errors="replace"))


def test_the_history_keeps_no_word_of_a_draft() -> None:
    entry = EntryFactory()
    services.save(entry=entry, by=entry.owner, typed=services.Typed(title=CANARY), revision=0)
    services.save(entry=entry, by=entry.owner, typed=services.Typed(title="Other"), revision=1)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM awards_contestentryedit e WHERE e::text LIKE %s", [f"%{CANARY}%"])
        assert cursor.fetchone() == (0,)


# ---------------------------------------------------------------- two at the same moment


@pytest.mark.django_db(transaction=True)
def test_handed_in_twice_at_once_is_one_version() -> None:
    entry = whole(EntryFactory())
    at = timezone.now()

    done = at_once(*[lambda: services.submit(entry=entry, by=entry.owner, at=at) for _n in range(3)])

    assert {row.version for row in done} == {1}
    assert EntryVersion.objects.filter(entry=entry).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_save_at_once_one_is_told() -> None:
    entry = EntryFactory()

    done = at_once(
        lambda: services.save(entry=entry, by=entry.owner, typed=services.Typed(title="A"), revision=0, tab="a"),
        lambda: services.save(entry=entry, by=entry.owner, typed=services.Typed(title="B"), revision=0, tab="b"),
    )

    assert sorted(isinstance(one, DomainError) for one in done) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_links_to_one_entry_are_asked_for_at_once() -> None:
    entry = EntryFactory()

    done = at_once(*[lambda: address_of(entry, entry.owner) for _n in range(3)])

    assert len({one for one in done if isinstance(one, str)}) == 1
    assert SignedLink.objects.filter(purpose="entry").count() == 1


# ---------------------------------------------------------------- lists and budgets


def _listed() -> Contest:
    found = Contest.objects.filter(slug="listed").first()
    return found if found is not None else opened(ContestFactory(name="Listed"))


class TestEntries(ListContract):
    view = EntryList
    url_kwargs = {"slug": "listed"}

    @staticmethod
    def make(count: int, cast: Cast) -> None:
        contest = _listed()
        for _n in range(count):
            EntryFactory(contest=contest, nominator=cast.rep)


class TestMyEntries(ListContract):
    view = MyEntryList
    reader = "rep"

    @staticmethod
    def make(count: int, cast: Cast) -> None:
        contest = _listed()
        for _n in range(count):
            EntryFactory(contest=contest, nominator=cast.rep)


class TestInvites(ListContract):
    view = InviteList
    url_kwargs = {"slug": "listed"}

    @staticmethod
    def make(count: int, cast: Cast) -> None:
        contest = _listed()
        for _n in range(count):
            InviteFactory(contest=contest, by=cast.rep)


def test_an_entrys_page_costs_the_same_each_time(budget: Budget, clients: Clients) -> None:
    entry = handed_in(consents={"logo": True})
    clients["marketer"].get(entry.get_absolute_url())

    with budget("awards:entry"):
        clients["marketer"].get(entry.get_absolute_url())


def test_writing_costs_the_same_each_time(budget: Budget, client: Client) -> None:
    entry = whole(EntryFactory())
    path = path_of(entry)
    client.get(path)

    with budget("kernel:link entry"):
        client.get(path)
    with budget("kernel:link entry save"):
        client.post(path, {**typed(entry), "act": "save"})


def test_handing_in_costs_the_same_each_time(budget: Budget, client: Client) -> None:
    entry = whole(EntryFactory())
    path = path_of(entry)
    handed_in()

    with budget("kernel:link entry submit"):
        client.post(path, {"act": "submit", "revision": entry.revision, "tab": "t"})


def test_a_second_screener_reads_what_the_first_found(clients: Clients) -> None:
    entry = handed_in()
    services.screen(entry=entry, decision="ineligible", by=UserFactory(role="marketer"), codes=["rules"])

    page = text(clients["marketer"].get(entry.get_absolute_url()))

    assert "finds it not eligible" in page
    assert "It breaks the rules" in page


def test_sending_no_file_takes_no_proof_away(client: Client) -> None:
    entry = EntryFactory()
    path = path_of(entry)
    proof = SimpleUploadedFile("invoices.txt", b"12.50 before, 9 after", content_type="text/plain")
    client.post(path, {**typed(entry), "act": "upload:metric-one", "m-one-evidence": proof})

    client.post(path, {**typed(entry), "act": "upload:metric-one"})

    entry.refresh_from_db()
    (row,) = content.written(entry)["metrics"]
    assert row["evidence"]
    client.post(path, {**typed(entry), "act": "drop:metric-one"})
    entry.refresh_from_db()
    assert content.written(entry)["metrics"] == []
