"""Dividing judges' work through the database: what a run proposes, releases, moves, and why it cannot."""

import datetime as dt

import pytest
from django.utils import timezone

from awards.assignment import services
from awards.assignment.enums import RunKind, RunState
from awards.assignment.models import PanelRun
from awards.contests.enums import ContestState
from awards.judging.enums import AssignmentState, JudgeKind
from awards.models import Assignment, Judge
from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Job
from tests.factories.contests import CategoryFactory, ContestFactory, moved
from tests.factories.results import (
    JudgedPlaceFactory,
    JudgedRoundFactory,
    LockedAssignmentFactory,
    PanelJudgeFactory,
    TieFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(marketer):
    """A round that has begun: six entries, four judges, two judges for each entry."""
    contest = moved(ContestFactory(owner=marketer), ContestState.JUDGING)
    category = contest.categories.get()
    JudgedPlaceFactory.create_batch(6, category=category)
    PanelJudgeFactory.create_batch(4, contest=contest, state="active", load_cap=4)
    now = timezone.now()
    return JudgedRoundFactory(
        contest=contest, per_entry=2, closed_at=None, closes_at=now + dt.timedelta(days=5),
        hard_close_at=now + dt.timedelta(days=6),
    )  # fmt: skip


def divided(round_, by, kind=RunKind.FRESH):
    run = services.start(round_=round_, kind=kind, by=by)
    jobs.run(job_id=run.job_id)
    return PanelRun.objects.get(pk=run.pk)


def given(round_, *states):
    rows = Assignment.objects.filter(round=round_, state__in=states or [AssignmentState.RELEASED])
    return sorted(rows.values_list("place", "judge"))


def test_a_preview_is_hidden_and_released_at_once(round_, marketer):
    run = divided(round_, marketer)
    assert run.state == RunState.PREVIEW
    assert (run.report["new"], run.report["apart"]) == (12, 0)
    assert given(round_) == []
    services.release(run=run, by=marketer)
    pairs = given(round_)
    assert len(pairs) == len(set(pairs)) == 12
    assert Assignment.objects.filter(judge__in=round_.contest.judges.all()).count() == 12


def test_before_the_round_begins_a_released_division_stays_hidden(round_, marketer):
    round_.released_at = None
    round_.save()
    services.release(run=divided(round_, marketer), by=marketer)
    assert given(round_) == []
    assert len(given(round_, AssignmentState.PROPOSED)) == 12


def test_nobody_judges_where_a_tie_binds(round_, marketer):
    judge, place = round_.contest.judges.first(), JudgedPlaceFactory(category=round_.contest.categories.get())
    TieFactory(judge=judge, entry=place.entry)
    services.release(run=divided(round_, marketer), by=marketer)
    assert (place.pk, judge.pk) not in given(round_)


def test_a_tie_that_comes_up_after_the_preview_drops_the_pair(round_, marketer):
    run = divided(round_, marketer)
    row = Assignment.objects.filter(run=run).select_related("place__entry", "judge").first()
    TieFactory(judge=row.judge, entry=row.place.entry)
    services.release(run=run, by=marketer)
    assert (row.place_id, row.judge_id) not in given(round_)
    assert len(given(round_)) == 11


def test_what_was_scored_is_never_moved_and_gaps_are_filled(round_, marketer):
    judge, place = round_.contest.judges.first(), round_.contest.categories.get().places.first()
    LockedAssignmentFactory(round=round_, judge=judge, place=place, state="submitted")
    run = divided(round_, marketer, RunKind.TOP_UP)
    assert run.report["new"] == 11
    services.release(run=run, by=marketer)
    assert Assignment.objects.get(place=place, judge=judge).state == AssignmentState.SUBMITTED


def test_evening_out_moves_only_what_nobody_opened(round_, marketer):
    first, *others = round_.contest.judges.order_by("pk")
    Judge.objects.filter(pk__in=[one.pk for one in others]).update(load_cap=4)
    places = list(round_.contest.categories.get().places.order_by("pk"))
    for at, place in enumerate(places[:4]):
        LockedAssignmentFactory(round=round_, judge=first, place=place, state="opened" if at == 0 else "released")
    first.load_cap = 2
    first.save()
    run = divided(round_, marketer, RunKind.REBALANCE)
    assert 2 <= len(run.report["leaving"]) <= 3
    services.release(run=run, by=marketer)
    assert Assignment.objects.get(judge=first, place=places[0]).state == AssignmentState.OPENED
    held = [pair for pair in given(round_, "released", "opened") if pair[1] == first.pk]
    assert len(held) <= 2
    per_place = [place for place, _ in given(round_, "released", "opened")]
    assert all(per_place.count(place.pk) == 2 for place in places)


def test_a_new_preview_puts_the_old_one_away(round_, marketer):
    old = divided(round_, marketer)
    new = divided(round_, marketer)
    old.refresh_from_db()
    assert (old.state, new.state) == (RunState.DISCARDED, RunState.PREVIEW)
    assert Assignment.objects.filter(run=old).count() == 0


def test_a_second_click_while_it_computes_is_one(round_, marketer):
    first = services.start(round_=round_, kind=RunKind.FRESH, by=marketer)
    assert services.start(round_=round_, kind=RunKind.FRESH, by=marketer) == first


def test_too_little_room_is_said_with_the_smallest_repair(round_, marketer):
    round_.contest.judges.update(load_cap=2)
    run = divided(round_, marketer)
    assert run.state == RunState.FAILED
    assert sum(run.report["more_room"].values()) == 4
    assert Assignment.objects.count() == 0


def test_a_quota_of_customers_is_kept(round_, marketer):
    round_.min_customers = 1
    round_.save()
    failed = divided(round_, marketer)
    assert (failed.state, list(failed.report["unmet"])) == (RunState.FAILED, ["customer"])
    customers = PanelJudgeFactory.create_batch(
        2, contest=round_.contest, state="active", load_cap=6, kind=JudgeKind.CUSTOMER
    )
    services.release(run=divided(round_, marketer), by=marketer)
    theirs = {place for place, judge in given(round_) if judge in {one.pk for one in customers}}
    assert len(theirs) == 6


def test_the_same_seed_gives_the_same_panels(round_, marketer):
    first = divided(round_, marketer)
    pairs = sorted(Assignment.objects.filter(run=first).values_list("place", "judge"))
    again = divided(round_, marketer)
    assert sorted(Assignment.objects.filter(run=again).values_list("place", "judge")) == pairs


def test_more_is_given_where_earlier_rounds_were_not_scored_as_far_as_there_is_room(round_, marketer):
    earlier = JudgedRoundFactory(contest=ContestFactory(series=round_.contest.series, year=2020))
    place = JudgedPlaceFactory(category__contest=earlier.contest)
    for at in range(20):
        judge = PanelJudgeFactory(contest=earlier.contest)
        state = AssignmentState.LAPSED if at < 4 else AssignmentState.LOCKED
        LockedAssignmentFactory(round=earlier, place=place, judge=judge, state=state)

    run = divided(round_, marketer)  # 6 entries x 2; a fifth is not scored: 3 more

    assert (run.report["no_show"], run.report["spare"], run.report["new"]) == (20, 3, 15)
    again = divided(round_, marketer, RunKind.FRESH)
    assert again.report["spare"] == 3
    Judge.objects.filter(contest=round_.contest).update(load_cap=3)
    assert divided(round_, marketer).report["spare"] == 0


def test_work_is_not_divided_before_the_entries_are_in(marketer):
    contest = moved(ContestFactory(owner=marketer), ContestState.CLOSED)
    CategoryFactory(contest=contest, name="Another")
    with pytest.raises(DomainError):
        services.start(round_=JudgedRoundFactory(contest=contest, closed_at=None), kind=RunKind.FRESH, by=marketer)


def test_with_nothing_left_to_give_a_division_says_so(round_, marketer):
    services.release(run=divided(round_, marketer), by=marketer)
    run = divided(round_, marketer, RunKind.TOP_UP)
    assert (run.state, run.report["new"]) == (RunState.PREVIEW, 0)


def test_panels_that_cannot_be_joined_are_told_and_still_divided(round_, marketer):
    judges = list(round_.contest.judges.order_by("pk"))
    for at, place in enumerate(round_.contest.categories.get().places.order_by("pk")):
        for judge in judges[:2] if at % 2 else judges[2:]:
            LockedAssignmentFactory(round=round_, judge=judge, place=place, state="submitted")
    run = divided(round_, marketer, RunKind.TOP_UP)
    assert (run.state, run.report["new"], run.report["apart"]) == (RunState.PREVIEW, 0, 1)


def test_a_division_that_broke_off_can_be_asked_for_again(round_, marketer):
    broken = services.start(round_=round_, kind=RunKind.FRESH, by=marketer)
    Job.objects.filter(pk=broken.job_id).update(state=JobState.FAILED)
    again = services.start(round_=round_, kind=RunKind.FRESH, by=marketer)
    broken.refresh_from_db()
    assert (again.pk != broken.pk, broken.state) == (True, RunState.DISCARDED)
