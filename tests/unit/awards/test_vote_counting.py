"""The count of the public vote: made by one, agreed to by another, under the same embargo as the judges' awards."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.models import Award, Contest, ContestEntry, PrizeGrant, PublicVote, VoteCount
from awards.results import services as results
from awards.results.enums import AwardKind, AwardState
from awards.voting import selectors, services
from awards.voting.enums import Flag, VoteState
from awards.voting.proofs import proofs
from awards.voting.services.clock import tell_of_ends
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Event
from refprogram.people.models import User
from tests.factories.contests import PrizeFactory
from tests.factories.people import UserFactory
from tests.factories.results import certifier as named
from tests.factories.votes import VoteFactory, entry_of, vote_open, vote_over
from tests.racing import at_once

pytestmark = pytest.mark.django_db
V = VoteState
Drain = Callable[[], int]


def certifier(contest: Contest) -> User:
    return named(contest, UserFactory(role="executive"))


def counted(*votes: int, state: ContestState = ContestState.DELIBERATION) -> tuple[Contest, VoteCount]:
    titles = [f"Entry {n}" for n in range(len(votes))]
    contest = vote_open(*titles)
    for title, n in zip(titles, votes, strict=True):
        VoteFactory.create_batch(n, entry=entry_of(contest, title))
    contest = vote_over(contest, state=state)
    return contest, services.count(contest=contest, by=contest.owner)


def test_the_count_waits_for_the_last_confirmation_and_for_what_is_set_aside() -> None:
    contest = vote_open("Routes")
    odd = VoteFactory(entry=entry_of(contest, "Routes"), state=V.QUARANTINED, flag=Flag.NETWORK, why="many")
    with pytest.raises(DomainError, match="may not be confirmed"):
        services.count(contest=contest, by=contest.owner)
    contest = vote_over(contest)
    with pytest.raises(DomainError, match="1 vote is still set aside"):
        services.count(contest=contest, by=contest.owner)

    services.void(contest=contest, votes=PublicVote.objects.filter(pk=odd.pk), reason="A robot.", by=contest.owner)

    with pytest.raises(DomainError, match="no people’s choice"):
        services.count(contest=contest, by=contest.owner)
    assert tell_of_ends(timezone.now()) == 0  # it ended days ago: told in time or not at all
    with time_machine.travel(contest.votes_close_at + dt.timedelta(hours=25)):
        assert tell_of_ends(timezone.now()) == 1


def test_two_people_make_the_count_and_the_award_is_announced_with_the_rest(
    mailoutbox: list[Any], drain: Drain
) -> None:
    contest, count = counted(5, 3, 2)
    second = certifier(contest)
    assert count.figures[0]["votes"] == 5
    with pytest.raises(PermissionDenied):
        services.agree(contest=contest, by=contest.owner, seen=count.hash)
    with pytest.raises(DomainError, match="changed"):
        services.agree(contest=contest, by=second, seen="another")
    kinds = Award.objects.filter(people_choice=True).order_by("rank").values_list("kind", "rank", "state", "tally")
    assert list(kinds) == [
        (AwardKind.WINNER, 1, AwardState.PROPOSED, None),
        (AwardKind.ALTERNATE, 2, AwardState.PROPOSED, None),
        (AwardKind.ALTERNATE, 3, AwardState.PROPOSED, None),
    ]

    services.agree(contest=contest, by=second, seen=count.hash)
    services.agree(contest=contest, by=second, seen=count.hash)  # twice is once

    assert {award.state for award in selectors.awards_of(contest)} == {AwardState.EMBARGOED}
    with pytest.raises(DomainError, match="agreed"):
        services.count(contest=contest, by=contest.owner)
    with pytest.raises(DomainError, match="agreed"):
        services.set_aside(contest=contest, votes=PublicVote.objects.all(), by=contest.owner)
    contests.move(contest, ContestState.DECIDED, by=contest.owner)
    first = selectors.awards_of(contest)[0]
    results.notify(award=first, by=contest.owner)
    drain()
    assert any("people’s choice" in mail.body for mail in mailoutbox)
    results.decline(award=first, person=first.place.entry.owner)
    risen = Award.objects.get(contest=contest, kind=AwardKind.WINNER, state=AwardState.EMBARGOED)
    assert (risen.place.entry.title, risen.people_choice) == ("Entry 1", True)

    with time_machine.travel(contest.announce_at + dt.timedelta(minutes=1)):
        results.publish(contest=contest, by=None)

    risen.refresh_from_db()
    assert risen.state == AwardState.PUBLISHED
    assert risen.place.state == "in_round"  # no category was won by it
    assert not [proof for proof in proofs() if proof.rows]


def test_equal_votes_win_together_and_a_changed_vote_is_counted_again() -> None:
    contest, count = counted(2, 2)
    assert {(award.kind, award.rank) for award in selectors.awards_of(contest)} == {(AwardKind.JOINT, 1)}
    services.set_aside(contest=contest, votes=PublicVote.objects.filter(entry__title="Entry 1"), by=contest.owner)

    with pytest.raises(DomainError, match="changed"):
        services.agree(contest=contest, by=certifier(contest), seen=count.hash)
    services.void(
        contest=contest, votes=PublicVote.objects.filter(state=V.QUARANTINED), reason="Robots.", by=contest.owner
    )
    anew = services.count(contest=contest, by=contest.owner)

    assert anew.pk != count.pk
    assert [award.place.entry.title for award in selectors.awards_of(contest)] == ["Entry 0"]
    services.take_back(contest=contest, by=contest.owner)
    assert not selectors.awards_of(contest)
    assert selectors.count_of(contest) is None


def test_who_has_a_part_in_the_winner_does_not_agree_and_a_late_yes_publishes(drain: Drain) -> None:
    contest, count = counted(3, state=ContestState.PUBLISHED)
    PrizeFactory(contest=contest, people_choice=True, item="A lunch for the team")
    second = certifier(contest)
    ContestEntry.objects.filter(contest=contest).update(nominator=second)
    with pytest.raises(DomainError, match="part in an entry"):
        services.agree(contest=contest, by=second, seen=count.hash)
    ContestEntry.objects.filter(contest=contest).update(nominator=None)

    services.agree(contest=contest, by=second, seen=count.hash)

    assert [award.state for award in selectors.awards_of(contest)] == [AwardState.PUBLISHED]
    drain()
    assert PrizeGrant.objects.get(award__contest=contest).item == "A lunch for the team"


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_to_the_count_at_once_are_one_yes() -> None:
    contest, count = counted(3, 1)
    one, other = certifier(contest), certifier(contest)

    told = at_once(
        lambda: services.agree(contest=contest, by=one, seen=count.hash),
        lambda: services.agree(contest=contest, by=other, seen=count.hash),
    )

    first, second = (answer.agreed_by_id for answer in told)
    assert first == second  # whoever came second reads who was first, and signs nothing
    assert Event.objects.filter(topic="choice.agreed").count() == 1
    assert {award.state for award in selectors.awards_of(contest)} == {AwardState.EMBARGOED}
