"""Nominating beyond the street: for a colleague, into a gap, twice, from a draft; two at one screen."""

import re
from typing import Any

import pytest

from nominations import services
from nominations.campaigns import services as services_of_campaigns
from nominations.campaigns.selectors import campaigns_with_files_for
from nominations.enums import NominationState
from nominations.models import Campaign, Nomination
from nominations.signals import drafting, links
from nominations.signals.enums import Signal
from references.accounts.selectors import activity_types
from references.coverage.services import set_targets
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.budgets import Budget
from tests.cast import Cast, Clients
from tests.factories.campaigns import CampaignFactory, started
from tests.factories.coverage import plan_of, target_of
from tests.factories.nominations import NominationFactory, screened
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory

N = NominationState
pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    """Return a page's words, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_it_was_a_colleagues_idea(clients: Clients, rep: User) -> None:
    colleague, account = UserFactory(name="Tom Okafor"), AccountFactory(name="Silis")
    assert clients["rep"].get("/nominations/colleagues/?q=okafor").json()[0]["id"] == colleague.public_id
    url = f"/nominations/new/?account={account.public_id}"
    answer = clients["rep"].post(url, {"why": "They love us", "on_behalf_of": colleague.public_id}, follow=True)
    nomination = Nomination.objects.get()
    assert (nomination.nominator, nomination.submitted_by, nomination.channel) == (colleague, rep, "on_behalf")
    assert "Silis is nominated for Tom Okafor. Thank you!" in text(answer)


def test_the_form_says_that_we_need_more_like_this(clients: Clients, marketer: User) -> None:
    set_targets(wanted=[({"industry": "Logistics"}, 3)], actor=marketer)
    account = AccountFactory(industry="Logistics")
    page = clients["rep"].get(f"/nominations/new/?account={account.public_id}")
    assert "We need 3 like this: Logistics" in text(page)
    clients["rep"].post(f"/nominations/new/?account={account.public_id}", {"why": "They love us"})
    assert Nomination.objects.get().in_gap
    other = AccountFactory(industry="Retail")
    assert "We need" not in text(clients["rep"].get(f"/nominations/new/?account={other.public_id}"))


def test_the_same_customer_twice_from_the_form_to_the_shares(clients: Clients, cast: Cast) -> None:
    first = NominationFactory(nominator=UserFactory(name="Tom Okafor"), account=AccountFactory(name="Silis"))
    url = f"/nominations/new/?account={first.account.public_id}"
    assert "Nominated by Tom Okafor" in text(clients["rep"].get(url))
    clients["rep"].post(url, {"why": "They love us"})
    second = Nomination.objects.get(nominator=cast.rep)
    page = clients["rep"].get(second.get_absolute_url())
    assert "Tom Okafor nominated them first" in text(page)
    assert "Join them" not in text(page)

    join = clients["marketer"].get(f"/nominations/{second.public_id}/join/")
    assert "Silis was nominated twice" in text(join)
    sent = {f"percent_{first.nominator.public_id}": 70, f"percent_{cast.rep.public_id}": 20}
    refused = clients["marketer"].post(f"/nominations/{second.public_id}/join/", sent)
    assert refused.status_code == 422
    sent[f"percent_{cast.rep.public_id}"] = 30
    clients["marketer"].post(f"/nominations/{second.public_id}/join/", sent)
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (N.MERGED, first)
    shown = text(clients["rep"].get(first.get_absolute_url()))  # the one that stays is hers too, by her share
    assert "30 %" in shown


def test_a_draft_is_on_the_desk_and_taken_up_from_there(clients: Clients, rep: User) -> None:
    account = AccountFactory(name="Silis", owner=rep)
    draft = drafting.draft(signal=Signal.NPS, account=account, source=("survey", 1), why="They gave a 10.")
    assert draft is not None
    desk = clients["rep"].get("/")
    assert "Nominate Silis?" in text(desk)
    form = clients["rep"].get(f"/nominations/{draft.public_id}/take-up/")
    assert "They gave a 10." in text(form)
    clients["rep"].post(f"/nominations/{draft.public_id}/take-up/", {"why": "They love us"})
    draft.refresh_from_db()
    assert draft.state == N.SCREENING
    assert clients["rep"].get(f"/nominations/{draft.public_id}/take-up/").status_code == 404

    other = drafting.draft(
        signal=Signal.NPS, account=AccountFactory(owner=rep), source=("survey", 2), why="They gave a 9."
    )
    assert other is not None
    assert clients["rep"].post(f"/nominations/{other.public_id}/withdraw/", {"next": "/"}).url == "/"
    other.refresh_from_db()
    assert other.state == N.WITHDRAWN


def test_the_second_screener_hears_of_the_first_and_a_stale_tab_who_was_faster(clients: Clients, cast: Cast) -> None:
    contact = ContactFactory(account=AccountFactory(name="Silis"))
    nomination = screened(NominationFactory(account=contact.account, contact=contact))
    assert "looks at this one now" not in text(clients["marketer"].get("/nominations/screening/"))
    assert "looks at this one now" not in text(clients["marketer"].get("/nominations/screening/"))
    seen = text(clients["admin"].get("/nominations/screening/"))
    assert f"{cast.marketer.name} looks at this one now." in seen

    url = f"/nominations/{nomination.public_id}"
    clients["marketer"].post(f"{url}/refuse/", {"reason": "No need", "one_by_one": "1"})
    late = clients["admin"].post(
        f"{url}/approve/", {"relationship": 4, "results": 4, "fit": 4, "one_by_one": "1"}, follow=True
    )
    assert f"Silis: {cast.marketer.name} decided" in text(late)
    nomination.refresh_from_db()
    assert nomination.state == N.NOT_APPROVED


def test_what_was_parked_just_now_comes_back_by_one_tap(clients: Clients) -> None:
    nomination = screened(NominationFactory(account=AccountFactory(name="Silis")))
    sent = {"reason": "Renewal", "revisit_on": "2199-01-01", "one_by_one": "1"}
    page = clients["marketer"].post(f"/nominations/{nomination.public_id}/park/", sent, follow=True)
    assert "Silis is parked." in text(page)
    assert f'hx-post="/nominations/{nomination.public_id}/resume/"' in page.content.decode()
    clients["marketer"].post(f"/nominations/{nomination.public_id}/resume/")
    nomination.refresh_from_db()
    assert nomination.state == N.SCREENING


def test_a_plan_shows_its_nominations_and_its_connector_is_led_to_the_form(clients: Clients, cast: Cast) -> None:
    account = AccountFactory(name="Silis")
    plan = plan_of(cast.marketer, account=account, owner=cast.rep)
    plan.connectors.create(user=cast.rep, knows="From school")
    assert "Customers whom you are the way to" in text(clients["rep"].get("/nominations/new/"))
    page = clients["marketer"].get(plan.get_absolute_url())
    panel = f"/coverage/plans/{plan.public_id}/nominations/"
    assert panel in page.content.decode()
    services.submit(nominator=cast.rep, account=account, why="They love us")
    assert f"By {cast.rep.name}" in text(clients["marketer"].get(panel))


def test_pages_cost_the_same_whatever_waits(clients: Clients, rep: User, marketer: User, budget: Budget) -> None:
    first = NominationFactory(account=AccountFactory(name="Silis"))

    def more(number: int) -> None:
        for _n in range(number):
            NominationFactory(account=first.account)
            links.make_link(label="Badge", holder=rep)

    more(1)
    second = Nomination.objects.get(second_to=first)
    join = f"/nominations/{second.public_id}/join/"
    budget.flat("nominations:join", make=more, visit=lambda: clients["marketer"].get(join))
    budget.flat("nominations:links", make=more, visit=lambda: clients["rep"].get("/nominations/links/"))
    budget.flat("nominations:signals", make=more, visit=lambda: clients["marketer"].get("/nominations/signals/"))
    budget.flat(
        "nominations:screening twins", make=more, visit=lambda: clients["marketer"].get("/nominations/screening/")
    )
    panel = f"/coverage/plans/{plan_of(marketer, account=first.account).public_id}/nominations/"
    budget.flat("nominations:plan-panel", make=more, visit=lambda: clients["marketer"].get(panel))


# ---------------------------------------------------------------- for a campaign, for what is lacking


def test_the_link_of_a_campaign_shows_it_and_leads_on_for_it(clients: Clients, marketer: User, rep: User) -> None:
    campaign = started(
        CampaignFactory(name="Press days", actor=marketer, sponsor=marketer, sponsor_message="Please name one.")
    )
    services_of_campaigns.add_asset(campaign=campaign, actor=marketer, title="Five slides", url="https://house.example")
    CampaignFactory(name="Newer", actor=marketer)
    account = AccountFactory(name="Silis")
    begin = f"/nominations/new/?campaign={campaign.public_id}"

    page = clients["rep"].get(begin)

    assert "Press days" in text(page)
    assert "Please name one." in text(page)
    assert "Five slides" in text(page)
    hits = clients["rep"].get(f"/nominations/accounts/?q=silis&campaign={campaign.public_id}").content.decode()
    form = f"/nominations/new/?account={account.public_id}&amp;campaign={campaign.public_id}"
    assert form in hits
    started(Campaign.objects.get(name="Newer"))  # the one that asks now, for who comes without a link
    clients["rep"].post(form.replace("&amp;", "&"), {"why": "They love us"})
    assert Nomination.objects.get().campaign == campaign


def test_a_campaign_that_does_not_ask_somebody_is_not_shown_to_them(clients: Clients, marketer: User) -> None:
    others = started(CampaignFactory(name="Only support", actor=marketer, roles=[Role.SUPPORT]))
    over = CampaignFactory(name="Not begun", actor=marketer)
    for campaign in (others, over):
        page = clients["rep"].get(f"/nominations/new/?campaign={campaign.public_id}")
        assert page.status_code == 200
        assert campaign.name not in text(page)


def test_who_is_asked_by_a_campaign_reads_its_files(marketer: User, rep: User, support: User) -> None:
    campaign = started(CampaignFactory(actor=marketer, roles=[Role.REP]))
    assert set(campaigns_with_files_for(rep)) == {campaign.pk}
    assert not set(campaigns_with_files_for(support))


def test_whom_to_name_where_references_are_lacking(clients: Clients, marketer: User) -> None:
    target = target_of(marketer, title="Banks up north", cell={"industry": "Banking"}, wanted=2)
    page = clients["rep"].get("/nominations/new/")
    assert "Where references are lacking" in text(page)
    assert "Banking 2 are missing" in text(page)
    assert f"/nominations/new/?target={target.public_id}" in page.content.decode()
    assert "Where references are lacking" not in text(clients["rep"].get("/nominations/new/?q=sil"))


def test_the_kinds_beyond_the_first_are_folded_unless_one_is_chosen(clients: Clients) -> None:
    page = f"/nominations/new/?account={AccountFactory().public_id}"
    assert '<details class="mt-2"><summary>Something else' in clients["rep"].get(page).content.decode()
    last = list(activity_types())[-1].slug
    answer = clients["rep"].post(page, {"why": "", "activities": [last]})
    assert '<details class="mt-2" open><summary>Something else' in answer.content.decode()
