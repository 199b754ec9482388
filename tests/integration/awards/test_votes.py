"""The public vote as people see it: chosen, mailed, confirmed; looked at and counted by who runs the contest."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.entries.wording import VOTE
from awards.models import Contest, ContestEntry, EntryConsent, PublicVote
from awards.voting import services
from awards.voting.enums import Flag, VoteState
from awards.voting.keys import code_of
from awards.voting.views import VoteList
from tests.contracts import ListContract
from tests.factories.results import certifier
from tests.factories.votes import VoteFactory, entry_of, standing, vote_open, vote_over

pytestmark = pytest.mark.django_db
V = VoteState


def page(contest, name="votes", **more):
    return reverse(f"awards:{name}", kwargs={"slug": contest.slug, **more})


def main_of(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_somebody_votes_without_an_account_and_a_scanner_does_not(clients, mailoutbox):
    contest = vote_open("Shorter routes", "Less stock")
    stranger, chosen = clients["anonymous"], entry_of(contest, "Shorter routes")
    shown = stranger.get(page(contest, "vote")).content.decode()
    assert "Shorter routes" in shown
    assert chosen.account.name in shown
    assert chosen.code not in shown  # by these judges know the entry
    assert chosen.public_id not in shown
    address = page(contest, "vote-for", code=code_of(chosen.public_id))
    wrong = stranger.post(address, {"email": "ana@"})
    robot = stranger.post(address, {"email": "robot@kestrel.example", "website": "http://x"})
    assert (wrong.status_code, robot.status_code) == (422, 200)
    assert not PublicVote.objects.exists()

    told = stranger.post(address, {"email": "ana@harbour.example"})
    assert "ana@harbour.example" in told.content.decode()
    assert told.cookies["rp_vote"]["httponly"]
    services.send_links()
    link = re.search(r"/s/\S+/", mailoutbox[0].body).group(0)
    for _look in range(2):  # a scanner, and its second try
        assert "Yes, count my vote" in stranger.get(link).content.decode()
    assert stranger.head(link).status_code == 200
    assert PublicVote.objects.get().state == V.UNVERIFIED
    assert "your vote is in" in stranger.post(link, follow=True).content.decode()
    again = stranger.post(address, {"email": "ana@harbour.example"})

    assert main_of(again) == main_of(told)  # nobody learns who has voted
    assert PublicVote.objects.get(state=V.COUNTED).entry == chosen
    assert PublicVote.objects.get(state=V.COUNTED).device_hash


def test_no_figure_and_no_code_gets_out_while_the_vote_runs(clients, marketer):
    contest = vote_open("Shorter routes", "Less stock", owner=marketer)
    VoteFactory.create_batch(17, entry=entry_of(contest, "Less stock"))

    public = clients["anonymous"].get(page(contest, "vote")).content.decode()
    mine = clients["marketer"].get(page(contest)).content.decode()
    listed = clients["marketer"].get(page(contest, "votes-list")).content.decode()

    assert "17" not in re.sub(r"<[^>]+>", " ", public)
    assert "Figures open when the vote closes" in mine
    assert "Less stock" not in mine
    assert "Less stock" not in listed
    vote_over(contest)
    assert "Less stock" in clients["marketer"].get(page(contest)).content.decode()
    assert clients["anonymous"].get(page(contest, "vote")).status_code == 200
    closed = code_of(entry_of(contest, "Less stock").public_id)
    assert clients["anonymous"].get(page(contest, "vote-for", code=closed)).status_code == 404


def test_who_takes_the_consent_back_is_gone_from_the_page(clients):
    contest = vote_open("Shorter routes", "Less stock")
    gone = entry_of(contest, "Shorter routes")

    EntryConsent.objects.filter(entry=gone, use=VOTE.name).update(revoked_at=timezone.now())

    assert "Shorter routes" not in clients["anonymous"].get(page(contest, "vote")).content.decode()
    address = page(contest, "vote-for", code=code_of(gone.public_id))
    assert clients["anonymous"].get(address).status_code == 404


def test_groups_that_look_odd_are_cleared_or_taken_out_then_counted_and_agreed(clients, marketer, executive):
    contest = vote_open("Shorter routes", owner=marketer)
    routes = entry_of(contest, "Shorter routes")
    odd = {"state": V.QUARANTINED, "flag": Flag.NETWORK, "why": "many", "network_hash": "a" * 64}
    VoteFactory.create_batch(13, entry=routes, **odd)
    VoteFactory.create_batch(3, entry=routes, device_hash="b" * 64, state=V.QUARANTINED, flag=Flag.DEVICE, why="one")
    vote_over(contest)
    certifier(contest, executive)
    mine, theirs = clients["marketer"], clients["executive"]
    refused = mine.post(page(contest, "votes-result", verb="count"), follow=True).content.decode()
    assert "16 votes are still set aside" in refused

    mine.post(page(contest, "votes-group", verb="count"), {"flag": "device", "key": "b" * 64})
    form = mine.get(page(contest, "votes-void") + "?flag=network&key=" + "a" * 64).content.decode()
    assert "Take 13 votes out" in form
    said = {"flag": "network", "key": "a" * 64, "reason": "One room full of telephones."}
    mine.post(page(contest, "votes-void"), said)
    assert mine.get(page(contest, "votes-void") + "?flag=nonsense&key=1").status_code == 404
    mine.post(page(contest, "votes-result", verb="count"))

    seen = theirs.get(page(contest)).content.decode()
    assert "Agree to the count" in seen
    assert "Agree to the count" not in mine.get(page(contest)).content.decode()
    hash_ = re.search(r'name="seen" value="(\w{64})"', seen).group(1)
    theirs.post(page(contest, "votes-result", verb="agree"), {"seen": hash_})
    assert "agreed to by" in mine.get(page(contest)).content.decode()
    assert contest.awards.get(people_choice=True).state == "embargoed"


def test_the_api_says_how_many_and_later_for_whom(api, marketer):
    contest = vote_open("Shorter routes", owner=marketer)
    VoteFactory.create_batch(2, entry=entry_of(contest, "Shorter routes"))
    address = f"/api/v1/contests/{contest.public_id}/votes"

    running = api["marketer"].get(address).json()
    vote_over(contest)
    over = api["marketer"].get(address).json()

    assert (running["open"], running["counted"], running["entries"]) == (True, 2, [])
    assert (over["open"], over["entries"][0]["votes"]) == (False, 2)
    Contest.objects.filter(pk=contest.pk).update(people_choice=False)
    assert api["marketer"].get(address).status_code == 404


def test_the_page_of_the_vote_costs_the_same_with_many_entries(budget, clients):
    contest = vote_open("First")
    category = contest.categories.get()

    def make(n):
        for _n in range(n):
            standing(category, f"Entry {ContestEntry.objects.count()}")

    budget.flat("awards:vote", make=make, visit=lambda: clients["anonymous"].get(page(contest, "vote")))


def test_the_managers_page_costs_the_same_with_many_votes(budget, clients, marketer):
    contest = vote_open("First", "Second", owner=marketer)
    vote_over(contest)

    def make(n):
        VoteFactory.create_batch(n, entry=entry_of(contest, "First"))

    budget.flat("awards:votes", make=make, visit=lambda: clients["marketer"].get(page(contest)))


class TestVotes(ListContract):
    view = VoteList
    url_kwargs = {"slug": "listed"}

    @staticmethod
    def make(count, cast):
        contest = Contest.objects.filter(slug="listed").first()
        if contest is None:
            contest = vote_open("First", owner=cast.marketer)
            Contest.objects.filter(pk=contest.pk).update(slug="listed")
        VoteFactory.create_batch(
            count,
            entry=entry_of(contest, "First"),
            domain="harbour.example",
            cast_at=timezone.now() - dt.timedelta(hours=5),
        )
