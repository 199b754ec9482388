"""The pages of nominations, as a browser without scripts sees them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from nominations import services
from nominations.models import Nomination
from refprogram.people.models import User
from tests.budgets import Budget
from tests.cast import Cast, Clients
from tests.factories.nominations import NominationFactory, invited, screened
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    """Return a page's words, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# ---------------------------------------------------------------- nominating


def test_a_rep_nominates_a_customer_that_was_found(clients: Clients, rep: User) -> None:
    contact = ContactFactory(account=AccountFactory(name="Nordvik", owner=rep))
    found = clients["rep"].get("/nominations/new/?q=nordv")
    url = f"/nominations/new/?account={contact.account.public_id}"
    assert url in found.content.decode()

    said = {"contact": contact.public_id, "activities": ["call", "quote"], "why": "Empty kilometres down by a third"}
    answer = clients["rep"].post(url, said)

    nomination = Nomination.objects.get()
    assert answer.url == nomination.get_absolute_url()
    assert (nomination.account, nomination.contact, nomination.activities) == (
        contact.account,
        contact,
        ["call", "quote"],
    )


def test_a_rep_nominates_somebody_new(clients: Clients) -> None:
    said = {
        "account_name": "Tamsin Foods",
        "contact_name": "Ana Sousa",
        "contact_email": "ana@tamsin.example",
        "why": "They love us",
    }
    clients["rep"].post("/nominations/new/?name=Tamsin+Foods", said)
    nomination = Nomination.objects.get()
    assert (nomination.account.name, str(nomination.contact)) == ("Tamsin Foods", "Ana Sousa")


def test_a_known_contact_without_an_address_is_completed(clients: Clients, rep: User) -> None:
    nomination = NominationFactory(
        nominator=rep, account=AccountFactory(owner=rep), contact=services.Speaker("Ana Sousa")
    )
    said = {"contact": nomination.contact.public_id, "contact_email": "ana@tamsin.example", "why": "They love us"}
    clients["rep"].post(f"{nomination.get_absolute_url()}edit/", said)
    nomination.refresh_from_db()
    assert (nomination.contact.person.name, nomination.contact.person.email) == ("Ana Sousa", "ana@tamsin.example")


def test_sending_twice_nominates_once(clients: Clients) -> None:
    account = AccountFactory()
    url = f"/nominations/new/?account={account.public_id}"
    page = clients["rep"].get(url).content.decode()
    said = {"why": "They love us", "submit_key": re.search(r'name="submit_key" value="([^"]+)"', page)[1]}  # type: ignore[index]
    first, second = clients["rep"].post(url, said), clients["rep"].post(url, said)
    assert first.url == second.url
    assert Nomination.objects.count() == 1


def test_a_taken_customer_says_who_and_when(clients: Clients, marketer: User, time_machine: Any) -> None:
    time_machine.move_to("2026-11-03 10:00Z")
    taken = NominationFactory(account=AccountFactory(name="Nordvale"), nominator=UserFactory(name="Tom Okafor"))
    invited(taken, actor=marketer)
    url = f"/nominations/new/?account={taken.account.public_id}"
    assert "Nordvale is taken. Nominated by Tom Okafor on 3 November" in text(clients["rep"].get(url))

    late = clients["rep"].post(url, {"why": "They love us"})
    assert late.status_code == 422
    assert "Nominated by Tom Okafor on 3 November" in text(late)


def test_a_customer_taken_by_oneself_leads_to_the_nomination(clients: Clients, rep: User) -> None:
    taken = NominationFactory(account=AccountFactory(name="Nordvale"), nominator=rep)
    page = clients["rep"].get(f"/nominations/new/?account={taken.account.public_id}")
    assert "Nordvale is taken. Nominated by you on" in text(page)
    assert f'<a href="{taken.get_absolute_url()}">Open the nomination</a>' in page.content.decode()


def test_the_form_says_what_may_follow_later_and_what_is_wanted(clients: Clients) -> None:
    url = f"/nominations/new/?account={AccountFactory().public_id}"
    page = text(clients["rep"].get(url))
    assert "Name (optional)" in page
    assert "E-mail (optional)" in page
    assert "Say why, in a sentence" in text(clients["rep"].post(url, {"why": ""}))


