"""What the database keeps of the work on each entry says what entries, places and assignments say, whatever happens."""

import datetime as dt
import random

import pytest

from awards.entries.enums import JUDGED, EntryState, PlaceState
from awards.judging import proofs, services
from awards.judging.enums import HELD, SCORED, AssignmentState, Mode
from awards.judging.selectors import held
from awards.models import Assignment, Ballot, CategoryEntry, ContestEntry, Judge, PlaceWork
from refprogram.people.models import User
from tests.factories.judging import Room, judging, scored
from tests.racing import at_once

HOUR = dt.timedelta(hours=1)
NOT_GIVEN = {"proposed", "recused", "declined", "reassigned"}


def wrong() -> list[str]:
    """Return what `manage.py verify` would say of the kept rows."""
    return next(list(proof.rows) for proof in proofs.proofs() if "kept" in proof.name)


def kept() -> dict[int, tuple[object, ...]]:
    names = ("contest_id", "category_id", "round_number", "stands", "eligible", "judged", "held", "scored", "given")
    return {row[0]: row[1:] for row in PlaceWork.objects.values_list("place_id", *names, "done")}


def counted() -> dict[int, tuple[object, ...]]:
    """Return the same, counted from the rows in Python, by the states as the code names them."""
    found: dict[int, tuple[object, ...]] = {}
    work = list(Assignment.objects.values_list("place", "round__number", "state"))
    for place in CategoryEntry.objects.select_related("entry").filter(entry__anchor=False):
        state, number = place.entry.state, place.round_number
        mine = [(one, at) for key, at, one in work if key == place.pk]
        now = [one for one, at in mine if at == number]
        found[place.pk] = (
            place.entry.contest_id, place.category_id, number, state != EntryState.WITHDRAWN, state in JUDGED,
            state in JUDGED and place.state != PlaceState.NOT_ADVANCED,
            sum(one in HELD for one in now), sum(one in SCORED for one in now),
            sum(one not in NOT_GIVEN for one, _at in mine), sum(one in SCORED for one, _at in mine),
        )  # fmt: skip
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_the_kept_rows_say_what_the_rows_say(marketer: User, seed: int) -> None:
    """States of entries, places and work, rounds, work that comes and goes: one row at a time and many at once."""
    room = judging(entries=4, judges=3, owner=marketer)
    opens_at = room.round.hard_close_at
    times = {"opens_at": opens_at, "closes_at": opens_at + HOUR, "hard_close_at": opens_at + HOUR}
    later = services.add_round(contest=room.contest, by=marketer, name="Final", **times)
    chance = random.Random(seed)
    places, judges = [place.pk for place in room.places], [judge.pk for judge in room.judges]

    def some(rows: list[int]) -> list[int]:
        return chance.sample(rows, chance.choice((1, len(rows) - 1)))

    def work_moves() -> None:
        chosen = Assignment.objects.filter(place__in=some(places), judge__in=some(judges))
        chosen.update(state=chance.choice(AssignmentState.values))

    def place_moves() -> None:
        state, number = chance.choice(PlaceState.values), chance.choice((1, 2))
        CategoryEntry.objects.filter(pk__in=some(places)).update(state=state, round_number=number)

    def entry_moves() -> None:
        rows = ContestEntry.objects.filter(places__in=some(places))
        ContestEntry.objects.filter(pk__in=rows.values("pk")).update(state=chance.choice(EntryState.values))

    def work_comes() -> None:
        given = [Assignment(round=later, place_id=place, judge_id=judges[0]) for place in some(places)]
        Assignment.objects.bulk_create(given, ignore_conflicts=True)

    def work_goes() -> None:
        Assignment.objects.filter(place=chance.choice(places), judge=chance.choice(judges)).delete()

    for _step in range(40):
        chance.choice((work_moves, work_moves, place_moves, entry_moves, work_comes, work_goes))()
        assert kept() == counted()
    assert len(kept()) == 4
    assert wrong() == []
    Assignment.objects.all().delete()
    CategoryEntry.objects.filter(pk=places[0]).delete()
    assert kept() == counted()


@pytest.mark.django_db
def test_verify_names_a_row_that_nobody_keeps_right_and_calibration_has_none(marketer: User) -> None:
    """A wrong count and a missing row are both found."""
    room = judging(entries=2, owner=marketer)
    PlaceWork.objects.filter(place_id=room.places[0].pk).update(held=7)
    PlaceWork.objects.filter(place_id=room.places[1].pk).delete()
    assert sorted(row.split()[0] for row in wrong()) == ["row=kept", "row=missing", "row=missing"]
    ContestEntry.objects.filter(pk=room.places[1].entry_id).update(anchor=True, account=None)
    assert [row.split()[0] for row in wrong()] == ["row=kept", "row=missing"]


def _at_once(room: Room) -> list[Judge]:
    return list(Judge.objects.filter(contest=room.contest).select_related("contest", "person").order_by("pk"))


@pytest.mark.django_db(transaction=True)
def test_two_who_score_one_entry_at_once_are_both_counted() -> None:
    """Each waits for the other's count and adds to it."""
    room = judging(entries=1, judges=2, anchors=0)
    one, other = Assignment.objects.select_related("judge", "round").order_by("pk")

    at_once(lambda: scored(room, one), lambda: scored(room, other))

    assert (held.coverage_of(room.round).scored, wrong()) == (2, [])


@pytest.mark.django_db(transaction=True)
def test_two_who_rank_the_same_entries_the_other_way_round_do_not_wait_for_each_other_in_a_ring() -> None:
    """What is kept of an entry is held until the end: all take the entries in one order."""
    room = judging(entries=4, judges=2, mode=Mode.RANKING)
    judges, category = _at_once(room), room.places[0].category
    orders = [
        list(Assignment.objects.filter(judge=judge).order_by(way).values_list("public_id", flat=True))
        for judge, way in zip(judges, ("place", "-place"), strict=True)
    ]

    def rank(at: int) -> list[int | None]:
        sent = services.rank_entries(
            round=room.round, judge=judges[at], category=category, best_first=orders[at], comment="So."
        )
        return [ballot.rank for ballot in sent]

    assert at_once(lambda: rank(0), lambda: rank(1)) == [[1, 2, 3, 4], [1, 2, 3, 4]]
    assert (held.coverage_of(room.round).scored, wrong()) == (8, [])


@pytest.mark.django_db(transaction=True)
def test_a_ballot_that_is_sent_while_the_round_is_closed_counts_whole_or_not_at_all() -> None:
    """Neither waits for the other in a ring, and nothing stays as if the round were open."""
    room = judging(entries=1, judges=2)
    one, other = Assignment.objects.select_related("judge", "round").order_by("pk")
    scored(room, one)

    at_once(lambda: services.close_round(round=room.round, by=None), lambda: scored(room, other))

    states = set(Assignment.objects.filter(round=room.round).values_list("judge", "state"))
    late = Ballot.objects.filter(assignment=other, state="locked").count()
    assert states == {(one.judge_id, "locked"), (other.judge_id, "locked" if late else "lapsed")}
    assert (held.coverage_of(room.round).scored, wrong()) == (1 + late, [])
