"""Dividing judges' work: asked for, computed as a job, looked at, released or put away."""

import time
from dataclasses import replace
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.assignment import policy
from awards.assignment.enums import RUN_MOVES, RunKind, RunState
from awards.assignment.models import PanelRun
from awards.assignment.solving import Impossible, Pairs, Task, solve
from awards.assignment.weaving import Panels, components, connect, splits, spread, variance_of_difference
from awards.assignment.world import World, read
from awards.contests.enums import ContestState
from awards.contests.services.rows import lock as lock_contest
from awards.entries.enums import JUDGED
from awards.judging.enums import ASSIGNMENT_MOVES, EXPECTED, AssignmentState, Mode
from awards.judging.ordering import order_of
from awards.judging.selectors import blocked_pairs
from awards.models import Assignment, Round
from refprogram.kernel import jobs, moves
from refprogram.kernel.errors import DomainError
from refprogram.kernel.jobs import Progress
from refprogram.kernel.models import Job
from refprogram.kernel.stream import emit
from refprogram.people.models import User

DIVIDE: Final = "divide_judging"
OPEN = (RunState.QUEUED, RunState.PREVIEW)
STEPS: Final = 4


@transaction.atomic
def start(*, round_: Round, kind: RunKind, by: User) -> PanelRun:
    """Ask for a division of the work. A preview that lies there is put away; one that is being computed is returned."""
    contest = lock_contest(round_.contest)
    if contest.state not in (ContestState.SCREENING, ContestState.JUDGING, ContestState.DELIBERATION):
        raise DomainError(_("Work is divided once entries are closed and screened."))
    if round_.closed_at is not None:
        raise DomainError(_("This round is closed."))
    if round_.mode == Mode.PAIRWISE:
        raise DomainError(_("Two at a time needs no division: every judge is shown pairs as they come."))
    rows = PanelRun.objects.select_for_update(of=("self",)).select_related("job")
    going = rows.filter(round=round_, state__in=OPEN).first()
    if going is not None and going.state == RunState.QUEUED and not going.broken:
        return going
    if going is not None:
        _discard(going)
    run = PanelRun(round=round_, kind=kind, by=by, parameters={"seed": round_.seed, "per_entry": round_.per_entry})
    run.save(force_insert=True)
    run.job = jobs.start(kind=DIVIDE, params={"run": run.pk}, user=by)
    run.save(update_fields=["job"])
    return run


def run_job(job: Job, progress: Progress) -> dict[str, Any]:
    """Compute a division and keep it as a preview. Runs again after a kill: nothing is written before the end."""
    run = PanelRun.objects.select_related("round__contest").get(pk=job.params["run"])
    if run.state != RunState.QUEUED:
        return {"url": run.get_absolute_url()}
    began = time.monotonic()
    world = read(run.round, RunKind(run.kind))
    progress(1, STEPS, "")
    try:
        panels = divide(world, seed=run.round.seed)
    except Impossible as why:
        return _fail(run, world, why)
    progress(3, STEPS, "")
    _keep(run, world, panels, seconds=round(time.monotonic() - began, 1))
    progress(STEPS, STEPS, "")
    return {"url": run.get_absolute_url(), "pairs": len(panels.pairs)}


def divide(world: World, *, seed: int) -> Panels:
    """Solve, mix the panels, join what fell apart. Raises Impossible."""
    if not world.places or not world.judges:
        raise Impossible(dict.fromkeys(range(len(world.places)), 0))
    panels = Panels(_whole(world.task, world), _pairs(world), world.stays)
    spread(panels, seed=seed, dearest=policy.now().spread / 100)
    connect(panels, world.category)
    return panels


def _pairs(world: World) -> Pairs:
    """Return who judges what, with judges to spare where that is possible."""
    if world.spare.any():
        try:
            return solve(replace(world.task, need=world.task.need + world.spare))
        except Impossible:  # what is needed may be possible all the same
            pass
    return solve(world.task)


def _whole(task: Task, world: World) -> Task:
    """Return the task with quotas counted over all judges of an entry, as swaps look at them."""
    whole = []
    for quota in task.quotas:
        there = quota.least.copy()
        for place, judge in world.stays:
            there[place] += bool(quota.judges[judge])
        whole.append(replace(quota, least=there))
    return replace(task, quotas=whole)


@transaction.atomic
def _fail(run: PanelRun, world: World, why: Impossible) -> dict[str, Any]:
    """Keep why it is not possible, by ids that pages turn into names."""
    run = PanelRun.objects.select_for_update().select_related("round").get(pk=run.pk)
    run.report = {
        "short": {world.places[at].public_id: have for at, have in why.short.items()},
        "more_room": {world.judges[at].public_id: more for at, more in why.more_room.items()},
        "unmet": {name: [world.places[at].public_id for at in rows] for name, rows in why.unmet.items()},
        "entries": len(world.places),
        "judges": len(world.judges),
    }
    run.computed_at = timezone.now()
    moves.move(run, RunState.FAILED, moves=RUN_MOVES, noun=_("division"), also=["report", "computed_at"])
    payload = {"contest": run.round.contest_id, "pairs": 0, "possible": False}
    emit("panel.divided", subject=run, payload=payload)
    return {"url": run.get_absolute_url(), "pairs": 0}


