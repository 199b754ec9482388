"""Pages of consent, content, the library and share pages; what customers and prospects see behind a link."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from references.accounts import clock
from references.accounts import services as accounts
from references.consents import services as consents
from references.consents.enums import ReleaseState, Scope
from references.consents.models import ConsentTerm, Release
from references.consents.terms import TermSpec
from references.consents.views import TermList
from references.content import services
from references.content.enums import AssetState, ReviewAnswer
from references.content.models import Asset, Board, BoardView
from references.content.views.lists import AssetList, BoardList, PlacementList
from refprogram.kernel import links
from tests.contracts import FormContract, ListContract
from tests.factories.budgets import fund_of
from tests.factories.content import agreed, approved, board, story, with_quote, words
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db


class TestTerms(ListContract):
    view = TermList

    @staticmethod
    def make(count, cast):
        for _number in range(count):
            agreed(ContactFactory(), "quote")


class TestAssets(ListContract):
    view = AssetList

    @staticmethod
    def make(count, cast):
        for _number in range(count):
            story(cast.marketer)


class TestPlacements(ListContract):
    view = PlacementList

    @staticmethod
    def make(count, cast):
        for number in range(count):
            services.place(
                asset=approved(cast.marketer), channel="website", audience=4, territory="", place=f"https://x/{number}",
                by=cast.marketer,
            )  # fmt: skip


class TestBoards(ListContract):
    view = BoardList

    @staticmethod
    def make(count, cast):
        asset = approved()
        for _number in range(count):
            board(cast.rep, asset)


class TestNewStory(FormContract):
    url, reader = "/content/new/", "marketer"
    typed, broken = "Their words", {"account": "nothing"}

    @staticmethod
    def count():
        return Asset.objects.count()

    @property
    def good(self):
        return {"account": AccountFactory().public_id, "title": "Their words", "kind": "quote", "summary": ""}


class TestNewBoard(FormContract):
    url, reader = "/content/boards/new/", "rep"
    typed, broken = "Their words", {"title": ""}

    @staticmethod
    def count():
        return Board.objects.count()

    @property
    def good(self):
        return {"title": "For Ada", "greeting": "Their words", "days": "30", "assets": [approved().public_id]}


def door(purpose, subject, person=None):
    url = links.issue(purpose=purpose, subject=subject, person_id=person.pk if person else None)
    return f"/s/{url.rstrip('/').rpartition('/')[2]}/"


def text_of(response):
    return response.content.decode()


# ---------------------------------------------------------------- budgets


def test_the_cost_of_a_storys_page(budget, clients, cast):
    asset = approved(cast.marketer)
    with_quote(asset, asset.needs.first().contact)
    clients["marketer"].get(asset.get_absolute_url())
    with budget("references:asset"):
        clients["marketer"].get(asset.get_absolute_url())


@pytest.mark.parametrize(("panel", "shows"), [("history", "Books closed sooner"), ("money", "A film")])
def test_the_cost_of_a_storys_panels(budget, clients, cast, panel, shows):
    asset = approved(cast.marketer, title="Books closed sooner")
    board(cast.rep, asset)
    services.plan_cost(asset=asset, kind="video", amount=Decimal(10), fund=fund_of(), label="A film", by=cast.marketer)
    page = f"{asset.get_absolute_url()}{panel}/"
    clients["marketer"].get(page)
    with budget(f"references:asset-{panel}"):
        answer = clients["marketer"].get(page)
    assert shows in text_of(answer)


def test_the_cost_of_the_library_is_flat(budget, clients, cast):
    budget.flat(
        "references:library",
        make=lambda count: [approved() for _number in range(count)],
        visit=lambda: clients["rep"].get("/library/"),
    )


def test_the_cost_of_a_share_page_is_flat(budget, clients, cast):
    page = board(cast.rep, approved())

    def add(count):
        made = [approved() for _number in range(min(count, 9))]
        services.add_to_board(board=page, assets=made, by=cast.rep)

    budget.flat("link:board", make=add, visit=lambda: clients["anonymous"].get(f"/s/{services.token_of(page)}/"))


def test_the_cost_of_the_columns_is_flat(budget, clients, cast):
    budget.flat(
        "references:content-columns",
        make=lambda count: [story(cast.marketer) for _number in range(count)],
        visit=lambda: clients["marketer"].get("/content/columns/"),
    )


# ---------------------------------------------------------------- behind the link: a release


def asked(by):
    contact = ContactFactory(person__name="Sara Lind", account__name="Aurora")
    terms = [TermSpec("quote"), TermSpec("name")]
    until = clock.today() + dt.timedelta(days=365)
    return consents.ask_release(contact=contact, template=words(), terms=terms, by=by, until=until)


def test_opening_a_release_ticks_and_does_nothing(clients, marketer):
    release = asked(marketer)
    page = text_of(clients["anonymous"].get(door("release", release, release.contact.person)))
    release.refresh_from_db()
    assert (" checked" in page, "Words in quotation marks" in page) == (False, True)
    assert release.state == ReleaseState.ASKED


def test_a_customer_agrees_to_one_thing_and_takes_it_back(clients, marketer):
    release = asked(marketer)
    url = door("release", release, release.contact.person)
    place = next(n for n, term in enumerate(release.terms) if term["scope"] == "quote")
    clients["anonymous"].post(url, {"answer": "yes", "ticked": str(place)})
    term = ConsentTerm.objects.get(contact=release.contact)
    assert "Thank you" in text_of(clients["anonymous"].get(url))
    clients["anonymous"].post(url, {"answer": "back", "term": term.public_id})
    term.refresh_from_db()
    assert term.revoked_at is not None


def test_nothing_ticked_comes_back_with_a_sentence(clients, marketer):
    release = asked(marketer)
    answer = clients["anonymous"].post(door("release", release, release.contact.person), {"answer": "yes"})
    assert (answer.status_code, "Tick what you agree to" in text_of(answer)) == (422, True)


@pytest.mark.parametrize("body", [{"answer": "yes", "ticked": "99"}, {"answer": "sing"}, {"ticked": "'; --"}, {}])
def test_nonsense_agrees_to_nothing(body, clients, marketer):
    release = asked(marketer)
    clients["anonymous"].post(door("release", release, release.contact.person), body)
    assert not ConsentTerm.objects.filter(contact=release.contact).exists()


def test_anybody_can_check_a_consent_and_learns_no_persons_name(clients):
    contact = ContactFactory(person__name="Sara Lind", person__email="sara@x.example", account__name="Aurora")
    consent = agreed(contact, "quote", "company")
    url = door("consent_verify", consent)
    page = text_of(clients["anonymous"].get(url))
    assert ("Yes: Aurora agreed" in page, "Sara" in page, "sara@" in page) == (True, False, False)
    accounts.revoke_consent(consent=consent, actor=None)
    gone = text_of(clients["anonymous"].get(url))
    assert ("No: nothing of" in gone, "Aurora" in gone) == (True, False)


def test_a_company_that_did_not_agree_to_its_name_stays_masked_in_front_of_strangers(clients, rep):
    contact = ContactFactory(account__name="Aurora", account__industry="Shipping")
    consent = agreed(contact, "quote", "story")
    checked = text_of(clients["anonymous"].get(door("consent_verify", consent)))
    asset = approved(None, contact, consent=False, title="A quick start", scopes=["story"])
    page = board(rep, asset)
    read = text_of(clients["anonymous"].get(f"/s/{services.token_of(page)}/"))
    assert ("Aurora" in checked, "Aurora" in read, "A quick start" in read) == (False, False, True)


# ---------------------------------------------------------------- behind the link: a draft


def reading(marketer):
    contact = ContactFactory()
    agreed(contact)
    asset = services.advance(asset=story(marketer, contact), to=AssetState.INTERNAL_REVIEW, by=marketer)
    return services.ask_customer(asset=asset, contact=contact, by=marketer)


def test_a_customer_changes_a_draft_and_their_words_are_shown_as_a_version(clients, marketer):
    review = reading(marketer)
    url = door("draft_review", review, review.contact.person)
    clients["anonymous"].post(url, {"answer": "edited", "body": "They closed the books in four days."})
    review.refresh_from_db()
    page = text_of(clients["marketer"].get(f"{review.asset.get_absolute_url()}versions/2/"))
    assert review.answer == ReviewAnswer.EDITED
    assert re.search(r"<ins>.*four", page)


def test_a_draft_answered_is_shown_as_answered(clients, marketer):
    review = reading(marketer)
    url = door("draft_review", review, review.contact.person)
    clients["anonymous"].post(url, {"answer": "yes"})
    assert "Thank you for reading it" in text_of(clients["anonymous"].get(url))


def test_a_no_without_a_word_comes_back(clients, marketer):
    review = reading(marketer)
    answer = clients["anonymous"].post(door("draft_review", review, review.contact.person), {"answer": "no"})
    assert (answer.status_code, "what is wrong" in text_of(answer)) == (422, True)


def test_an_answer_that_is_none_is_no_answer(clients, marketer):
    review = reading(marketer)
    url = door("draft_review", review, review.contact.person)
    for sent in ({}, {"answer": "perhaps", "words": "It is wrong"}):
        assert clients["anonymous"].post(url, sent).status_code == 422
    review.refresh_from_db()
    assert (review.answered_at, review.asset.state) == (None, AssetState.CUSTOMER_REVIEW)


def test_what_a_customer_types_is_text_on_our_pages(clients, marketer):
    review = reading(marketer)
    url = door("draft_review", review, review.contact.person)
    clients["anonymous"].post(url, {"answer": "edited", "body": "<script>alert(1)</script> [x](javascript:alert(1))"})
    page = text_of(clients["marketer"].get(review.asset.get_absolute_url()))
    assert ("<script>alert" in page, 'href="javascript' in page) == (False, False)


# ---------------------------------------------------------------- behind the link: a share page


def shared(rep, *scopes):
    contact = ContactFactory(person__name="Sara Lind", account__name="Aurora")
    consent = agreed(contact, *scopes)
    asset = approved(None, contact, consent=False, title="A quick start at Aurora")
    with_quote(asset, contact)
    return board(rep, asset), consent


def test_a_prospect_reads_allowed_parts_only_and_hears_of_nothing_withheld(clients, rep):
    page, _consent = shared(rep, Scope.COMPANY, Scope.STORY)
    read = text_of(clients["anonymous"].get(f"/s/{services.token_of(page)}/"))
    maker = text_of(clients["rep"].get(page.get_absolute_url()))
    assert ("A quick start at Aurora" in read, "It just works" in read, "Hidden" in read) == (True, False, False)
    assert ("It just works" in maker, "never agreed to it" in maker) == (True, True)


def test_revocation_hides_a_story_at_the_next_reading(clients, rep):
    page, consent = shared(rep)
    url = f"/s/{services.token_of(page)}/"
    assert "It just works" in text_of(clients["anonymous"].get(url))
    accounts.revoke_consent(consent=consent, actor=None)
    assert "Aurora" not in text_of(clients["anonymous"].get(url))


def test_opening_counts_nothing_and_the_script_counts_once(clients, rep):
    page, _consent = shared(rep)
    url = f"/s/{services.token_of(page)}/"
    clients["anonymous"].get(url)
    assert not BoardView.objects.exists()
    for _twice in range(2):
        clients["anonymous"].post(url, {"tab": "a-tab"})
    clients["anonymous"].post(url, {"tab": "a-tab", "item": "999999"})
    page.refresh_from_db()
    assert (page.views, BoardView.objects.count()) == (1, 1)


def test_a_closed_page_is_gone(clients, rep):
    page, _consent = shared(rep)
    services.close_board(board=page, by=rep)
    assert clients["anonymous"].get(f"/s/{services.token_of(page)}/").status_code == 410


def test_a_preview_is_not_counted_and_loads_no_script(clients, rep):
    page, _consent = shared(rep)
    read = text_of(clients["rep"].get(f"{page.get_absolute_url()}preview/"))
    assert ("looks.js" in read, "This look is not counted" in read) == (False, True)


# ---------------------------------------------------------------- colleagues


def test_a_place_without_consent_is_refused_in_the_form(clients, marketer):
    asset = approved(marketer, consent=False)
    body = {"channel": "website", "place": "https://x.example/", "audience": "4", "territory": "",
            "placed_on": "2026-01-01"}  # fmt: skip
    answer = clients["marketer"].post(f"{asset.get_absolute_url()}place/", body)
    assert (answer.status_code, "never agreed to it" in text_of(answer)) == (422, True)


def test_the_library_answers_htmx_with_the_cards_alone(clients):
    approved(title="Books closed sooner")
    answer = text_of(clients["rep"].get("/library/?q=books", headers={"HX-Request": "true"}))
    assert ("Books closed sooner" in answer, "<html" in answer) == (True, False)


def test_what_is_ticked_stays_ticked_while_others_are_looked_for(clients):
    first, second = approved(title="Books closed sooner"), approved(title="Trucks on time")
    asked = f"/library/?q=trucks&asset={first.public_id}&asset={second.public_id}&asset=nonsense"
    for headers in ({"HX-Request": "true"}, {}):
        answer = text_of(clients["rep"].get(asked, headers=headers))
        found, basket = answer.split('id="basket"')
        assert f'value="{second.public_id}" form="basket" checked' in found  # it is among those found
        assert f'value="{first.public_id}" checked> Books closed sooner' in basket  # it is not, and waits here
        assert "nonsense" not in basket
    assert 'hx-swap-oob="true"' in text_of(clients["rep"].get(asked, headers={"HX-Request": "true"}))


def test_what_may_not_be_shared_is_not_named_by_ticking_it(clients, marketer):
    hidden = story(marketer, title="Nobody may know")
    assert "Nobody may know" not in text_of(clients["rep"].get(f"/library/?asset={hidden.public_id}"))


def test_a_frozen_customers_story_leaves_library_and_api(clients, api, marketer):
    asset = approved(title="Books closed sooner")
    accounts.freeze(account=asset.account, kind="legal", actor=marketer)
    assert "Books closed" not in text_of(clients["rep"].get("/library/"))
    assert "Books closed" not in text_of(api["rep"].get("/api/v1/library"))


def test_the_api_says_what_is_missing(api, marketer):
    asset = approved(marketer, ContactFactory(person__name="Sara Lind"), consent=False)
    verdict = api["marketer"].get(f"/api/v1/stories/{asset.public_id}/can-use?channel=share").json()
    assert (verdict["ok"], {one["scope"] for one in verdict["missing"]}) == (False, {"company", "story"})


def test_a_contacts_panel_asks_and_takes_back(clients, marketer):
    contact = ContactFactory()
    agreed(contact, "quote")
    page = text_of(clients["marketer"].get(f"/contacts/{contact.public_id}/terms/"))
    assert ("Ask for a release" in page, "Taken back" in page) == (True, True)


def test_asking_for_a_release_by_the_form(clients, marketer):
    contact = ContactFactory()
    body = {"scopes": ["quote"], "channels": ["website"], "audience": "4", "territory": "", "until": "2099-01-01",
            "template": words().public_id, "message": "Dear you"}  # fmt: skip
    clients["marketer"].post(f"/contacts/{contact.public_id}/release/", body)
    assert Release.objects.get(contact=contact).terms[0]["channel"] == "website"


def test_every_figure_names_the_rows_behind_it(clients, marketer):
    page = clients["marketer"].get("/content/figures/").text
    links = re.findall(r"<footer>.*?<a href=\"[^\"]+\">(.*?)</a>", page, re.DOTALL)
    assert links == ["Published stories", "Share pages", "All stories"]


# ---------------------------------------------------------------- nothing to agree to


def test_without_words_the_form_says_where_to_write_them(clients, cast):
    contact = ContactFactory(account=AccountFactory(owner=cast.rep))
    url = f"/contacts/{contact.public_id}/release/"
    assert 'name="template"' in clients["marketer"].get(url).text
    consents.retire_template(template=words(), by=cast.marketer)
    for part, link in (("marketer", "/consents/words/new/"), ("rep", "/consents/words/")):
        page = clients[part].get(url).text
        assert "There are no words to agree to yet" in page
        assert f'href="{link}"' in page
        assert 'name="template"' not in page
    assert not Release.objects.exists()
    assert clients["rep"].post(url, {}).status_code == 422
