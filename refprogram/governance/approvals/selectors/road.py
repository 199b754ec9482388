"""The road of one approval: who was asked, who said what, who decides next, and why each of them."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BigIntegerField
from django.utils import timezone

from refprogram.governance.approvals.enums import TurnState, Verdict
from refprogram.governance.approvals.models import Approval, ChainStep, Decision, Turn
from refprogram.governance.approvals.planning import PlannedTurn
from refprogram.governance.approvals.seats import Hall, Matter, Seat, role_name
from refprogram.governance.approvals.words import STOPS, step_words
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.models import User

_OF = Given("approval", BigIntegerField())
_TURNS = Prepared(
    lambda: (
        Turn.objects.filter(approval=_OF)
        .select_related("approver__person", "step__user__person", "step__escalate_user__person")
        .order_by("position", "pk")
    )
)
_SAID = Prepared(
    lambda: Decision.objects.filter(approval=_OF).select_related("by__person", "in_name_of__person").order_by("pk")
)


@dataclass(frozen=True)
class Stop:
    """One step on the road. `stuck`: needed, and nobody can decide it; `beside`: asked at the same time as others;
    `may_move`: nobody can decide it, or nobody did in time, so that an administrator may hand it over.
    """

    position: int
    state: str
    tone: str
    icon: str
    word: Any
    title: str
    why: str
    seats: tuple[Seat, ...] = ()
    decisions: tuple[Decision, ...] = ()
    opened_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    escalated: bool = False
    stuck: bool = False
    beside: bool = False
    turn_public_id: str = ""
    may_move: bool = False


@dataclass(frozen=True)
class Road:
    """All stops by position, and the turn that the reader may decide now, if any."""

    stages: list[list[Stop]]
    mine: Turn | None = None
    seat: Seat | None = None


def road_of(approval: Approval, viewer: User) -> Road:
    """Return the road of an approval as it stands, and what `viewer` may decide on it."""
    turns, said = _TURNS(approval=approval.pk), _SAID(approval=approval.pk)
    for turn in turns:
        turn.approval = approval
    for decision in said:
        decision.approval = approval
    hall = Hall(Matter.of(approval))
    place = {turn.pk: turn.position for turn in turns}
    stops, mine = [], Road([])
    for turn in turns:
        agreed = (d for d in said if d.verdict == Verdict.APPROVE and d.turn_id != turn.pk)
        hall.spoken = {d.by_id for d in agreed if place[d.turn_id] == turn.position}
        stops.append(_stop(turn, hall, tuple(d for d in said if d.turn_id == turn.pk)))
        if turn.state == TurnState.OPEN and mine.mine is None:
            seat = hall.may_decide(turn, viewer)
            mine = Road([], turn, seat) if seat is not None else mine
    return Road(_by_position(stops), mine.mine, mine.seat)


def _stop(turn: Turn, hall: Hall, decisions: tuple[Decision, ...]) -> Stop:
    tone, icon, word = STOPS[TurnState(turn.state)]
    seats: tuple[Seat, ...] = ()
    why, who = turn.why, _who(turn.approver, turn.role, turn.step)
    escalated = turn.escalated_at is not None
    if turn.state == TurnState.OPEN:
        seats = hall.seats_of(turn)
    elif turn.state == TurnState.WAITING:
        chair = hall.chair(turn.step)
        seats, why, escalated = chair.seats, chair.why, chair.escalated
        who = _who(chair.approver, chair.role, turn.step)
    stuck = turn.state in {TurnState.OPEN, TurnState.WAITING} and not seats
    if stuck:
        tone, icon = "stop", "alert"
    return Stop(
        turn.position,
        turn.state,
        tone,
        icon,
        word,
        who,
        why,
        seats,
        decisions,
        turn.opened_at,
        turn.due_at if turn.state == TurnState.OPEN else None,
        escalated,
        stuck,
        turn_public_id=turn.public_id,
        may_move=turn.state == TurnState.OPEN
        and (stuck or (turn.due_at is not None and turn.due_at <= timezone.now())),
    )


def _who(approver: User | None, role: str, step: ChainStep) -> str:
    if approver is not None:
        return approver.name
    return role_name(role) if role else step_words(step)


def planned(turns: list[PlannedTurn]) -> Road:
    """Return a dry run drawn the same way."""
    return Road(_by_position([_planned_stop(turn) for turn in turns]))


def _planned_stop(turn: PlannedTurn) -> Stop:
    tone, icon, word = STOPS[TurnState.SKIPPED if turn.skipped else TurnState.OPEN]
    if turn.stuck:
        tone, icon = "stop", "alert"
    return Stop(
        turn.position,
        TurnState.SKIPPED.value if turn.skipped else TurnState.WAITING.value,
        tone if turn.skipped or turn.stuck else "info",
        icon if turn.skipped or turn.stuck else "user",
        word if turn.skipped else "",
        _who(turn.approver, turn.role, turn.step),
        turn.why,
        turn.seats,
        escalated=turn.escalated,
        stuck=turn.stuck,
    )


def _by_position(stops: list[Stop]) -> list[list[Stop]]:
    stages: dict[int, list[Stop]] = {}
    for stop in stops:
        stages.setdefault(stop.position, []).append(stop)
    return [_side_by_side(stage) for stage in stages.values()]


def _side_by_side(stage: list[Stop]) -> list[Stop]:
    """Mark the stops that were really asked together: what an amount does not call for stands beside nobody."""
    asked = [stop for stop in stage if stop.state != TurnState.SKIPPED]
    return [replace(stop, beside=len(asked) > 1 and stop in asked) for stop in stage]
