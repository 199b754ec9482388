"""Ballots: kept, sent, revised; scores, yes or no, orders, pairs."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from awards.judging import selectors, services
from awards.judging.enums import AssignmentState, BallotState, Mode
from awards.judging.selectors import work as room_selectors
from awards.judging.services import Given
from awards.models import Ballot, Comparison, Criterion
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.form_builder.services import StaleDraft
from refprogram.kernel.models import Event
from tests.factories.judging import judging, scored, scores

pytestmark = pytest.mark.django_db
A = AssignmentState


def save(room, work, *, revision=0, tab="t", level=4, **more):
    return services.save_ballot(
        assignment=work, scores=scores(room, level), comment="Because.", revision=revision, tab=tab, **more
    )


def test_a_ballot_has_the_weighted_mean_of_its_scores():
    room = judging()

    ballot = scored(room, room.work[0], 3, c0=5)

    assert ballot.total == Decimal("67.500000")  # 35 % at the top, the rest in the middle
    assert room.work[0].state == A.SUBMITTED


def test_two_tabs_lose_nothing():
    room = judging()
    work = room.work[0]
    first = save(room, work, tab="one")

    with pytest.raises(StaleDraft):
        save(room, work, tab="two", level=1)

    assert save(room, work, tab="one", revision=first.revision, level=2).revision == 2
    assert Ballot.objects.get(assignment=work).scores.first().value == 2
    assert save(room, work, tab="two", revision=2, level=3).revision == 3


def test_sent_twice_is_one_ballot():
    room = judging()
    work = room.work[0]

    first, second = scored(room, work), scored(room, work)

    assert first == second
    assert Event.objects.filter(topic="ballot.submitted").count() == 1


def test_what_was_sent_counts_until_the_next_is_sent():
    room = judging()
    work = room.work[0]
    sent = scored(room, work, 4)

    draft = save(room, work, revision=sent.revision, level=2)
    before = selectors.ballots_of(room.round)[0].total
    services.submit_ballot(assignment=work, scores=scores(room, 2), comment="Less.", revision=draft.revision, tab="t")

    assert (before, selectors.ballots_of(room.round)[0].total) == (Decimal(75), Decimal(25))
    assert [one.state for one in Ballot.objects.order_by("version")] == [BallotState.REPLACED, BallotState.SUBMITTED]


def test_what_is_missing_is_said_beside_it():
    room = judging()

    with pytest.raises(InvalidInput) as missing:
        services.submit_ballot(assignment=room.work[0], scores={}, comment="", revision=0, tab="t")

    assert set(missing.value.errors) == {one.public_id for one in room.criteria}


def test_the_ends_of_a_scale_need_a_word():
    room = judging()
    said = scores(room, 5)

    with pytest.raises(InvalidInput) as missing:
        services.submit_ballot(assignment=room.work[0], scores=said, comment="", revision=0, tab="t")
    ballot = services.submit_ballot(
        assignment=room.work[0],
        scores={key: Given(5, comment="Seen it work.") for key in said},
        comment="",
        revision=0,
        tab="t",
    )

    assert set(missing.value.errors) == {"comment"}
    assert ballot.total == 100


def test_a_level_that_does_not_exist_and_a_na_that_is_not_allowed_are_refused():
    room = judging()
    key = room.criteria[0].public_id

    for given in (Given(9), Given(0), Given(na=True)):
        with pytest.raises(InvalidInput) as refused:
            services.save_ballot(assignment=room.work[0], scores={key: given}, comment="", revision=0, tab="t")
        assert set(refused.value.errors) == {key}


def test_what_does_not_apply_is_no_zero():
    room = judging()
    Criterion.objects.filter(pk=room.criteria[-1].pk).update(allow_na=True)
    said = {**scores(room, 4), room.criteria[-1].public_id: Given(na=True)}

    ballot = services.submit_ballot(assignment=room.work[0], scores=said, comment="x", revision=0, tab="t")

    assert ballot.total == 75


def test_after_the_end_only_what_was_begun_may_be_sent():
    room = judging(entries=2)
    begun, untouched = room.work
    save(room, begun)
    late = room.round.closes_at + dt.timedelta(minutes=1)
    said = {"scores": scores(room, 4), "comment": "x", "tab": "t"}

    ballot = services.submit_ballot(assignment=begun, revision=1, at=late, **said)

    assert ballot.state == BallotState.SUBMITTED
    with pytest.raises(DomainError, match="closed"):
        services.submit_ballot(assignment=untouched, revision=0, at=late, **said)


def test_the_moment_the_request_came_counts():
    room = judging()
    in_time = room.round.closes_at - dt.timedelta(seconds=1)

    with time_machine.travel(room.round.closes_at + dt.timedelta(seconds=5), tick=False):
        ballot = services.submit_ballot(
            assignment=room.work[0], scores=scores(room), comment="x", revision=0, tab="t", at=in_time
        )

    assert ballot.submitted_at == in_time


def test_yes_or_no_needs_a_reason_for_no():
    room = judging(mode=Mode.QUALIFY)
    said = {"assignment": room.work[0], "scores": {}, "revision": 0, "tab": "t"}

    with pytest.raises(InvalidInput):
        services.submit_ballot(**said, comment="", verdict="no")

    assert services.submit_ballot(**said, comment="", verdict="yes").total == 100


def test_an_order_is_sent_at_once_and_may_change():
    room = judging(entries=3, mode=Mode.RANKING)
    category = room.places[0].category
    ids = [row.public_id for row in room.work]

    services.rank_entries(round=room.round, judge=room.judge, category=category, best_first=ids)
    services.rank_entries(round=room.round, judge=room.judge, category=category, best_first=ids)
    services.rank_entries(round=room.round, judge=room.judge, category=category, best_first=ids[::-1])

    ranks = {row.place_id: row.rank for row in selectors.ballots_of(room.round)}
    assert [ranks[row.place_id] for row in room.work] == [3, 2, 1]
    assert Ballot.objects.count() == 5  # the middle one never changed
    with pytest.raises(InvalidInput):
        services.rank_entries(round=room.round, judge=room.judge, category=category, best_first=ids[:2])


def test_pairs_are_compared_tied_and_undone():
    room = judging(entries=3, mode=Mode.PAIRWISE)
    one, two, three = (row.place for row in room.work)
    pair = {"round": room.round, "judge": room.judge}

    said = services.compare(**pair, left=one, right=two, winner=one)
    assert services.compare(**pair, left=one, right=two, winner=one) == said
    services.compare(**pair, left=two, right=one, winner=None)
    last = services.compare(**pair, left=two, right=three, winner=three)
    services.undo_comparison(comparison=last)

    assert Comparison.objects.filter(undone_at__isnull=True).count() == 1
    with pytest.raises(DomainError, match="at least one pair"):
        services.finish_pairs(round=room.round, judge=room.judge)
    services.compare(**pair, left=two, right=three, winner=three)
    assert services.finish_pairs(round=room.round, judge=room.judge) == 3


def test_the_next_pair_is_one_that_was_not_seen():
    room = judging(entries=4, mode=Mode.PAIRWISE)
    category = room.places[0].category
    seen = set()

    for _n in range(6):
        rows = room_selectors.of_category(room.judge, room.round, category)
        pair = room_selectors.next_pair(rows, room_selectors.comparisons_of(room.judge, room.round, category))
        seen.add(frozenset(row.place_id for row in pair))
        left, right = (row.place for row in pair)
        services.compare(round=room.round, judge=room.judge, left=left, right=right, winner=left)

    rows = room_selectors.of_category(room.judge, room.round, category)
    assert len(seen) == 6
    assert room_selectors.next_pair(rows, room_selectors.comparisons_of(room.judge, room.round, category)) is None


def test_the_next_entry_that_waits_goes_round_in_the_judges_own_order():
    room = judging(entries=3)
    first, second, third = room.work

    assert room_selectors.next_of(first) == second.public_id
    assert room_selectors.next_of(third) == first.public_id
    scored(room, second)
    assert room_selectors.next_of(first) == third.public_id
    scored(room, first)
    scored(room, third)
    assert room_selectors.next_of(third) == ""
