"""Work counted inside the database says what the rows say: by judge, by entry, for a round."""

import pytest

from awards.entries import services as entries
from awards.entries.enums import EntryState
from awards.judging import services
from awards.judging.selectors import held
from awards.models import Judge
from refprogram.people.models import User
from tests.factories.judging import judging, scored

pytestmark = pytest.mark.django_db


def test_what_is_held_and_scored_is_counted_without_calibration_and_what_left(marketer: User) -> None:
    """Two judges read three entries; one is scored, one piece of work is free again, one entry is out."""
    room = judging(entries=3, judges=2, owner=marketer, anchors=1, per_entry=2, min_ballots=2)
    entries.add_anchor(contest=room.contest, title="Model", summary="A model.", answers={}, by=marketer)
    one, other = (Judge.objects.get(pk=judge.pk) for judge in room.judges)
    first, second, third = (one.assignments.get(place=place) for place in room.places)
    scored(room, first)
    services.take_from(assignment=second, by=marketer)
    services.give_anchors(room.round, one)
    third.place.entry.state = EntryState.DISQUALIFIED
    third.place.entry.save(update_fields=["state"])
    categories = [room.places[0].category_id]

    panel = {load.judge: (load.held, load.scored) for load in held.judges_of(room.contest)}
    figures = held.coverage_of(room.round)
    listed = held.covered_in(room.round, categories, short=False, start=0, most=10)
    short = held.covered_in(room.round, categories, short=True, start=0, most=10)

    assert panel == {one: (2, 1), other: (3, 0)}
    assert (figures.entries, figures.needed, figures.held, figures.scored, figures.short) == (2, 4, 3, 1, 1)
    assert figures.calibration == 1
    assert [(row.place, row.held, row.scored, row.short) for row in listed] == [
        (second.place, 1, 0, 1), (first.place, 2, 1, 0),
    ]  # fmt: skip
    assert [row.place for row in short] == [second.place]
    assert [work.judge for work in short[0].work] == [other]
    assert held.covered_in(room.round, categories, short=False, start=1, most=1) == listed[1:]
    rows, many = held.work_of(other, marketer)
    assert [row.code for row in rows] == [work.place.entry.code for work in other.assignments.order_by("order", "pk")]
    assert held.work_of(other, marketer, start=1, most=1) == (rows[1:2], many) == (rows[1:2], 3)
    assert held.work_of(other, marketer, start=3) == ([], 0)
