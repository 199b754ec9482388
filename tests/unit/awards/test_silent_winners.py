"""Winners who say nothing: asked once more, counted for who runs the contest, announced, named only by consent."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from awards.contests.enums import ContestState
from awards.entries import services as entries
from awards.entries.enums import PlaceState
from awards.entries.wording import BY_NAME
from awards.models import Award, CategoryEntry, Contest
from awards.overview import shown
from awards.promotion import selectors
from awards.promotion.silence import NONE, Silence, silence_of
from awards.results import services
from awards.results.enums import AwardState
from refprogram.kernel.models import SignedLink
from refprogram.notices.models import Notice
from tests.factories.contests import ContestFactory, WonFactory, moved, opened
from tests.factories.entries import EntryFactory, eligible, mailable

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def winners(n: int) -> tuple[Contest, list[Award]]:
    """Return a contest under embargo, and its winners, none told yet; each had agreed to nothing."""
    contest = opened(ContestFactory())
    made = [eligible(EntryFactory(contest=contest, contact=mailable())) for _n in range(n)]
    awards = [WonFactory(place=entry.places.get(), state=AwardState.EMBARGOED) for entry in made]
    CategoryEntry.objects.filter(entry__contest=contest).update(state=PlaceState.IN_ROUND)
    contest = moved(contest, ContestState.DECIDED)
    return contest, awards


def test_who_is_silent_is_asked_again_once_and_announced_without_a_name_they_did_not_lend(
    drain: Callable[[], int], mailoutbox: Any
) -> None:
    contest, (glad, silent, willing, _untold) = winners(4)
    entries.begin_use(entry=willing.place.entry, use=BY_NAME["winners_page"], by=willing.place.entry.owner)
    for award in (glad, silent, willing):
        services.notify(award=award, by=contest.owner)
    services.accept(award=glad, person=glad.place.entry.owner)
    assert silence_of(contest) == Silence(untold=1, unanswered=2, unnamed=2)
    (line,) = shown.silence_of(contest, silence_of(contest))
    assert line.startswith("1 winner has not been told yet. 2 winners were told and have not answered.")
    assert "2 of them did not agree to be named" in line
    assert services.ask_the_silent(now=timezone.now()) == 0  # there is time
    mailoutbox.clear()

    with time_machine.travel(contest.announce_at - 2 * DAY):
        links = SignedLink.objects.count()
        assert services.ask_the_silent(now=timezone.now()) == 2
        assert services.ask_the_silent(now=timezone.now()) == 0
        drain()
    assert {mail.to[0].rpartition("<")[2].rstrip(">") for mail in mailoutbox if "do you accept" in mail.subject} == {
        silent.place.entry.owner.email, willing.place.entry.owner.email,
    }  # fmt: skip
    assert SignedLink.objects.filter(purpose="award_winner").count() == 5
    assert SignedLink.objects.count() >= links + 2
    assert Notice.objects.filter(person=contest.owner.person, key__startswith="winners-silent").count() == 1

    with time_machine.travel(contest.announce_at + dt.timedelta(minutes=1)):
        assert services.publish_by_the_clock(now=timezone.now()) == 1
        contest.refresh_from_db()
        assert {award.pk for award in selectors.named().filter(contest=contest)} == {willing.pk}
        assert silence_of(contest) == Silence(untold=1, unanswered=2, unnamed=2)
        (line,) = shown.silence_of(contest, silence_of(contest))
        assert line.startswith("3 winners were announced without having answered. 2 of them did not agree")
        assert services.ask_the_silent(now=timezone.now()) == 0


def test_nothing_is_said_before_certifying_and_of_our_own_teams() -> None:
    contest, _awards = winners(1)
    assert silence_of(contest)
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.DELIBERATION)
    contest.refresh_from_db()

    assert silence_of(contest) == NONE
    assert not shown.silence_of(contest, NONE)