def test_nothing_typed_is_lost_on_an_error(clients: Clients) -> None:
    url = f"/nominations/new/?account={AccountFactory().public_id}"
    answer = clients["rep"].post(url, {"why": "", "contact_name": "Ana Sousa", "contact_email": "no address"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Ana Sousa"' in page
    assert 'value="no address"' in page


def test_the_people_of_a_customer_that_one_may_not_see_are_not_shown(clients: Clients, cast: Cast) -> None:
    contact = ContactFactory(account=AccountFactory(owner=cast.other_team_rep))
    page = clients["rep"].get(f"/nominations/new/?account={contact.account.public_id}")
    assert contact.person.name not in text(page)


# ---------------------------------------------------------------- the owner


def test_the_owner_answers_by_link_without_signing_in(
    anonymous: Client, rep: User, drain: Callable[[], int], mailoutbox: Any
) -> None:
    nomination = NominationFactory(account=AccountFactory(name="Kestrel", owner=rep))
    drain()
    url = f"/s/{token_in(mails_to(rep, mailoutbox)[0])}/"

    shown = anonymous.get(url)
    nomination.refresh_from_db()
    assert nomination.owner_answer == "pending"  # opening never acts
    assert "Is Kestrel still a happy customer?" in text(shown)

    done = anonymous.post(url, {"answer": "objects", "note": "They are in court with us"})
    nomination.refresh_from_db()
    assert (nomination.owner_answer, nomination.state) == ("objects", "screening")
    assert "Thank you" in text(done)
    for again in (anonymous.get(url), anonymous.post(url, {"answer": "still_true"})):
        assert again.status_code == 200
        assert "You said: Please do not ask them" in text(again)
    nomination.refresh_from_db()
    assert nomination.owner_answer == "objects"  # the first answer stands


def test_the_owner_answers_on_the_desk(clients: Clients, rep: User) -> None:
    nomination = NominationFactory(account=AccountFactory(owner=rep))
    url = f"{nomination.get_absolute_url()}answer/"
    answer = clients["rep"].post(url, {"answer": "still_true", "next": "/"})
    assert answer.url == "/"
    again = clients["rep"].post(url, {"answer": "objects"})
    assert again.status_code == 409
    assert "already “still true”" in text(again)


def test_nobody_is_sent_elsewhere(clients: Clients, rep: User) -> None:
    nomination = NominationFactory(account=AccountFactory(owner=rep))
    said = {"answer": "still_true", "next": "https://evil.example/"}
    answer = clients["rep"].post(f"{nomination.get_absolute_url()}answer/", said)
    assert answer.url == nomination.get_absolute_url()


# ---------------------------------------------------------------- screening

CARD = {"relationship": "4", "results": "3", "fit": "5", "one_by_one": "1"}


def test_the_next_one_comes_by_itself(clients: Clients) -> None:
    first, second = (
        screened(NominationFactory(contact=services.Speaker("Ana", "a@c.example"))),
        screened(NominationFactory()),
    )
    page = clients["marketer"].get("/nominations/screening/")
    assert f"{first.account.name}" in text(page)
    assert "1 of 2" in text(page)

    said = {**CARD, "contact": first.contact.public_id}
    answer = clients["marketer"].post(f"{first.get_absolute_url()}approve/", said, follow=True)
    assert f"{first.account.name} is approved; Ana is invited." in text(answer)
    assert "1 of 1" in text(answer)
    assert second.account.name in text(answer)


def test_from_its_own_page_one_stays_there(clients: Clients) -> None:
    stranger = screened(NominationFactory())
    nomination = screened(NominationFactory(contact=services.Speaker("Ana", "a@c.example")))
    said = {**CARD, "one_by_one": "", "contact": nomination.contact.public_id}
    url = f"{nomination.get_absolute_url()}approve/"

    missing = clients["marketer"].post(url, {**said, "fit": ""})
    assert missing.status_code == 422
    assert "Judge all three first" in text(missing) or "from 1 to 5" in text(missing)
    assert f"Nomination of {nomination.account.name}" in text(missing)
    assert "Approve and invite, next" not in text(missing)
    done = clients["marketer"].post(url, said, follow=True)
    assert done.redirect_chain == [(nomination.get_absolute_url(), 302)]
    assert stranger.account.name not in text(done)


def test_an_address_that_is_missing_is_asked_for_beside_its_field(clients: Clients) -> None:
    nomination = screened(NominationFactory())
    answer = clients["marketer"].post(f"{nomination.get_absolute_url()}approve/", CARD)
    assert answer.status_code == 422
    assert "An invitation goes by mail: who is it for, and at which address?" in text(answer)
    assert 'id="error_1_id_contact_email"' in answer.content.decode() or "id_contact_email" in answer.content.decode()


@pytest.mark.parametrize(("verb", "words"), [("refuse", "Say why"), ("park", "Say why"), ("approve", "from 1 to 5")])
def test_what_is_missing_is_said(clients: Clients, verb: str, words: str) -> None:
    nomination = screened(NominationFactory())
    answer = clients["marketer"].post(f"{nomination.get_absolute_url()}{verb}/", {"revisit_on": "2199-01-01"})
    assert answer.status_code == 422
    assert words in text(answer)


def test_who_comes_second_is_told(clients: Clients, marketer: User, admin: User) -> None:
    nomination = screened(NominationFactory(account=AccountFactory(name="Oriel Bank")))
    services.refuse(nomination=nomination, actor=admin, reason="No need")
    answer = clients["marketer"].post(f"{nomination.get_absolute_url()}refuse/", {"reason": "Me too"}, follow=True)
    assert f"Oriel Bank: {admin.name} decided" in text(answer)
    assert "not approved." in text(answer)


def test_pressing_twice_says_nothing_wrong(clients: Clients) -> None:
    nomination = screened(NominationFactory())
    url = f"{nomination.get_absolute_url()}refuse/"
    clients["marketer"].post(url, {"reason": "No need"}, follow=True)
    again = clients["marketer"].post(url, {"reason": "No need"}, follow=True)
    assert "already" not in text(again)


def test_an_empty_queue_says_so(clients: Clients) -> None:
    assert "The queue is empty" in text(clients["marketer"].get("/nominations/screening/"))


def test_a_parked_one_is_brought_back(clients: Clients, marketer: User) -> None:
    nomination = screened(NominationFactory())
    said = {"reason": "Renewal", "revisit_on": "2199-01-01"}
    clients["marketer"].post(f"{nomination.get_absolute_url()}park/", said)
    answer = clients["marketer"].post(f"{nomination.get_absolute_url()}resume/", follow=True)
    assert "is back in the queue" in text(answer)


# ---------------------------------------------------------------- lists, standings, panel


def test_tabs_and_filters(clients: Clients, rep: User) -> None:
    mine = NominationFactory(nominator=rep, account=AccountFactory(owner=UserFactory()))
    other = screened(NominationFactory(account=AccountFactory(owner=rep)))
    both = text(clients["rep"].get("/nominations/"))
    assert mine.account.name in both
    assert other.account.name in both
    only_mine = text(clients["rep"].get("/nominations/?mine=yes"))
    assert other.account.name not in only_mine
    screening = text(clients["rep"].get("/nominations/?state=screening"))
    assert mine.account.name not in screening


def test_the_export_is_what_is_shown(clients: Clients, rep: User) -> None:
    NominationFactory(nominator=rep, account=AccountFactory(name="=cmd()"))
    answer = clients["rep"].get("/nominations/?format=csv")
    assert b"'=cmd()" in b"".join(answer.streaming_content)


def test_standings_by_team(clients: Clients, cast: Cast) -> None:
    assert cast.north
    page = text(clients["manager"].get("/standings/?by=team&period=2026-Q4"))
    assert "Quarter 4, 2026" in page
    assert "North" in page


def test_a_period_that_makes_no_sense_is_said(clients: Clients) -> None:
    page = clients["rep"].get("/standings/?period=yesterday&by=planet")
    assert page.status_code == 200
    assert "“yesterday” is not a period" in text(page)


def test_an_accounts_nominations(clients: Clients, rep: User) -> None:
    account = AccountFactory(owner=rep)
    url = f"/accounts/{account.public_id}/nominations/"
    assert "Nobody has nominated this customer yet." in text(clients["rep"].get(url))
    NominationFactory(account=account, nominator=UserFactory(name="Tom Okafor"))
    assert "By Tom Okafor" in text(clients["rep"].get(url))


# ---------------------------------------------------------------- budgets


def some(number: int) -> None:
    for _number in range(number):
        screened(NominationFactory(contact=services.Speaker("Ana")))


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("nominations:list", "/nominations/"),
        ("nominations:account-hits", "/nominations/accounts/?q=customer"),
        ("nominations:screening", "/nominations/screening/"),
        ("nominations:new", "/nominations/new/"),
    ],
)
def test_pages_are_flat(budget: Budget, clients: Clients, name: str, url: str) -> None:
    budget.flat(name, make=some, visit=lambda: clients["marketer"].get(url))


