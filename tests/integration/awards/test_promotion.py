"""Winners in public, for colleagues, and on their own page: only what they agreed to, and in time."""

import pytest
from django.urls import reverse

from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.entries.addresses import address_of
from awards.models import Award, Contest, WinnerKit, WinnerQuote
from awards.promotion import addresses, privacy, services
from awards.results import services as results
from references.accounts.services import revoke_consent
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Event
from refprogram.kernel.stream import emit
from tests.factories.contests import (
    ContestFactory,
    SponsorFactory,
    WonFactory,
    opened,
    over_and_published,
)
from tests.factories.entries import EntryFactory, handed_in
from tests.factories.promotion import named_winner
from tests.mailbox import mails_to, token_in

pytestmark = pytest.mark.django_db

QUOTE = "We only stopped doing what nobody needed."
ALL = {"winners_page": True, "quote": True, "case_study": True, "logo": True}


def won(contest, consents=None, *, title="Routes by night", **about):
    """Return the award of an entry to an open contest."""
    entry = handed_in(EntryFactory(contest=contest), consents=ALL if consents is None else consents, title=title)
    return WonFactory(place=entry.places.get(), **about)


@pytest.fixture
def contest(marketer):
    made = opened(ContestFactory(owner=marketer, name="The Proof Awards"))
    return contests.change(made, by=marketer, event_place="Amsterdam")


@pytest.fixture
def award(contest):
    """The one winner of an announced contest, who agreed to everything."""
    made = won(contest)
    made.contest = over_and_published(contest)
    return made