@transaction.atomic
def _keep(run: PanelRun, world: World, panels: Panels, *, seconds: float) -> None:
    """Write the proposals and the report."""
    run = PanelRun.objects.select_for_update().select_related("round").get(pk=run.pk)
    chosen = set(panels.pairs)
    new = [pair for pair in panels.pairs if pair not in world.moves]
    before = {
        (place, judge): pk
        for pk, place, judge in Assignment.objects.filter(
            round=run.round, state=AssignmentState.REASSIGNED
        ).values_list("pk", "place", "judge")
    }
    rows = []
    for at, judge_at in new:
        place, judge = world.places[at], world.judges[judge_at]
        if (place.pk, judge.pk) in before:
            continue
        order = order_of(seed=run.round.seed, judge_id=judge.pk, place_id=place.pk, anchor=False)
        rows.append(Assignment(round=run.round, place=place, judge=judge, run=run, order=order))
    Assignment.objects.bulk_create(rows, batch_size=1000)
    again = [before[ids] for at, judge_at in new if (ids := (world.places[at].pk, world.judges[judge_at].pk)) in before]
    leaving = [pk for pair, pk in world.moves.items() if pair not in chosen]
    run.report = _report(world, panels, new=len(new), again=again, leaving=leaving, seconds=seconds)
    run.computed_at = timezone.now()
    moves.move(run, RunState.PREVIEW, moves=RUN_MOVES, noun=_("division"), also=["report", "computed_at"])
    payload = {"contest": run.round.contest_id, "pairs": len(panels.pairs), "possible": True}
    emit("panel.divided", subject=run, payload=payload)


def _report(
    world: World, panels: Panels, *, new: int, again: list[int], leaving: list[int], seconds: float
) -> dict[str, Any]:
    loads = [0] * len(world.judges)
    for judges in panels.judges_of:
        for judge in judges:
            loads[judge] += 1
    return {
        "entries": len(world.places),
        "judges": len(world.judges),
        "new": new,
        "again": again,
        "stays": len(world.stays) + len(panels.pairs) - new,
        "leaving": leaving,
        "spare": max(0, len(panels.pairs) - int(world.task.need.sum())),
        "no_show": round(100 * world.no_show),
        "cost": round(Pairs(panels.pairs).cost(world.task), 2),
        "loads": {judge.public_id: loads[at] for at, judge in enumerate(world.judges)},
        "groups": len(set(components(panels).tolist())),
        "apart": splits(components(panels), world.category),
        "variance": variance_of_difference(panels, world.category),
        "seconds": seconds,
    }


@transaction.atomic
def release(*, run: PanelRun, by: User) -> PanelRun:
    """Give judges what a preview proposes: at once if the round has begun, else when it begins.

    Looked at once more: pairs that a new tie, a judge who left or an entry that was withdrawn forbids are dropped.
    Work that somebody opened meanwhile stays where it is.
    """
    contest = lock_contest(run.round.contest)
    row = PanelRun.objects.select_for_update().select_related("round").get(pk=run.pk)
    moves.check(row, RunState.RELEASED, moves=RUN_MOVES, noun=_("division"))
    if row.round.closed_at is not None:
        raise DomainError(_("This round is closed."))
    now = timezone.now()
    proposed = (
        Assignment.objects.select_for_update(of=("self",)).select_related("judge", "place__entry").filter(run=row)
    )
    blocked = blocked_pairs(contest)
    bad = [
        one.pk
        for one in proposed.filter(state=AssignmentState.PROPOSED)
        if (one.judge_id, one.place.entry_id) in blocked
        or one.judge.state not in EXPECTED
        or one.place.entry.state not in JUDGED
    ]
    # Held before anything is written, as all who write of several entries do: see decision 12.
    leaving = Assignment.objects.select_for_update().filter(
        pk__in=row.report["leaving"], state=AssignmentState.RELEASED
    )
    going = list(leaving.order_by("place_id"))
    Assignment.objects.filter(pk__in=bad).delete()
    moved = _take_away(row, going)
    if row.round.released_at is not None:
        Assignment.objects.filter(run=row, state=AssignmentState.PROPOSED).update(
            state=AssignmentState.RELEASED, released_at=now, updated_at=now
        )
    row.released_at = now
    moves.move(row, RunState.RELEASED, moves=RUN_MOVES, noun=_("division"), also=["released_at"])
    payload = {"contest": contest.pk, "pairs": Assignment.objects.filter(run=row).count(), "moved": moved}
    emit("panel.released", subject=row, actor_id=by.person_id, payload={**payload, "dropped": len(bad)})
    return row


def _take_away(run: PanelRun, going: list[Assignment]) -> int:
    """Move what an evening-out gave to others: only what nobody has opened since; give back what comes back."""
    for row in going:
        moves.move(row, AssignmentState.REASSIGNED, moves=ASSIGNMENT_MOVES, noun="assignment")
    back = Assignment.objects.filter(pk__in=run.report["again"], state=AssignmentState.REASSIGNED)
    to = AssignmentState.RELEASED if run.round.released_at is not None else AssignmentState.PROPOSED
    back.update(state=to, run=run, released_at=timezone.now() if run.round.released_at else None)
    return len(going)


@transaction.atomic
def discard(*, run: PanelRun, by: User) -> PanelRun:
    """Put a preview away; nobody ever saw it."""
    row = PanelRun.objects.select_for_update().select_related("round").get(pk=run.pk)
    _discard(row)
    emit("panel.discarded", subject=row, actor_id=by.person_id, payload={"contest": row.round.contest_id})
    return row


def _discard(run: PanelRun) -> None:
    moves.move(run, RunState.DISCARDED, moves=RUN_MOVES, noun=_("division"))
    Assignment.objects.filter(run=run, state=AssignmentState.PROPOSED).delete()
