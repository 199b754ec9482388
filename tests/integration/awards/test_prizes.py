"""Prizes on their pages: the winner's by a signed link, those of who runs the contest, the API."""

import datetime as dt

import pytest
from django.utils import timezone

from awards.contests.enums import PrizeKind
from awards.models import PrizeGrant
from awards.prizes import letters, selectors, services
from awards.prizes.enums import GrantState
from awards.results import services as results
from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftPolicy
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.models import SignedLink
from tests.factories.contests import WonFactory
from tests.factories.gifts import decide, gift_fund
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.prizes import offered, taken, won
from tests.factories.results import JudgedPlaceFactory

pytestmark = pytest.mark.django_db
G, F = GrantState, FulfilmentState


def door(grant):
    """Return the path of the winner's page."""
    url = letters.link_to(grant.award, grant.award.place.entry.owner)
    return "/s/" + url.split("/s/")[1]


def test_a_winner_takes_a_prize_by_link_and_sees_how_far_it_is(anonymous, marketer):
    gift_fund(2000)
    grant = offered(owner=marketer)
    page, said = door(grant), {"grant": grant.public_id, "act": "take"}
    for _scanner in range(2):
        assert b"Yes, with pleasure" in anonymous.get(page).content
    assert not Fulfilment.objects.exists()
    again = anonymous.post(page, {**said, "guests": "Ana Sousa & two"})
    assert again.status_code == 422
    assert b"Ana Sousa &amp; two" in again.content
    for _double in range(2):
        assert anonymous.post(page, {**said, "guests": "Ana", "wished": "Thursdays"}).status_code == 302
    gift = Fulfilment.objects.get()
    assert b"setting it in motion" in anonymous.get(page).content
    decide(gift, Verdict.APPROVE)
    gifts.deliver(fulfilment=gifts.order(fulfilment=gift, by=marketer), by=marketer, note="They came")
    assert b"Yes, it is here" in anonymous.get(page).content
    anonymous.post(page, {**said, "act": "received"})
    anonymous.post(page, {**said, "act": "received"})
    gift.refresh_from_db()
    assert gift.state == F.ACKNOWLEDGED
    assert anonymous.post(page, {**said, "act": "refuse"}).status_code == 422
    results.revoke(award=grant.award, reason="Fraud", by=marketer)
    assert b"Nothing is needed from you" in anonymous.get(page).content


def test_where_the_house_forbids_it_only_charity_is_offered(anonymous):
    grant = offered(policy=GiftPolicy.CHARITY_ONLY)
    page, said = door(grant), {"grant": grant.public_id, "act": "charity"}
    shown = anonymous.get(page).content.decode()
    assert "Yes, with pleasure" not in shown
    assert "only a gift to charity is allowed" in shown
    assert anonymous.post(page, {**said, "act": "take", "wished": "June"}).status_code == 422
    assert anonymous.post(page, said).status_code == 422
    assert anonymous.post(page, {**said, "cause": "Lifeboats"}).status_code == 302
    assert Fulfilment.objects.get().cause == "Lifeboats"


def test_a_link_opens_its_own_award_to_its_own_winner_only(anonymous):
    grant, other = offered(), offered()
    page = door(grant)
    assert anonymous.post(page, {"grant": other.public_id, "act": "refuse"}).status_code == 404
    assert anonymous.post(page, {"grant": grant.public_id, "act": "steal"}).status_code == 404
    assert anonymous.post(page, {"grant": grant.public_id, "act": "received"}).status_code == 404
    entry = grant.award.place.entry
    entry.owner = PersonFactory()
    entry.save()
    assert anonymous.get(page).status_code == 404
    assert SignedLink.objects.filter(purpose="prize").count() == 1


def test_who_runs_the_contest_sees_whose_turn_it_is_and_what_it_costs(clients, marketer, budget):
    award = won({"item": "Two tickets", "kind": PrizeKind.TICKETS, "value": 90}, owner=marketer)
    contest, category = award.contest, award.place.category
    services.grant_prizes(contest=contest)
    page = f"/contests/{contest.slug}/prizes/"

    def make(count):
        for _number in range(count):
            WonFactory(place=JudgedPlaceFactory(category=category, entry__contest=contest))
        for row in services.grant_prizes(contest=contest)[::2]:
            person = row.award.place.entry.owner
            choice = services.Choice("take", {"guests": "", "wished": "June"})
            services.answer_offer(grant=row, choice=choice, person=person)

    budget.flat("awards:prizes", make=make, visit=lambda: clients["marketer"].get(page))
    shown = clients["marketer"].get(page).content.decode()
    for words in ("Waits for you", "Waits for the winner", "Agree the day", "of $290 planned", "Above the plan"):
        assert words in shown, words
    one = PrizeGrant.objects.filter(state=G.TAKEN).first()
    with budget("awards:prize-grant"):
        clients["marketer"].get(one.get_absolute_url())
    with budget("kernel:link prize"):
        clients["anonymous"].get(door(one))