@pytest.mark.parametrize("by", ["rep", "team", "region"])
def test_standings_are_flat(budget: Budget, clients: Clients, drain: Callable[[], int], by: str) -> None:
    def make(number: int) -> None:
        some(number)
        drain()

    budget.flat(f"nominations:standings {by}", make=make, visit=lambda: clients["rep"].get(f"/standings/?by={by}"))


def test_a_nomination_keeps_its_budget(budget: Budget, clients: Clients, rep: User) -> None:
    nomination = screened(NominationFactory(nominator=rep, contact=services.Speaker("Ana")))
    clients["rep"].get(nomination.get_absolute_url())
    clients["marketer"].get(nomination.get_absolute_url())
    with budget("nominations:detail"):
        clients["rep"].get(nomination.get_absolute_url())
    with budget("nominations:detail screener"):
        clients["marketer"].get(nomination.get_absolute_url())


def test_nominating_keeps_its_budget(budget: Budget, clients: Clients, rep: User) -> None:
    said = {"why": "They love us", "activities": ["call"]}
    for name in ("nominations:new POST warm", "nominations:new POST"):
        url = f"/nominations/new/?account={AccountFactory(owner=rep).public_id}"
        clients["rep"].get(url)
        with budget(name):
            clients["rep"].post(url, said)


