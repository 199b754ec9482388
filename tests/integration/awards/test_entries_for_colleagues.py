"""Entries for colleagues: screened, drafts that are their authors’ own, lists; and two at the same moment."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from awards.entries import content, services
from awards.entries.addresses import address_of
from awards.entries.enums import EntryState
from awards.entries.invite_views import InviteList
from awards.entries.services.strangers import Wish, address
from awards.entries.views import EntryList, MyEntryList
from awards.models import Contest, ContestEntry, EntryVersion
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SignedLink
from tests.budgets import Budget
from tests.cast import ROLES, Cast, Clients
from tests.contracts import ListContract
from tests.entering import path_of, text, typed
from tests.factories.contests import ContestFactory, opened
from tests.factories.entries import EntryFactory, InviteFactory, handed_in, open_contest, whole
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.racing import at_once

pytestmark = pytest.mark.django_db
CANARY = "zqcanaryzq"


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


def test_entries_and_invitations_open_in_a_spreadsheet(clients: Clients, cast: Cast) -> None:
    contest = open_contest()
    owner = ContactFactory(account=AccountFactory(name="=1+1 Logistics"))
    handed_in(EntryFactory(contest=contest, contact=owner), title='=HYPERLINK("http://evil.example")\x0b')
    EntryFactory(contest=contest)
    InviteFactory(contest=contest, by=cast.rep)

    entries, invites = (
        openpyxl.load_workbook(BytesIO(clients["marketer"].get(url).getvalue())).active
        for url in (f"/contests/{contest.slug}/entries/?format=xlsx", f"/contests/{contest.slug}/invites/?format=xlsx")
    )

    heads, *rows = entries.iter_rows(values_only=True)
    by_name = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    assert by_name["'=1+1 Logistics"]["Title"].startswith("'=HYPERLINK")  # text, and no formula
    assert by_name["'=1+1 Logistics"]["State"] == "Handed in"
    assert {row["Title"] for name, row in by_name.items() if name[0] != "'"} == {None}  # a draft's words stay its own
    assert [row[1] for row in invites.iter_rows(min_row=2, values_only=True)] == ["Proposed"]


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


def test_results_that_are_changed_over_the_api_keep_their_proofs(api: Any, cast: Cast) -> None:
    contest = open_contest(audience="internal")
    begun = api["rep"].post(
        "/api/v1/entries", {"contest": contest.public_id, "team": cast.rep.team.public_id},
        content_type="application/json",
    ).json()  # fmt: skip
    path = f"/api/v1/entries/{begun['id']}"
    rows = [{"factor": "cost", "what": "Cost of a visit", "before": "12", "after": "9"}]
    api["rep"].patch(path, {"revision": 0, "metrics": rows}, content_type="application/json")
    entry = ContestEntry.objects.get()
    (kept,) = api["rep"].get(path).json()["metrics"]
    services.keep_proof(entry=entry, by=cast.rep.person, metric=kept["id"], file_id="invoice")

    changed = [{**rows[0], "id": kept["id"], "what": "Cost of one visit", "after": "8"}]
    said = api["rep"].patch(path, {"revision": 1, "metrics": changed}, content_type="application/json").json()

    assert [(row["what"], row["after"], row["evidence"]) for row in said["metrics"]] == [
        ("Cost of one visit", "8", "invoice")
    ]


def test_a_screener_says_whose_entry_it_is_that_a_stranger_began(clients: Clients) -> None:
    known = ContactFactory(account__name="Harbour Freight", person__email="ana@harbour.example").account
    contest = open_contest()
    begun = services.begin_by_mail(
        contest=contest,
        said=address(contest, Wish("Nora New", "nora@kestrel.example", "Harbour Freight")).split("/")[-2],
    )
    entry = handed_in(begun)

    page = text(clients["marketer"].get(entry.get_absolute_url()))
    refused = clients["marketer"].post(f"/entries/{entry.public_id}/screen/", {"decision": "eligible"})
    seen = text(clients["marketer"].post(f"/entries/{entry.public_id}/known/", follow=True))

    assert "Is this Harbour Freight, whom we know?" in page
    assert "Its people write from harbour.example · they write from kestrel.example" in page
    assert refused.status_code == 422
    assert "Is this Harbour Freight" not in seen
    entry.account.refresh_from_db()
    assert entry.account.merged_into == known
