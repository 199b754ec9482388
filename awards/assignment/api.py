"""Dividing judges' work over the API."""

import datetime as dt
from typing import Any

from awards.assignment import selectors, services
from awards.assignment.enums import RunKind, RunState
from awards.assignment.models import PanelRun
from awards.contests.api import demand
from awards.contests.selectors import visible_to
from awards.models import Contest, Round
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["awards"])


class PanelRunOut(api.Thing):
    """One division of the work of a round. `report` says what is new, what moves, loads, and why it cannot be."""

    round: api.Ref
    kind: RunKind
    state: RunState
    report: dict[str, Any]
    computed_at: dt.datetime | None
    released_at: dt.datetime | None


class AssignIn(api.Input):
    """Which round, by its id (empty: the first that is open), and what is kept of what stands."""

    round: str = ""
    kind: RunKind = RunKind.FRESH


def _run(request: MemberRequest, public_id: str) -> PanelRun:
    run: PanelRun = api.found(selectors.visible_to(request.user), public_id)
    return run


@router.post("/contests/{public_id}/assign", response={202: PanelRunOut})
def assign_contest(request: MemberRequest, public_id: str, data: AssignIn) -> Any:
    """Ask for a division of the judges' work: computed in the background, seen by no judge before its release."""
    contest: Contest = api.found(visible_to(request.user), public_id)
    demand(request, "awards.run_contest", contest)
    rounds = selectors.open_rounds(contest)
    first = rounds.first()
    chosen: Round = api.found(rounds, data.round or (first.public_id if first else ""))
    return api.Status(202, services.start(round_=chosen, kind=data.kind, by=request.user))


@router.get("/panels/{public_id}", response=PanelRunOut)
def get_panel_run(request: MemberRequest, public_id: str) -> PanelRun:
    """Return a division, with how far it is."""
    return _run(request, public_id)


@router.post("/panels/{public_id}/release", response=PanelRunOut)
def release_panel_run(request: MemberRequest, public_id: str) -> PanelRun:
    """Give the judges what it proposes."""
    return services.release(run=_run(request, public_id), by=request.user)


@router.post("/panels/{public_id}/discard", response=PanelRunOut)
def discard_panel_run(request: MemberRequest, public_id: str) -> PanelRun:
    """Put a preview away."""
    return services.discard(run=_run(request, public_id), by=request.user)
