"""The public vote: one each, confirmed by mail, odd ones looked at, counted by two, apart from the judges."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from awards.contests import services as contests
from awards.contests.enums import VotesFor
from awards.entries import services as entries
from awards.entries.services.agreeing import end_use
from awards.entries.wording import VOTE
from awards.models import Contest, EntryConsent, PublicVote
from awards.voting import keys, selectors, services, window
from awards.voting.enums import Flag, VoteState
from awards.voting.keeping_times import POLICIES
from awards.voting.privacy import erase_person, export_person
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import Event, SignedLink
from tests.factories.contests import ContestFactory
from tests.factories.people import PersonFactory
from tests.factories.votes import DAY, VoteFactory, entry_of, vote_open
from tests.racing import at_once

pytestmark = pytest.mark.django_db
V = VoteState
SENDING = "tests.unit.notices.test_sending"
Drain = Callable[[], int]


def cast(contest: Contest, title: str, email: str, *, address: str = "", device: str = "") -> PublicVote:
    """Cast a vote, each from a network and a browser of its own unless it is said."""
    came = services.Came(address or f"10.{len(email)}.{sum(map(ord, email)) % 250}.9", device or email)
    services.cast(contest=contest, entry=entry_of(contest, title), email=email, came=came)
    return PublicVote.objects.filter(contest=contest, state=V.UNVERIFIED).latest("pk")


def confirmed(contest: Contest, title: str, email: str, **came: str) -> PublicVote:
    return services.confirm(vote=cast(contest, title, email, **came))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana@Harbour.example", " ana@harbour.EXAMPLE "),
        ("ana+award@harbour.example", "ana@harbour.example"),
        ("a.n.a@gmail.com", "ana@googlemail.com"),
    ],
)
def test_one_mailbox_is_one_voter_however_it_is_written(one: str, other: str) -> None:
    here, there = Contest(public_id="here"), Contest(public_id="there")

    assert keys.voter_of(here, one) == keys.voter_of(here, other)
    assert keys.voter_of(here, one) != keys.voter_of(there, one)
    assert keys.voter_of(here, "a.na@harbour.example") != keys.voter_of(here, "ana@harbour.example")


def test_companies_are_told_from_free_mailboxes_and_networks_by_their_width() -> None:
    contest = Contest(public_id="here")

    houses = [keys.house_of(f"x@{name}") for name in ("eu.harbour.co.uk", "gmail.com", "a.kestrel.example")]
    assert houses == ["harbour.co.uk", "", "kestrel.example"]
    assert keys.is_throwaway("x@eu.mailinator.com")
    assert keys.network_of(contest, "198.51.100.7") == keys.network_of(contest, "198.51.100.201")
    assert keys.network_of(contest, "198.51.100.7") != keys.network_of(contest, "198.51.101.7")
    assert keys.network_of(contest, "2001:db8:1:2::1") == keys.network_of(contest, "2001:db8:1:ffff::1")
    assert keys.network_of(contest, "::ffff:198.51.100.7") == keys.network_of(contest, "198.51.100.201")
    assert keys.network_of(contest, "nonsense") == ""


def test_a_vote_counts_once_it_is_confirmed_and_a_person_has_one(mailoutbox: list[Any]) -> None:
    contest = vote_open("Routes", "Stock")
    first = cast(contest, "Routes", "ana@harbour.example")
    assert (first.to, first.domain, first.state) == ("ana@harbour.example", "harbour.example", V.UNVERIFIED)
    anew = cast(contest, "Stock", "Ana+2@harbour.example")
    assert not PublicVote.objects.filter(pk=first.pk).exists()  # chosen anew before it counted

    assert services.send_links() == 1
    anew.refresh_from_db()
    assert anew.to == ""
    assert mailoutbox[0].to == ["Ana+2@harbour.example"]
    assert "/s/" in mailoutbox[0].body
    services.confirm(vote=anew)
    assert services.confirm(vote=anew).state == V.COUNTED  # twice is once
    third = cast(contest, "Routes", "ana@harbour.example")
    with pytest.raises(DomainError, match="first vote stands"):
        services.confirm(vote=third)
    services.send_links()

    assert "voted already" in mailoutbox[1].subject
    assert "/s/" not in mailoutbox[1].body
    assert [(row.entry.title, row.state) for row in PublicVote.objects.all()] == [("Stock", V.COUNTED)]
    assert not PublicVote.objects.filter(voter_hash__contains="ana").exists()


def test_a_mail_server_that_sleeps_is_waited_for_and_a_box_that_is_none_forgotten(settings: Any) -> None:
    vote = cast(vote_open("Routes"), "Routes", "ana@harbour.example")
    settings.EMAIL_BACKEND = f"{SENDING}.DownBackend"

    assert services.send_links() == 0
    vote.refresh_from_db()
    assert vote.to == "ana@harbour.example"
    settings.EMAIL_BACKEND = f"{SENDING}.UnknownBackend"
    assert services.send_links() == 0

    vote.refresh_from_db()
    assert (vote.to, vote.state) == ("", V.UNVERIFIED)
    assert not SignedLink.objects.filter(purpose="vote").exists()  # no link without a mail


@pytest.mark.django_db(transaction=True)
def test_two_links_of_one_person_confirmed_at_once_are_one_vote() -> None:
    contest = vote_open("Routes", "Stock")
    one = VoteFactory(entry=entry_of(contest, "Routes"), state=V.UNVERIFIED, confirmed_at=None, cast_at=timezone.now())
    other = VoteFactory(
        entry=entry_of(contest, "Stock"), state=V.UNVERIFIED, confirmed_at=None, cast_at=timezone.now(),
        voter_hash=one.voter_hash,
    )  # fmt: skip

    told = at_once(lambda: services.confirm(vote=one), lambda: services.confirm(vote=other))

    assert sum(isinstance(answer, DomainError) for answer in told) == 1
    assert selectors.totals_of(contest).counted == 1


def test_votes_are_taken_between_two_moments_and_confirmed_a_day_longer() -> None:
    contest = vote_open("Routes")
    late = cast(contest, "Routes", "late@harbour.example")
    lost = cast(contest, "Routes", "lost@kestrel.example")
    PublicVote.objects.update(cast_at=contest.votes_close_at - dt.timedelta(hours=1))

    with time_machine.travel(contest.votes_close_at + dt.timedelta(hours=22)):
        assert services.confirm(vote=late).state == V.COUNTED
        with pytest.raises(DomainError, match="not open"):
            cast(contest, "Routes", "after@harbour.example")
        assert window.is_closed(contest, timezone.now())
        assert not window.is_final(contest, timezone.now())
    with time_machine.travel(contest.votes_close_at + dt.timedelta(hours=25)):
        with pytest.raises(DomainError, match="expired"):
            services.confirm(vote=lost)
        assert services.send_links() == 0
        lost.refresh_from_db()
        assert lost.to == ""  # an address whose mail would come too late is forgotten
        assert window.is_final(contest, timezone.now())


def test_what_looks_odd_is_set_aside_and_said_to_nobody_outside() -> None:
    contest = vote_open("Routes", "Stock")
    routes, stock = entry_of(contest, "Routes"), entry_of(contest, "Stock")
    VoteFactory.create_batch(20, entry=stock, domain="harbour.example")
    one_network = keys.network_of(contest, "198.51.100.1")
    VoteFactory.create_batch(12, entry=stock, network_hash=one_network)
    device = keys.device_of(contest, "one and the same")
    VoteFactory.create_batch(2, entry=stock, device_hash=device)
    VoteFactory.create_batch(24, entry=routes, cast_at=timezone.now() - dt.timedelta(minutes=3))

    found = [
        confirmed(contest, "Stock", "n@harbour.example"),
        confirmed(contest, "Stock", "a@one.example", address="198.51.100.77"),
        confirmed(contest, "Stock", "b@two.example", device="one and the same"),
        confirmed(contest, "Routes", "c@three.example"),
        confirmed(contest, "Stock", "d@mailinator.com"),
        confirmed(contest, "Stock", "e@five.example"),
    ]

    said = [(vote.flag, vote.state) for vote in found]
    odd = [Flag.EMPLOYER, Flag.NETWORK, Flag.DEVICE, Flag.BURST, Flag.THROWAWAY]
    assert said == [*((flag, V.QUARANTINED) for flag in odd), ("", V.COUNTED)]
    groups = {one.flag: (one.counted, one.set_aside) for one in selectors.clusters_of(contest)}
    assert groups[Flag.EMPLOYER] == (20, 1)
    assert groups[Flag.NETWORK] == (12, 1)
    assert groups[Flag.DEVICE] == (2, 1)
    assert Flag.BURST in groups


def test_a_mailbox_and_a_network_that_ask_again_and_again_are_slowed_down() -> None:
    contest = vote_open("Routes")
    for _n in range(4):
        cast(contest, "Routes", "ana@harbour.example", address="192.0.2.1")

    with pytest.raises(DomainError, match="several times"):
        cast(contest, "Routes", "a.b+c@harbour.example".replace("a.b+c", "ana+c"), address="192.0.2.1")
    for n in range(36):
        cast(contest, "Routes", f"p{n}@kestrel.example", address="192.0.2.1")
    with pytest.raises(DomainError, match="several times"):
        cast(contest, "Routes", "one.more@kestrel.example", address="192.0.2.200")


def test_only_who_agreed_stands_on_the_page_and_leaves_it_at_once() -> None:
    contest = vote_open("Routes", "Stock", "Frozen")
    routes, frozen = entry_of(contest, "Routes"), entry_of(contest, "Frozen")
    frozen.account.frozen = True
    frozen.account.save(update_fields=["frozen"])
    assert {row.title for row in selectors.up_for_vote(contest)} == {"Routes", "Stock"}
    pending = cast(contest, "Routes", "ana@harbour.example")

    use = EntryConsent.objects.get(entry=routes, use=VOTE.name)
    end_use(entry=routes, use=use, by=routes.owner)

    assert {row.title for row in selectors.up_for_vote(contest)} == {"Stock"}
    with pytest.raises(DomainError, match="not up for the vote"):
        services.confirm(vote=pending)
    stock = selectors.up_for_vote(contest).get()
    EntryConsent.objects.get(entry=stock).consent.terms.update(revoked_at=timezone.now())  # taken back in references
    assert not selectors.up_for_vote(contest).exists()


def test_ending_the_vote_leaves_the_winners_page_agreed() -> None:
    contest = vote_open("Routes")
    routes = entry_of(contest, "Routes")
    use = EntryConsent.objects.get(entry=routes)
    EntryConsent.objects.bulk_create(
        [EntryConsent(entry=routes, use="winners_page", given=True, wording="Yes.", consent=use.consent)]
    )

    end_use(entry=routes, use=use, by=routes.owner)

    assert use.consent.terms.filter(revoked_at__isnull=True).count() == 1
    assert EntryConsent.objects.get(entry=routes, use="winners_page").revoked_at is None


def test_finalists_are_those_of_the_last_round() -> None:
    contest = vote_open("Routes", "Stock")
    entry_of(contest, "Routes").places.update(round_number=2)
    contest.votes_for = VotesFor.FINALISTS
    contest.rounds.get_or_create(
        number=1, defaults={"name": "One", "opens_at": timezone.now(), "closes_at": timezone.now() + DAY,
                            "hard_close_at": timezone.now() + DAY},
    )  # fmt: skip
    assert {row.title for row in selectors.up_for_vote(contest)} == {"Stock"}

    contest.rounds.create(
        number=2, name="Two", opens_at=timezone.now(), closes_at=timezone.now() + DAY,
        hard_close_at=timezone.now() + DAY,
    )  # fmt: skip

    assert {row.title for row in selectors.up_for_vote(contest)} == {"Routes"}


def test_votes_are_looked_at_with_reasons_and_never_deleted() -> None:
    contest = vote_open("Routes")
    routes, by = entry_of(contest, "Routes"), contest.owner
    odd = VoteFactory.create_batch(3, entry=routes, state=V.QUARANTINED, flag=Flag.NETWORK, why="many")
    fine = VoteFactory.create_batch(2, entry=routes)
    mine = PublicVote.objects.filter(pk__in=[vote.pk for vote in odd])

    assert services.count_again(contest=contest, votes=mine, by=by) == 3
    assert services.set_aside(contest=contest, votes=PublicVote.objects.filter(pk=fine[0].pk), by=by) == 1
    with pytest.raises(InvalidInput):
        services.void(contest=contest, votes=mine, reason="  ", by=by)
    assert services.void(contest=contest, votes=mine, reason="A robot.", by=by) == 3
    assert services.count_again(contest=contest, votes=mine, by=by) == 0  # out for good

    assert selectors.totals_of(contest) == selectors.Totals(counted=1, set_aside=1, waiting=0, voided=3)
    assert set(mine.values_list("why", "decided_by")) == {("A robot.", by.pk)}
    topics = ["votes.counted", "votes.quarantined", "votes.voided"]
    assert (
        list(Event.objects.filter(topic__startswith="votes.").order_by("pk").values_list("topic", flat=True)) == topics
    )
    again = VoteFactory(
        entry=routes, voter_hash=odd[0].voter_hash, state=V.UNVERIFIED, confirmed_at=None, cast_at=timezone.now()
    )
    assert services.confirm(vote=again).flag == Flag.AGAIN


def test_votes_for_an_entry_that_left_are_free_again(drain: Drain) -> None:
    contest = vote_open("Routes", "Stock")
    routes = entry_of(contest, "Routes")
    confirmed(contest, "Routes", "ana@harbour.example")

    entries.withdraw(entry=routes, by=routes.owner)
    drain()

    assert selectors.totals_of(contest).voided == 1
    assert confirmed(contest, "Stock", "ana@harbour.example").state == V.COUNTED


def test_windows_are_checked_and_our_own_teams_have_no_public_vote() -> None:
    contest, inside = ContestFactory(), ContestFactory(audience="internal")
    end = contest.announce_at - dt.timedelta(hours=3)

    with pytest.raises(InvalidInput) as late:
        contests.change(contest, by=contest.owner, votes_open_at=end - DAY, votes_close_at=end)
    with pytest.raises(InvalidInput) as internal:
        contests.change(inside, by=inside.owner, people_choice=True)

    assert "votes_close_at" in late.value.errors
    assert "people_choice" in internal.value.errors


def test_what_is_kept_of_a_voter_is_found_by_the_address_and_forgotten() -> None:
    contest = vote_open("Routes")
    ana = PersonFactory(email="Ana@harbour.example")
    mine = confirmed(contest, "Routes", "ana@harbour.example")
    other = confirmed(contest, "Routes", "bo@kestrel.example")
    unconfirmed = VoteFactory(entry=mine.entry, state=V.UNVERIFIED, confirmed_at=None, cast_at=timezone.now() - 8 * DAY)
    assert [row["entry__title"] for row in export_person(ana.pk)["public_votes"]] == ["Routes"]

    erase_person(ana.pk)

    mine.refresh_from_db()
    assert (mine.domain, mine.network_hash, mine.device_hash, mine.state) == ("", "", "", V.COUNTED)
    assert not export_person(ana.pk)["public_votes"]
    Contest.objects.filter(pk=contest.pk).update(published_at=timezone.now() - 61 * DAY)
    dead, voters = POLICIES
    assert list(dead.due()) == [unconfirmed]
    rows = list(voters.due().exclude(pk=unconfirmed.pk))
    assert rows == [other]
    voters.forget(rows)
    other.refresh_from_db()
    assert other.voter_hash.startswith("forgotten-")
