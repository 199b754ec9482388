"""The public vote beside judges who read without names, and entrants who handed in before there was a vote."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from awards.contests import services as contests
from awards.entries import services as entries
from awards.entries.shown import asks_about_vote
from awards.entries.wording import VOTE
from awards.models import Contest, EntryConsent, Round
from awards.voting import selectors, services, shown, window
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import Event
from refprogram.kernel.stream import subject_of
from tests.factories.entries import EntryFactory, handed_in, mailable
from tests.factories.votes import DAY, entry_of, vote_open

pytestmark = pytest.mark.django_db


def blind_round(contest: Contest, **facts: Any) -> Round:
    row: Round = contest.rounds.create(
        number=7, name="Blind", blindness="blind", opens_at=timezone.now() - DAY, closes_at=timezone.now() + 3 * DAY,
        hard_close_at=timezone.now() + 4 * DAY, **facts,
    )  # fmt: skip
    return row


def test_the_vote_waits_for_judges_who_read_without_names_unless_somebody_says_why() -> None:
    contest = vote_open("Routes")
    contest.rounds.all().delete()
    assert window.is_open(contest, timezone.now())
    row = blind_round(contest)
    came = services.Came("192.0.2.1", "browser")

    assert shown.state_of(contest, timezone.now())["line"].endswith("who read without names.")
    assert shown.beside_judges(contest, timezone.now())["waits"]
    with pytest.raises(DomainError, match="not open"):
        services.cast(contest=contest, entry=entry_of(contest, "Routes"), email="a@b.example", came=came)
    with pytest.raises(InvalidInput):
        services.open_beside_blind(contest=contest, reason=" ", by=contest.owner)

    contest = services.open_beside_blind(contest=contest, reason=" The event  is near. ", by=contest.owner)
    services.open_beside_blind(contest=contest, reason="The event is near.", by=contest.owner)  # twice is once
    services.cast(contest=contest, entry=entry_of(contest, "Routes"), email="a@b.example", came=came)
    assert shown.beside_judges(contest, timezone.now())["reason"] == "The event is near."
    contest = services.wait_for_judges(contest=contest, by=contest.owner)
    assert not window.is_open(contest, timezone.now())
    said = Event.objects.filter(topic__in=["votes.beside_blind", "votes.wait_for_judges"]).order_by("pk")
    assert [(row.topic, row.payload) for row in said] == [
        ("votes.beside_blind", {"reason": "The event is near."}), ("votes.wait_for_judges", {}),
    ]  # fmt: skip

    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
    assert window.is_open(contest, timezone.now())


def test_who_handed_in_before_the_vote_was_decided_on_is_asked_once(drain: Callable[[], int], mailoutbox: Any) -> None:
    asked, left = (handed_in(EntryFactory(contact=mailable())) for _n in range(2))
    contest = asked.contest
    quiet = handed_in(EntryFactory(contest=contest, contact=mailable()))
    EntryFactory(contest=contest, contact=mailable())  # a draft is asked when it is handed in
    drain()
    mailoutbox.clear()
    end = contest.announce_at - dt.timedelta(days=3)

    contests.change(contest, by=contest.owner, people_choice=True, votes_open_at=end - 9 * DAY, votes_close_at=end)
    contests.change(contest, by=contest.owner, people_choice=False)
    contests.change(contest, by=contest.owner, people_choice=True)
    drain()

    mails = [mail for mail in mailoutbox if "public vote" in mail.subject]
    assert {mail.to[0].rpartition("<")[2].rstrip(">") for mail in mails} == {asked.owner.email, quiet.owner.email}
    assert len(mails) == 2
    assert all("/s/" in mail.body for mail in mails)
    assert left.contest != contest
    asked.refresh_from_db()
    now = timezone.now()
    assert asks_about_vote(asked, now)
    assert not asks_about_vote(asked, end + DAY)
    entries.begin_use(entry=asked, use=VOTE, by=asked.owner)
    entries.decline_use(entry=quiet, use=VOTE, by=quiet.owner)
    entries.decline_use(entry=quiet, use=VOTE, by=quiet.owner)  # twice is once
    assert [asks_about_vote(row, now) for row in (asked, quiet)] == [False, False]
    assert dict(EntryConsent.objects.filter(use=VOTE.name).values_list("entry", "given")) == {
        asked.pk: True, quiet.pk: False,
    }  # fmt: skip
    entries.screen(entry=asked, decision="eligible", by=contest.owner)
    assert {row.pk for row in selectors.up_for_vote(contest)} == {asked.pk}
    assert entries.ask_about_vote(contest) == 0


def test_a_change_of_anything_else_asks_nobody(drain: Callable[[], int], mailoutbox: Any) -> None:
    entry = handed_in(EntryFactory(contact=mailable()))
    drain()
    mailoutbox.clear()

    contests.change(entry.contest, by=entry.contest.owner, tagline="Show us.")
    drain()

    assert Event.objects.filter(topic="contest.changed", subject_id=subject_of(entry.contest).id).exists()
    assert not mailoutbox