def text_of(client, name, *args):
    answer = client.get(reverse(f"awards:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def public_pages(client, award):
    """Return everything that the world reads of a winner: three pages and two pictures, by what they answer."""
    slug, key = award.contest.slug, award.public_id
    pages = [reverse("awards:gallery"), reverse("awards:winners", args=[slug])]
    pages.append(reverse("awards:winner", args=[slug, key]))
    files = [reverse("awards:winner-file", args=[slug, key, name]) for name in ("card.png", "quote.png", "badge.svg")]
    return [client.get(page) for page in pages], [client.get(file).status_code for file in files]


# ---------------------------------------------------------------- the public


def test_the_gallery_names_who_agreed_and_forgets_who_takes_it_back_at_once(clients, award, marketer):
    name, anonymous = award.place.entry.account.name, clients["anonymous"]
    services.release_quote(award=award, text=QUOTE, by=award.place.entry.owner)

    pages, files = public_pages(anonymous, award)
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(name in page.content.decode() and QUOTE in page.content.decode() for page in pages)
    assert "12.5" in pages[0].content.decode()
    assert "card.png" in pages[2].content.decode()
    assert files == [200, 200, 200]

    revoke_consent(consent=award.place.entry.consents.get(use="winners_page").consent, actor=marketer)

    pages, files = public_pages(anonymous, award)
    assert [page.status_code for page in pages] == [200, 200, 302]
    assert pages[2].url == reverse("awards:winners", args=[award.contest.slug])
    assert not any(name in page.content.decode() or QUOTE in page.content.decode() for page in pages)
    assert "1 winner is not named here." in pages[1].content.decode()
    assert files == [404, 404, 200]  # the badge names nobody


def test_nothing_is_there_before_the_announcement_and_nothing_of_a_revoked_award(clients, award):
    anonymous, slug = clients["anonymous"], award.contest.slug
    Contest.objects.filter(slug=slug).update(state=ContestState.DECIDED)
    for state in ("embargoed", "notified", "accepted"):
        Award.objects.update(state=state)
        pages, files = public_pages(anonymous, award)
        assert [page.status_code for page in pages] == [200, 404, 404]
        assert files == [404, 404, 404]
        assert slug not in pages[0].content.decode()
    Contest.objects.filter(slug=slug).update(state=ContestState.PUBLISHED)
    Award.objects.update(state="revoked")
    pages, files = public_pages(anonymous, award)
    assert ([page.status_code for page in pages], files) == ([200, 200, 404], [404, 404, 404])


def test_losers_and_internal_winners_stand_nowhere(clients, contest, marketer):
    loser = handed_in(EntryFactory(contest=contest), consents=ALL)
    placed = won(contest, kind="placed", rank=2)
    first = won(contest)
    over_and_published(contest)

    words = text_of(clients["anonymous"], "winners", contest.slug)
    assert first.place.entry.account.name in words
    assert loser.account.name not in words
    assert placed.place.entry.account.name not in words

    Contest.objects.filter(pk=contest.pk).update(audience="internal")
    assert clients["anonymous"].get(reverse("awards:winners", args=[contest.slug])).status_code == 404


def test_one_looks_for_winners_by_name_category_and_year(clients, award, marketer):
    other = opened(ContestFactory(owner=marketer, year=2031))
    second = won(other, title="Fewer kilometres")
    over_and_published(other)
    name = award.place.entry.account.name

    def found(query):
        words = clients["anonymous"].get(f"{reverse('awards:gallery')}?{query}").content.decode()
        return name in words, second.place.entry.account.name in words

    assert found("") == (True, True)
    assert found("q=kilometres") == (False, True)
    assert found(f"q={award.place.category.name}") == (True, False)
    assert found("year=2031") == (False, True)
    assert found("q=%00&year=%D9%A2&page=x") == (True, True)
    assert found("q=nobody") == (False, False)


def test_the_gallery_costs_the_same_however_many_won(budget, clients, contest):
    over_and_published(contest)

    def make(count):
        for _n in range(count):
            named_winner(contest, words=QUOTE)

    make(1)
    assert QUOTE in text_of(clients["anonymous"], "gallery")
    for name, client, args in (
        ("gallery", "anonymous", ()), ("winners", "anonymous", (contest.slug,)),
        ("promotion", "marketer", (contest.slug,)),
    ):  # fmt: skip
        address = reverse(f"awards:{name}", args=args)
        budget.flat(f"awards:{name}", make=make, visit=lambda a=address, c=client: clients[c].get(a))


# ---------------------------------------------------------------- their own page


def test_a_winner_gets_one_mail_takes_the_kit_and_decides_what_is_shown(clients, contest, drain, mailoutbox):
    award = won(contest, {"winners_page": True})
    owner, anonymous = award.place.entry.owner, clients["anonymous"]
    award.contest = over_and_published(contest)
    for _again in range(2):
        emit("contest.published", subject=award.contest, actor_id=None, payload={})
        drain()
    (mail,) = [mail for mail in mails_to(owner, mailoutbox) if "badge" in mail.subject]
    page = f"/s/{token_in(mail)}/"

    words = anonymous.get(page).content.decode()
    assert "Congratulations" in words
    assert "first agree below that you may be quoted" in words
    for name, begins in (("badge.svg", b"<svg"), ("badge.png", b"\x89PNG"), ("certificate.pdf", b"%PDF")):
        answer = anonymous.get(f"{page}?file={name}")
        assert answer.content.startswith(begins)
    assert anonymous.get(f"{page}?file=quote.png").status_code == 404
    assert anonymous.get(f"{page}?file=../../etc/passwd").status_code == 404

    anonymous.post(page, {"act": "begin-use", "use": "quote"})
    anonymous.post(page, {"act": "release", "text": f"“{QUOTE}”"})
    assert WinnerQuote.objects.get().text == QUOTE
    assert anonymous.get(f"{page}?file=quote.png").content.startswith(b"\x89PNG")
    assert QUOTE in text_of(anonymous, "winners", contest.slug)
    assert anonymous.post(page, {"act": "release", "text": "  "}).status_code == 422

    anonymous.post(page, {"act": "end-use", "use": "quote"})
    assert QUOTE not in text_of(anonymous, "winners", contest.slug)
    anonymous.post(page, {"act": "end-use", "use": "winners_page"})
    assert award.place.entry.account.name not in text_of(anonymous, "winners", contest.slug)
    anonymous.post(page, {"act": "begin-use", "use": "winners_page"})
    assert award.place.entry.account.name in text_of(anonymous, "winners", contest.slug)
    anonymous.post(page, {"act": "take-back"})
    assert not WinnerQuote.objects.exists()


def test_words_that_we_propose_are_asked_for_and_changed_words_wait_again(award, marketer, drain, mailoutbox, clients):
    owner, slug = award.place.entry.owner, award.contest.slug
    services.propose_quote(award=award, text=QUOTE, by=marketer)
    services.propose_quote(award=award, text=QUOTE, by=marketer)
    drain()
    (mail,) = [mail for mail in mails_to(owner, mailoutbox) if "quote you" in mail.subject]
    assert QUOTE in mail.body
    assert QUOTE not in text_of(clients["anonymous"], "winners", slug)

    clients["anonymous"].post(f"/s/{token_in(mail)}/", {"act": "release", "text": QUOTE})
    assert QUOTE in text_of(clients["anonymous"], "winners", slug)

    services.propose_quote(award=award, text="Something grander.", by=marketer)
    words = text_of(clients["anonymous"], "winners", slug)
    assert QUOTE not in words
    assert "Something grander." not in words
    with pytest.raises(DomainError, match="speaks for it"):
        services.release_quote(award=award, text=QUOTE, by=marketer.person)

    assert [one["text"] for one in privacy.export_person(owner.pk)["winner_quotes"]] == ["Something grander."]
    privacy.erase_person(owner.pk)
    assert not WinnerQuote.objects.exists()


def test_a_revoked_award_shuts_the_winners_page(award, executive, clients, drain):
    token = addresses.address_of(award, award.place.entry.owner).split("/s/")[1].strip("/")
    assert clients["anonymous"].get(f"/s/{token}/").status_code == 200

    results.revoke(award=award, reason="Made up.", by=executive)
    drain()
    assert clients["anonymous"].get(f"/s/{token}/").status_code in (404, 410)


# ---------------------------------------------------------------- colleagues, press draft, run-of-show


def test_drafts_name_who_agreed_are_changed_by_one_at_a_time_and_warn_of_who_took_it_back(clients, contest, marketer):
    named = won(contest)
    shy = won(contest, {})
    over_and_published(contest)
    client, who = clients["marketer"], named.place.entry.account.name
    for what in ("press", "show"):
        assert client.post(reverse("awards:promotion-anew", args=[contest.slug, what])).status_code == 302
    kit = WinnerKit.objects.get()
    assert who in kit.press_draft
    assert who in kit.run_of_show
    assert shy.place.entry.account.name not in kit.press_draft + kit.run_of_show
    assert "Amsterdam" in kit.press_draft
    assert "12.5" in kit.run_of_show

    address = reverse("awards:promotion-text", args=[contest.slug, "press"])
    seen = services.mark_of(kit.press_draft)
    assert client.post(address, {"text": f"{kit.press_draft}\nMore.", "seen": seen}).status_code == 302
    stale = client.post(address, {"text": "Mine alone.", "seen": seen})
    assert stale.status_code == 422
    assert "Somebody changed this text meanwhile" in stale.content.decode()
    assert "Mine alone." in stale.content.decode()
    assert WinnerKit.objects.get().press_draft.endswith("More.\n")

    paper = client.get(reverse("awards:promotion-show-pdf", args=[contest.slug]))
    assert paper.content.startswith(b"%PDF")

    revoke_consent(consent=named.place.entry.consents.get(use="winners_page").consent, actor=marketer)
    words = text_of(client, "promotion", contest.slug)
    assert "names who does not agree to it (any more)" in words
    assert "was declined or taken back" not in words
    Award.objects.filter(pk=named.pk).update(state="revoked", reason="Made up.")
    words = text_of(client, "promotion", contest.slug)
    assert f"whose award was declined or taken back: {who}" in words


def test_before_the_announcement_only_who_writes_it_reads_who_won(clients, contest):
    award = won(contest, state="embargoed")
    name = award.place.entry.account.name
    over_and_published(contest)
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.DECIDED)
    kit = reverse("awards:promotion-kit", args=[contest.slug, award.public_id])
    certificate = reverse("awards:promotion-file", args=[contest.slug, award.public_id, "certificate.pdf"])

    assert name in text_of(clients["marketer"], "promotion", contest.slug)
    assert clients["marketer"].get(certificate).content.startswith(b"%PDF")
    for role in ("rep", "manager", "executive", "sales_head"):
        assert name not in text_of(clients[role], "promotion", contest.slug)
        assert clients[role].get(kit).status_code == 404
        assert clients[role].get(certificate).status_code == 404


def test_colleagues_take_what_may_be_shown_and_nothing_else(clients, contest):
    named, shy = won(contest), won(contest, {})
    over_and_published(contest)
    rep = clients["rep"]

    words = text_of(rep, "promotion", contest.slug)
    assert named.place.entry.account.name in words
    assert shy.place.entry.account.name not in words
    assert rep.get(reverse("awards:promotion-kit", args=[contest.slug, shy.public_id])).status_code == 404
    page = text_of(rep, "promotion-kit", contest.slug, named.public_id)
    assert "Congratulations to the whole team" in page
    assert "Propose words" not in page
    shown = clients["marketer"].get(reverse("awards:promotion-kit", args=[contest.slug, shy.public_id]))
    assert "did not agree to be named in public" in shown.content.decode()
    card = reverse("awards:promotion-file", args=[contest.slug, shy.public_id, "card.png"])
    assert clients["marketer"].get(card).status_code == 404


# ---------------------------------------------------------------- sponsors


def test_a_sponsor_gets_the_names_of_those_alone_who_agreed_to_it(clients, marketer, contest):
    nordvik = SponsorFactory(contest=contest, name="Nordvik", takes_leads=True)
    lumen = SponsorFactory(contest=contest, name="Lumen", takes_leads=True)
    yes = handed_in(EntryFactory(contest=contest), consents={f"leads-{nordvik.public_id}": True}, title="=1+1")
    no = handed_in(EntryFactory(contest=contest), consents={f"leads-{lumen.public_id}": True})
    kept = yes.consents.get(use="leads", sponsor=nordvik)
    assert "Nordvik" in kept.wording
    assert not yes.consents.get(use="leads", sponsor=lumen).given

    def names(sponsor):
        address = reverse("awards:sponsor-leads", args=[contest.slug, sponsor.public_id])
        assert clients["marketer"].get(address).status_code == 405
        return clients["marketer"].post(address).content.decode()

    assert yes.owner.email in names(nordvik)
    assert "'=1+1" in names(nordvik)
    assert no.owner.email not in names(nordvik)
    assert Event.objects.filter(topic="sponsor.leads_exported", payload__names=1).count() == 3

    clients["anonymous"].post(address_of(yes, yes.owner), {"act": "end-use", "use": kept.pk})
    assert yes.owner.email not in names(nordvik)
    with pytest.raises(DomainError, match="it stays"):
        contests.remove_sponsor(nordvik, by=marketer)


# ---------------------------------------------------------------- the API


def test_the_api_says_the_same(api, clients, award, marketer):
    public_id = award.contest.public_id
    kit = f"/api/v1/contests/{public_id}/kit"
    winners = api["rep"].get(f"/api/v1/contests/{public_id}/winners").json()
    assert [one["who"] for one in winners] == [award.place.entry.account.name]
    assert winners[0]["measured"]["before"].startswith("12.5")
    made = api["marketer"].post(f"/api/v1/contests/{public_id}/kit/press").json()
    stale = {"press_draft": "Mine.", "press_mark": "0" * 16}
    assert api["marketer"].patch(kit, stale, content_type="application/json").status_code == 409
    mine = {"press_draft": "Mine.", "press_mark": made["press_mark"]}
    assert api["marketer"].patch(kit, mine, content_type="application/json").json()["press_draft"] == "Mine.\n"
