"""The road of one candidate before the customer is asked: the owner first, then the further steps of the chain."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.models import Account
from references.accounts.rules import runs_the_program
from references.profiles import masks
from references.requests import routing
from references.requests.enums import LadderRung
from references.requests.models import Candidate
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.answer_time import due_at
from refprogram.governance.approvals.enums import SKIPS_OWN, SKIPS_SILENT, ApprovalKind, ApprovalState, ApproverKind
from refprogram.governance.approvals.models import ChainStep, ChainVersion
from refprogram.governance.approvals.planning import steps_of
from refprogram.governance.approvals.seats import Hall, Seat
from refprogram.governance.approvals.traits import TraitNames, left_out
from refprogram.people.models import User

KIND = ApprovalKind.REFERENCE_ASK


def route_of(candidate: Candidate) -> ChainVersion:
    """Return the road by which this candidate goes: as it was when they were proposed."""
    return candidate.route or approvals.live_version(KIND)


def set_out(candidate: Candidate, *, actor: User) -> bool:
    """Decide who is asked first for a candidate (whose approver is the owner's seat); true where nobody has to be.

    Nobody: the road has no such step, who proposes or asks is the owner, or nobody owns the account. For the most
    precious references the last one is not enough: then the program has to say yes.
    """
    candidate.route = route_of(candidate)
    step = routing.owner_step(candidate.route)
    if step is None:
        return True
    if candidate.approver is None:
        if account_is_strict(candidate) and not runs_the_program(actor):
            candidate.owner_rung = LadderRung.PROGRAM
            return False
        return True
    if candidate.approver in (actor, candidate.request.requester):
        if step.skip in SKIPS_OWN:
            return True
        _give(candidate, step, above=0)
        return False
    candidate.owner_due_at = _due(candidate.approver, step)
    return False


def account_is_strict(candidate: Candidate) -> bool:
    """Whether silence never counts as a yes for this customer."""
    return candidate.account.tier in routing.NEVER_BY_SILENCE


def next_rung(candidate: Candidate) -> bool:
    """Nobody answered for the owner: remind, then the manager, then the program. True where silence is a yes now."""
    step = routing.owner_step(route_of(candidate))
    if step is None:
        return True
    if candidate.owner_rung == LadderRung.OWNER and candidate.approver is not None:
        candidate.owner_rung = LadderRung.REMINDED
        candidate.owner_due_at = _due(candidate.approver, step)
        return False
    if candidate.owner_rung < LadderRung.PROGRAM and _give(
        candidate, step, above=0 if candidate.owner_rung < LadderRung.MANAGER else 1
    ):
        return False
    candidate.owner_due_at, candidate.owner_rung, candidate.approver = None, LadderRung.PROGRAM, None
    return step.skip in SKIPS_SILENT and not account_is_strict(candidate)


def _give(candidate: Candidate, step: ChainStep, *, above: int) -> bool:
    """Ask the next one above; a role of the program is asked as a whole, of others whoever is longest here."""
    hall = Hall(routing.matter_of(candidate.request, candidate.account))
    chair = hall.chair(step, late=_("The owner has not answered"), above=above)
    if not chair.seats:
        return False
    is_manager = step.escalate_manager and chair.rung == 1
    candidate.owner_rung = LadderRung.MANAGER if is_manager else LadderRung.PROGRAM
    first = chair.seats[0].user
    candidate.approver = first if chair.approver is not None or not runs_the_program(first) else None
    candidate.owner_due_at = due_at(chair.seats, step.hours, timezone.now())
    return True


def _due(user: User, step: ChainStep) -> dt.datetime:
    return due_at([Seat(user)], step.hours, timezone.now())


# ---------------------------------------------------------------- after the owner


def ask_further(candidate: Candidate, *, agreed_by: User | None, why: str = "") -> bool:
    """Ask whoever agrees beside the owner, who has said yes (`agreed_by`; `why`: nobody had to); true if they are."""
    version = route_of(candidate)
    matter = routing.matter_of(candidate.request, candidate.account)
    steps = steps_of(version)
    out = left_out(steps, Hall(matter), TraitNames(KIND), passes=version.passes)
    if all(step.pk in out or step.approver == ApproverKind.OWNER for step in steps):
        return False
    request = candidate.request
    candidate.approval = approvals.request(
        kind=KIND,
        subject=candidate,
        label=_("%(activity)s with %(account)s") % {"activity": request.activity.name, "account": _name(candidate)},
        url=request.get_absolute_url(),
        requester=request.requester,
        amount=matter.amount,
        reason="\n".join(part for part in (request.purpose, request.topics) if part),
        owner=matter.owner,
        route=approvals.Route(
            traits=matter.traits,
            strict=matter.strict,
            carer=matter.carer,
            version=version,
            owner_was_asked=True,
            agreed_by=agreed_by,
            why=why,
        ),
    )
    return candidate.approval.state != ApprovalState.APPROVED


def _name(candidate: Candidate) -> str:
    """How the customer is called for whoever asked: they read it before anybody has said yes."""
    shown = Account(pk=candidate.account_id, name=candidate.account.name)
    masks.cover([shown], candidate.request.requester)
    return shown.name