# ---------------------------------------------------------------- rough edges


@pytest.mark.parametrize("verb", ["approve", "park", "refuse"])
def test_an_old_screening_tab_hears_that_it_is_decided(clients: Clients, verb: str) -> None:
    nomination = NominationFactory(account=AccountFactory(name="Nordvik"))
    services.refuse(nomination=nomination, actor=UserFactory(), reason="Somebody was faster")

    page = clients["marketer"].post(f"/nominations/{nomination.public_id}/{verb}/", {}, follow=True)

    assert "decided" in text(page)
    assert "not approved." in text(page)
    assert "Judge all three first" not in text(page)
    assert "Say why" not in text(page)


def test_a_long_why_fits_as_the_page_counts_it(clients: Clients, rep: User) -> None:
    account = AccountFactory(owner=rep)
    url = f"/nominations/new/?account={account.public_id}"
    form = clients["rep"].get(url).content.decode()
    assert 'data-count-to="4000"' in form
    assert 'maxlength="4000"' not in form  # nothing pasted is cut off without a word
    too_long = clients["rep"].post(url, {"why": "x" * 4001})
    assert (too_long.status_code, "x" * 4001 in too_long.content.decode()) == (422, True)
    clients["rep"].post(url, {"why": "x" * 3998 + "\r\n" + "x"})  # 4,000 in the browser, where a line's end is one
    assert len(Nomination.objects.get().why) == 4000


def test_a_mail_brings_the_beginning_of_a_long_why_and_leads_to_the_rest(
    mailoutbox: Any, drain: Callable[[], None]
) -> None:
    owner = UserFactory()
    NominationFactory(account=AccountFactory(owner=owner), why="Begins here. " + "more " * 200 + "Ends here.")
    drain()
    mail = mails_to(owner, mailoutbox)[0]
    html = mail.alternatives[0][0]
    assert ("Begins here." in html, "Ends here." in html, "Read all of it" in html) == (True, False, True)
    assert ("Ends here." in mail.body, "All of it: http" in mail.body) == (False, True)


def test_who_is_invited_is_not_called_optional_where_it_is_decided(clients: Clients, rep: User) -> None:
    nomination = NominationFactory(nominator=rep)
    words = text(clients["marketer"].get(f"/nominations/screening/?n={nomination.public_id}"))
    assert "Name (optional)" not in words
    assert "E-mail (optional)" not in words
    assert "Job title (optional)" in words


@pytest.mark.parametrize("path", ["/nominations/accounts/?q=n", "/nominations/new/?q=n"])
def test_one_letter_is_answered_with_a_hint(clients: Clients, path: str) -> None:
    assert "One more letter" in text(clients["rep"].get(path))


def test_where_nobody_is_named_the_screener_finds_their_first_contact_chosen(clients: Clients) -> None:
    account = AccountFactory()
    ContactFactory(account=account, person__email="")
    reachable = ContactFactory(account=account)
    NominationFactory(account=account)

    form = clients["marketer"].get("/nominations/screening/").context["decision"]

    assert form["contact"].value() == reachable.public_id
