"""Asking for a blessing, answering what an approver wants to know, and taking the question back."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals.answer_time import put_off
from refprogram.governance.approvals.enums import (
    APPROVAL_MOVES,
    OPEN_APPROVALS,
    TURN_MOVES,
    ApprovalKind,
    ApprovalState,
    ApproverKind,
    TurnState,
    Verdict,
    Via,
)
from refprogram.governance.approvals.models import Approval, ChainVersion, Decision
from refprogram.governance.approvals.seats import WHY_LENGTH, Matter, barred_from
from refprogram.governance.approvals.services.turns import (
    NOUN,
    TURN,
    close,
    deal,
    facts_of,
    go_on,
    hall_of,
    locked,
    turns_of,
)
from refprogram.kernel import links, moves
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit, subject_of
from refprogram.people.models import Person, Team, User


@dataclass(frozen=True)
class Route:
    """What else a matter says about its road.

    `traits` are what steps go by besides amounts; `strict`: silence never counts as a yes. `owner_was_asked`: the room
    has asked the owner itself, `agreed_by` is who said yes (None: nobody had to), `why` says so. `version`: the one by
    which it began, where that was before.
    """

    traits: frozenset[str] = frozenset()
    strict: bool = False
    carer: User | None = None
    version: ChainVersion | None = None
    owner_was_asked: bool = False
    agreed_by: User | None = None
    why: str = ""


@transaction.atomic
def request(
    *,
    kind: ApprovalKind,
    subject: models.Model,
    label: str,
    url: str,
    requester: User,
    amount: Decimal | None = None,
    reason: str = "",
    owner: User | None = None,
    beneficiary: Person | None = None,
    team: Team | None = None,
    route: Route | None = None,
) -> Approval:
    """Ask for a blessing by the chain of `kind` as it is published now; return the approval.

    Asked for the same subject again while that is open, return the one that is. It comes back approved only where the
    chain says that this amount needs nobody. `route`: what else steps go by, and what the owner has said already.
    """
    if amount is not None and amount < 0:
        raise InvalidInput(_("An amount cannot be less than nothing."), errors={"amount": _("Less than nothing.")})
    about = subject_of(subject)
    asked = Approval.objects.filter(
        kind=kind, subject_type=about.type, subject_id=about.id, state__in=OPEN_APPROVALS
    ).select_related("requester__person")
    if (known := asked.first()) is not None:
        return known
    also = route or Route()
    matter = Matter(requester, amount, owner, beneficiary, team)
    approval = Approval(
        kind=kind,
        version=also.version or live_version(kind),
        subject_type=about.type,
        subject_id=about.id,
        label=" ".join(label.split())[:200],
        url=url,
        amount=amount,
        reason=reason.strip(),
        requester=requester,
        owner=owner,
        beneficiary=beneficiary,
        team=team,
        barred=barred_from(matter),
        carer=also.carer,
        traits=sorted(also.traits),
        strict=also.strict,
    )
    try:
        with transaction.atomic():
            approval.save(force_insert=True)
    except IntegrityError:  # somebody asked for the same thing at the same moment
        return asked.get()
    return _begin(approval, also)


def _begin(approval: Approval, also: Route) -> Approval:
    begun = locked(approval)
    deal(begun, list(begun.version.steps.all()))
    if also.owner_was_asked:
        _take_owners_word(begun, also)
    hall = hall_of(begun)
    chairs = [hall.chair(turn.step) for turn in turns_of(begun) if turn.state == TurnState.WAITING]
    asked = sorted({seat.user.person_id for chair in chairs for seat in chair.seats})
    emit(
        "approval.requested",
        subject=begun,
        actor_id=begun.requester.person_id,
        payload=facts_of(begun) | {"asked": asked},
    )
    go_on(begun)
    return begun


def _take_owners_word(approval: Approval, also: Route) -> None:
    """Note what the owner has said where they were asked: it is not asked again."""
    for turn in turns_of(approval):
        if turn.step.approver != ApproverKind.OWNER or turn.state != TurnState.WAITING:
            continue
        turn.why, turn.approver, turn.opened_at = also.why[:WHY_LENGTH], also.agreed_by, timezone.now()
        if also.agreed_by is None:
            moves.move(turn, TurnState.SKIPPED, moves=TURN_MOVES, noun=str(TURN), also=["why"])
            continue
        moves.move(turn, TurnState.OPEN, moves=TURN_MOVES, noun=str(TURN), also=["why", "approver", "opened_at"])
        moves.move(turn, TurnState.APPROVED, moves=TURN_MOVES, noun=str(TURN))
        said = Decision(approval=approval, turn=turn, verdict=Verdict.APPROVE, by=also.agreed_by, via=Via.PAGE)
        said.save(force_insert=True)


def live_version(kind: ApprovalKind) -> ChainVersion:
    """Return the chain of a kind as it is published now."""
    versions = ChainVersion.objects.filter(chain__kind=kind, published_at__isnull=False).select_related("chain")
    version = versions.order_by("-number").first()
    if version is None:
        raise DomainError(_("Nobody has said who approves this yet. An administrator publishes the chain."))
    return version


@transaction.atomic
def answer(*, approval: Approval, by: User, text: str) -> Approval:
    """Answer what an approver wanted to know; the time that the question took is given back to them."""
    row = locked(approval)
    if not by.has_perm("governance.answer_approval", row):
        raise NotAllowed(_("Only %(name)s, who asked, can answer.") % {"name": row.requester.name})
    moves.check(row, ApprovalState.PENDING, moves=APPROVAL_MOVES, noun=str(NOUN))
    words = text.strip()
    if not words:
        raise InvalidInput(_("Write an answer."), errors={"text": _("Write an answer.")})
    row.answer = words
    moves.move(row, ApprovalState.PENDING, moves=APPROVAL_MOVES, noun=str(NOUN), also=["answer"])
    turns = turns_of(row)
    question = row.decisions.filter(verdict=Verdict.ASK).order_by("-pk").first()
    for turn in turns:
        if turn.state == TurnState.OPEN and turn.due_at is not None and question is not None:
            seats = hall_of(row, turn).seats_of(turn)
            turn.due_at = put_off(seats, turn.due_at, question.at, timezone.now())
            turn.save(update_fields=["due_at"])
    emit("approval.answered", subject=row, actor_id=by.person_id, payload=facts_of(row, turns))
    return row


@transaction.atomic
def withdraw(*, approval: Approval, by: User, reason: str) -> Approval:
    """Take back what was asked; whoever was asked need not answer any more."""
    row = locked(approval)
    if not by.has_perm("governance.withdraw_approval", row):
        raise NotAllowed(_("Only %(name)s, who asked, can withdraw this.") % {"name": row.requester.name})
    return _withdrawn(row, by, reason)


@transaction.atomic
def withdraw_for(*, subject: models.Model, by: User | None, reason: str) -> int:
    """Take back all that was asked about a subject, because it changed or is gone; return how much was open."""
    about = subject_of(subject)
    rows = Approval.objects.filter(subject_type=about.type, subject_id=about.id, state__in=OPEN_APPROVALS)
    found = [locked(row) for row in rows.order_by("pk")]
    still_open = [row for row in found if row.open]
    for row in still_open:
        _withdrawn(row, by, reason)
    return len(still_open)


def _withdrawn(row: Approval, by: User | None, reason: str) -> Approval:
    moves.check(row, ApprovalState.WITHDRAWN, moves=APPROVAL_MOVES, noun=str(NOUN))
    turns = turns_of(row)
    facts = facts_of(row, turns, subject_type=row.subject_type, subject_id=row.subject_id)
    close(turns, _("Withdrawn"))
    for turn in turns:
        links.withdraw(subject=turn)
    row.withdrawn_because, row.decided_at = reason.strip(), timezone.now()
    moves.move(
        row,
        ApprovalState.WITHDRAWN,
        moves=APPROVAL_MOVES,
        noun=str(NOUN),
        also=["withdrawn_because", "decided_at"],
    )
    emit("approval.withdrawn", subject=row, actor_id=by.person_id if by else None, payload=facts)
    return row
