"""Rounds: planned, fixed once released, closed; ballots opened again or voided; reminders."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.entries import services as entries
from awards.entries.services import Typed
from awards.judging import selectors, services
from awards.judging.desk import desk_items
from awards.judging.enums import AssignmentState, BallotState, JudgeState
from awards.judging.proofs import proofs
from awards.judging.reading import read_entry
from awards.judging.services import reminding
from awards.models import ContestEntry, Judge
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.form_builder.services import StaleDraft
from tests.factories.contests import ContestFactory, opened
from tests.factories.entries import METRIC
from tests.factories.judging import OutsiderFactory, judging, ready, scored, scores
from tests.factories.people import UserFactory
from tests.mailbox import mails_to

pytestmark = pytest.mark.django_db
A = AssignmentState


def save(room, work, *, revision=0, tab="t", level=4, **more):
    return services.save_ballot(
        assignment=work, scores=scores(room, level), comment="Because.", revision=revision, tab=tab, **more
    )


def state_of(row):
    row.refresh_from_db()
    return row.state


# ---------------------------------------------------------------- rounds


def test_a_first_round_is_planned_once_between_deadline_and_announcement():
    contest = opened(ContestFactory())

    row = services.first_round(contest=contest, by=contest.owner)

    assert services.first_round(contest=contest, by=contest.owner) == row
    assert contest.closes_at < row.opens_at < row.closes_at <= row.hard_close_at < contest.announce_at
    assert sum(one.weight for one in row.criteria.all()) == 100


def test_what_is_scored_is_fixed_once_the_round_is_released():
    room = judging()

    with pytest.raises(DomainError, match="fixed"):
        services.change_criterion(criterion=room.criteria[0], by=room.contest.owner, weight=Decimal(1))
    with pytest.raises(DomainError, match="fixed"):
        services.add_criterion(round=room.round, by=room.contest.owner, name="More", weight=Decimal(1))
    with pytest.raises(DomainError, match="fixed"):
        services.change_round(round=room.round, by=room.contest.owner, per_entry=9)


def test_the_end_of_a_released_round_moves_only_to_later():
    room = judging()
    later = room.round.closes_at + dt.timedelta(hours=3)

    row = services.change_round(round=room.round, by=room.contest.owner, closes_at=later)

    assert row.closes_at == later
    with pytest.raises(InvalidInput, match="later"):
        services.change_round(round=room.round, by=room.contest.owner, closes_at=later - dt.timedelta(hours=1))


def test_a_round_that_the_dates_of_the_contest_left_behind_follows(drain):
    contest = ContestFactory()
    row = services.first_round(contest=contest, by=contest.owner)
    drain()

    later = contest.event_at + dt.timedelta(days=120)
    dates = {"closes_at": row.hard_close_at, "announce_at": later, "event_at": later}
    contests.change(contest, by=contest.owner, **dates)
    drain()
    row.refresh_from_db()
    contest.refresh_from_db()

    assert contest.closes_at <= row.opens_at < row.hard_close_at < contest.announce_at


def test_a_further_round_begins_with_the_criteria_of_the_last():
    contest = opened(ContestFactory())
    first = services.first_round(contest=contest, by=contest.owner)
    facts = {name: getattr(first, name) for name in ("opens_at", "closes_at", "hard_close_at")}

    second = services.add_round(contest=contest, by=contest.owner, name="Final", **facts)

    assert second.number == 2
    assert [one.name for one in second.criteria.all()] == [one.name for one in first.criteria.all()]


# ---------------------------------------------------------------- the end, and afterwards


def test_closing_locks_what_was_sent_and_lets_the_rest_lapse():
    room = judging(entries=2)
    first, second = room.work
    ballot = scored(room, first)

    services.close_round(round=room.round, by=room.contest.owner)
    services.close_round(round=room.round, by=room.contest.owner)

    assert (state_of(first), state_of(second), state_of(ballot)) == (A.LOCKED, A.LAPSED, BallotState.LOCKED)
    assert state_of(room.contest) == ContestState.DELIBERATION
    with pytest.raises(DomainError):
        save(room, first)
    assert [proof.name for proof in proofs() if not proof.holds] == []


def test_a_round_closes_by_the_clock():
    room = judging()

    assert services.close_by_the_clock(now=room.round.hard_close_at - dt.timedelta(seconds=1)) == 0
    assert services.close_by_the_clock(now=room.round.hard_close_at) == 1


def test_the_manager_opens_a_ballot_again_with_a_reason():
    room = judging()
    work = room.work[0]
    scored(room, work, 4)
    services.close_round(round=room.round, by=room.contest.owner)

    with pytest.raises(InvalidInput):
        services.reopen_ballot(assignment=work, reason=" ", by=room.contest.owner)
    draft = services.reopen_ballot(assignment=work, reason="A page was missing.", by=room.contest.owner)
    assert selectors.ballots_of(room.round)[0].total == 75
    services.submit_ballot(assignment=work, scores=scores(room, 3), comment="x", revision=draft.revision, tab="t")

    assert selectors.ballots_of(room.round)[0].total == 50


def test_a_judge_is_told_that_a_ballot_is_open_again(drain, mailoutbox):
    room = judging()
    scored(room, room.work[0])
    services.close_round(round=room.round, by=room.contest.owner)
    drain()
    mailoutbox.clear()

    services.reopen_ballot(assignment=room.work[0], reason="A page was missing.", by=room.contest.owner)
    drain()

    mine = [mail for mail in mailoutbox if room.judge.person.email in mail.to[0]]
    assert room.places[0].entry.code in mine[0].subject
    assert "/s/" in mine[0].body


def test_a_ballot_is_voided_by_two():
    room = judging()
    ballot = scored(room, room.work[0])
    owner, second = room.contest.owner, UserFactory(role="marketer")

    with pytest.raises(DomainError):
        services.void_ballot(ballot=ballot, by=owner)
    services.ask_void(ballot=ballot, reason="Scored the wrong entry.", by=owner)
    with pytest.raises(NotAllowed):
        services.void_ballot(ballot=ballot, by=owner)
    services.void_ballot(ballot=ballot, by=second)

    assert state_of(ballot) == BallotState.VOIDED
    assert selectors.ballots_of(room.round) == []


def test_a_judge_has_finished_once_nothing_is_left(drain, mailoutbox):
    room = judging(entries=2)
    first, second = room.work
    scored(room, first)
    assert Judge.objects.get().state == JudgeState.ACTIVE
    mailoutbox.clear()

    scored(room, second)
    drain()

    assert Judge.objects.get().state == JudgeState.COMPLETED
    receipts = [mail for mail in mailoutbox if "Recorded" in mail.subject]
    assert all(row.place.entry.code in receipts[0].body for row in (first, second))


def test_too_few_ballots_near_the_end_are_told_once_and_stand_on_the_desk(marketer, drain, mailoutbox):
    room = judging(entries=2, owner=marketer)
    contests.change(room.contest, by=marketer, judging_mail="jury@awards.example")

    def alarmed(days):
        drain()
        mailoutbox.clear()
        with time_machine.travel(room.round.closes_at - dt.timedelta(days=days), tick=False):
            reminding.warn_of_gaps(now=timezone.now())
            items = [item.title for item in desk_items(marketer)]
            drain()
        return len(mails_to(marketer, mailoutbox)), items

    assert alarmed(6) == (0, [])
    assert alarmed(4) == (1, ["Too few ballots: First round"])
    assert "2 entries have fewer than 3 ballots" in mailoutbox[0].subject
    assert "2 have too few judges" in mailoutbox[0].subject
    assert alarmed(3) == (0, ["Too few ballots: First round"])


def test_judges_answer_to_the_address_of_the_jury(drain, mailoutbox):
    room = judging()
    contests.change(room.contest, by=room.contest.owner, judging_mail="jury@awards.example")

    drain()

    mail = mails_to(room.judge.person, mailoutbox)[-1]
    assert mail.reply_to == ["jury@awards.example"]
    assert "jury@awards.example" in mail.body


def test_calibration_entries_are_written_until_a_judge_has_them(marketer):
    room = judging(owner=marketer, anchors=1)
    row = entries.add_anchor(contest=room.contest, title="Model", summary="A model.", answers={}, by=marketer)
    typed = Typed(title="A model entry", values={"challenge": "Late."}, metrics=[METRIC])

    services.write_anchor(entry=row, typed=typed, revision=0, tab="one")
    with pytest.raises(StaleDraft):
        services.write_anchor(entry=row, typed=typed, revision=0, tab="two")
    with pytest.raises(DomainError):
        services.write_anchor(entry=room.places[0].entry, typed=typed, revision=0)
    services.give_anchors(room.round, Judge.objects.get())
    with pytest.raises(DomainError):
        services.write_anchor(entry=row, typed=typed, revision=1, tab="one")
    with pytest.raises(DomainError):
        services.remove_anchor(entry=row)

    read = read_entry(ContestEntry.objects.get(pk=row.pk), room.round, "Best")
    assert (read.title, read.answers[0][1], read.results[0].what) == ("A model entry", "Late.", METRIC["what"])
    spare = entries.add_anchor(contest=room.contest, title="Spare", summary="", answers={}, by=marketer)
    services.remove_anchor(entry=spare)
    assert not ContestEntry.objects.filter(pk=spare.pk).exists()


@pytest.mark.parametrize(("days", "mails"), [(14, 1), (10, 0), (7, 1), (2, 1), (-1, 1)])
def test_reminders_come_on_their_days_in_the_judges_own_zone(drain, mailoutbox, days, mails):
    room = judging(people=[OutsiderFactory(time_zone="Asia/Kolkata")])
    drain()
    mailoutbox.clear()
    day = (room.round.closes_at - dt.timedelta(days=days)).astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30)))
    early, late = day.replace(hour=7, minute=0), day.replace(hour=9, minute=0)

    reminding.remind_judges(now=early)
    drain()
    assert mailoutbox == []
    reminding.remind_judges(now=late)
    reminding.remind_judges(now=late)
    drain()

    assert len(mailoutbox) == mails


def test_who_has_nothing_left_is_not_reminded(drain, mailoutbox):
    room = judging()
    scored(room, room.work[0])
    drain()
    mailoutbox.clear()

    reminding.remind_judges(now=room.round.closes_at - dt.timedelta(days=2))
    drain()

    assert mailoutbox == []


def test_an_illegal_step_is_refused():
    judge = ready()

    with pytest.raises(IllegalMove):
        services.decline(judge=judge)