def test_what_a_winner_told_us_is_read_by_who_runs_the_contest_alone(clients, api, marketer):
    grant = taken(kind=PrizeKind.ELECTRONICS, owner=marketer)
    contest = grant.award.contest
    assert b"1 Dock Road" in clients["marketer"].get(grant.get_absolute_url()).content
    assert b"Dock Road" not in api["marketer"].get(f"/api/v1/contests/{contest.public_id}/grants").content
    gift = clients["finance"].get(grant.fulfilment.get_absolute_url())
    assert gift.status_code == 200
    assert b"Dock Road" not in gift.content
    assert clients["rep"].get(grant.get_absolute_url()).status_code == 403


def test_a_dinner_is_arranged_and_stands_in_the_hosts_calendar(clients, executive, marketer):
    grant, day = taken(owner=marketer), timezone.localdate() + dt.timedelta(days=9)
    page = f"{grant.get_absolute_url()}arrange/"
    said = {"host": executive.public_id, "on": day.isoformat(), "where": "Lisbon", "note": "At eight"}
    assert clients["marketer"].post(page, {**said, "on": "2020-01-01"}).status_code == 422
    assert clients["marketer"].post(page, said).status_code == 302
    (entry,) = selectors.hosted(executive, timezone.now())
    assert (entry.starts, entry.detail) == (day, "Lisbon")
    assert b"Lisbon" in clients["marketer"].get(page).content
    off = f"{grant.get_absolute_url()}do/call-off/"
    clients["marketer"].post(off, {"reason": "She is ill"})
    assert selectors.hosted(executive, timezone.now()) == []
    assert clients["marketer"].get(page).status_code == 404


def test_what_the_winner_told_a_colleague_is_noted_for_them(clients, marketer):
    grant = offered(kind=PrizeKind.DONATION, owner=marketer)
    page = f"{grant.get_absolute_url()}told/"
    missing = clients["marketer"].post(page, {"answer": "take"})
    assert missing.status_code == 422
    assert b"We need this to carry it out" in missing.content
    assert clients["marketer"].post(page, {"answer": "take", "cause": "Lifeboats"}).status_code == 302
    assert Fulfilment.objects.get().cause == "Lifeboats"


def test_a_contest_is_put_away_when_nothing_is_open(clients, marketer):
    grant = offered(owner=marketer)
    contest = grant.award.contest
    page, put = f"/contests/{contest.slug}/prizes/", f"/contests/{contest.slug}/prizes/do/archive/"
    assert b"Put the contest away" not in clients["marketer"].get(page).content
    refused = clients["marketer"].post(put, follow=True).content
    assert b"A prize is still on its way" in refused
    services.call_off(grant=grant, reason="Sold out", by=marketer)
    assert b"Put the contest away" in clients["marketer"].get(page).content
    clients["marketer"].post(put)
    contest.refresh_from_db()
    assert contest.state == "archived"


def test_grants_over_the_api(api, marketer):
    grant = offered(owner=marketer)
    mine, host = api["marketer"], UserFactory(role="executive")
    (row,) = mine.get(f"/api/v1/contests/{grant.award.contest.public_id}/grants").json()
    assert (row["state"], row["gift"], row["settled"], row["whom"]) == (
        "offered", None, False, grant.award.place.entry.account.name,
    )  # fmt: skip
    path = f"/api/v1/grants/{grant.public_id}"
    said = {"host": host.public_id, "on": "2999-01-01", "where": "Lisbon"}
    made = mine.post(f"{path}/arrange", said, content_type="application/json").json()
    assert (made["on"], made["host"]["id"]) == ("2999-01-01", host.public_id)
    bad = mine.post(f"{path}/arrange", {"host": "nobody"}, content_type="application/json")
    assert bad.status_code == 422
    made = mine.post(
        f"{path}/offer", {"kind": "voucher", "item": "A voucher", "value": "40"}, content_type="application/json"
    ).json()
    assert (made["item"], made["host"]) == ("A voucher", None)
