"""A deal's page: what the CRM says, what the company added, what was asked for it."""

import pytest

from references.accounts.enums import Stage
from refprogram.kernel.custom_fields import services as custom_fields
from refprogram.kernel.custom_fields.values import values_of_one
from tests.factories.references import AccountFactory, OpportunityFactory, ProductFactory
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(cast):
    return OpportunityFactory(
        name="Rollout in Porto",
        account=AccountFactory(name="Kestrel Freight", owner=cast.rep),
        product=ProductFactory(name="Atlas"),
        owner=cast.rep,
        amount=250_000,
        stage=Stage.PROPOSAL,
        external_ref="CRM-77",
    )


@pytest.fixture
def segment(db):
    return custom_fields.add_field(noun="opportunity", key="segment", label="Segment", type="text")


def test_the_page_says_what_the_crm_says(clients, deal):
    page = clients["rep"].get(deal.get_absolute_url()).text

    for words in ("Rollout in Porto", "Kestrel Freight", deal.account.get_absolute_url(), "Atlas", "250,000", "CRM-77"):
        assert words in page


def test_a_deal_of_which_little_is_known(clients, cast):
    bare = OpportunityFactory(name="", account=None, product=None, owner=cast.rep, amount=None, closes_on=None)

    assert "unknown" in clients["rep"].get(bare.get_absolute_url()).text


def test_the_account_is_a_link_for_who_may_open_it(clients, cast, other_team_rep):
    theirs = OpportunityFactory(account=AccountFactory(name="Not mine", owner=other_team_rep), owner=cast.rep)

    page = clients["rep"].get(theirs.get_absolute_url()).text

    assert "Not mine" in page
    assert theirs.account.get_absolute_url() not in page


def test_added_fields_are_edited_by_whose_deal_it_is(clients, deal, segment):
    address = f"{deal.get_absolute_url()}edit/"
    assert address in clients["rep"].get(deal.get_absolute_url()).text
    assert address not in clients["manager"].get(deal.get_absolute_url()).text

    answer = clients["rep"].post(address, {"custom.segment": "Public sector"})

    assert answer.status_code == 302
    assert values_of_one("opportunity", deal.pk) == {"segment": "Public sector"}
    assert "Public sector" in clients["rep"].get(deal.get_absolute_url()).text
    edits = clients["rep"].get(f"/edits/opportunity/{deal.public_id}/").text
    assert "Public sector" in edits


def test_nothing_is_edited_where_nothing_was_added(clients, deal):
    assert "edit/" not in clients["marketer"].get(deal.get_absolute_url()).text
    assert clients["marketer"].get(f"{deal.get_absolute_url()}edit/").status_code == 404


def test_requests_for_the_deal(clients, cast, deal):
    mine = request_of(cast.rep, opportunity=deal, purpose="Porto needs a peer")
    request_of(cast.rep, purpose="Something else")

    panel = clients["rep"].get(f"{deal.get_absolute_url()}requests/").text

    assert mine.get_absolute_url() in panel
    assert "Something else" not in panel
    assert f"?opportunity={deal.public_id}" in panel


def test_requests_that_one_may_not_see_are_not_shown(clients, other_team_rep, deal):
    hidden = request_of(other_team_rep, opportunity=None, purpose="Hidden need")
    type(hidden).objects.filter(pk=hidden.pk).update(opportunity=deal)

    assert "Hidden need" not in clients["rep"].get(f"{deal.get_absolute_url()}requests/").text


def test_nobody_asks_for_a_deal_that_is_over(clients, cast):
    won = OpportunityFactory(owner=cast.rep, stage=Stage.WON)

    assert "?opportunity=" not in clients["rep"].get(f"{won.get_absolute_url()}requests/").text


def test_cost_of_the_page(budget, clients, deal, segment):
    clients["rep"].get(deal.get_absolute_url())
    with budget("references:opportunity"):
        clients["rep"].get(deal.get_absolute_url())


def test_cost_of_its_requests_is_flat(budget, clients, cast, deal):
    budget.flat(
        "references:opportunity-requests",
        make=lambda n: [request_of(cast.rep, opportunity=deal) for _ in range(n)],
        visit=lambda: clients["rep"].get(f"{deal.get_absolute_url()}requests/"),
    )
