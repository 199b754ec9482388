"""Pages of consent, content, the library and share pages, for colleagues."""

import re
from decimal import Decimal

import pytest

from references.accounts import services as accounts
from references.consents import services as consents
from references.consents.models import Release
from references.consents.views import TermList
from references.content import services
from references.content.models import Asset, Board
from references.content.views.lists import AssetList, BoardList, PlacementList
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
