"""The turns of one approval: giving them out, passing them on, going to the next position. The approval is locked."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.governance.approvals.answer_time import due_at
from refprogram.governance.approvals.enums import (
    APPROVAL_MOVES,
    SKIPS_SILENT,
    TURN_MOVES,
    ApprovalState,
    TurnState,
    Verdict,
)
from refprogram.governance.approvals.models import Approval, ChainStep, Turn
from refprogram.governance.approvals.seats import Chair, Hall, Matter
from refprogram.governance.approvals.traits import TraitNames, left_out
from refprogram.kernel import moves
from refprogram.kernel.stream import emit

NOUN = gettext_lazy("approval")
TURN = gettext_lazy("turn")


def locked(approval: Approval) -> Approval:
    """Return the approval with its row locked: whoever comes second waits, and then sees what the first one did."""
    rows = Approval.objects.select_for_update(of=("self",)).select_related(
        "requester__person",
        "requester__team__manager__person",
        "owner__person",
        "owner__team__manager__person",
        "carer__person",
        "beneficiary",
        "team",
        "version__chain",
    )
    return rows.get(pk=approval.pk)


def turns_of(approval: Approval) -> list[Turn]:
    """Return all turns in the order of the chain."""
    rows = Turn.objects.filter(approval=approval).select_related(
        "approver__person", "step__user__person", "step__escalate_user__person"
    )
    turns = list(rows.order_by("position", "pk"))
    for turn in turns:
        turn.approval = approval
    return turns


def hall_of(approval: Approval, turn: Turn | None = None) -> Hall:
    """Return who finds the approvers; who has decided beside this turn already is left out."""
    spoken: Iterable[int] = ()
    if turn is not None:
        beside = approval.decisions.filter(turn__position=turn.position, verdict=Verdict.APPROVE).exclude(turn=turn)
        spoken = beside.values_list("by_id", flat=True)
    return Hall(Matter.of(approval), spoken=frozenset(spoken))


def facts_of(approval: Approval, turns: Iterable[Turn] = (), **more: object) -> dict[str, object]:
    """Return what every event of an approval tells: kind, who asked, and everybody who is asked now."""
    asked: set[int] = set()
    for turn in turns:
        if turn.state == TurnState.OPEN:
            for seat in hall_of(approval, turn).seats_of(turn):
                asked |= {one.person_id for one in (seat.user, seat.in_name_of) if one is not None}
    asked |= set(approval.decisions.values_list("by__person_id", flat=True))
    return {"kind": approval.kind, "requester": approval.requester.person_id, "asked": sorted(asked), **more}


def deal(approval: Approval, steps: Sequence[ChainStep]) -> None:
    """Give out one turn per step; those that the matter does not call for are skipped, with the reason."""
    out = left_out(steps, hall_of(approval), TraitNames(approval.kind), passes=approval.version.passes)
    for step in steps:
        state = TurnState.SKIPPED if step.pk in out else TurnState.WAITING
        turn = Turn(approval=approval, step=step, position=step.position, state=state, why=out.get(step.pk, ""))
        turn.save(force_insert=True)


def go_on(approval: Approval) -> None:
    """Open the next position, or approve where none is left. Nothing happens while a turn of this one is open."""
    turns = turns_of(approval)
    if any(turn.state == TurnState.OPEN for turn in turns):
        return
    waiting = [turn for turn in turns if turn.state == TurnState.WAITING]
    if not waiting:
        end(approval, ApprovalState.APPROVED, turns)
        return
    approval.stage = min(turn.position for turn in waiting)
    approval.save(update_fields=["stage"])
    for turn in waiting:
        if turn.position == approval.stage:
            _open(turn)


def _open(turn: Turn) -> None:
    chair = hall_of(turn.approval, turn).chair(turn.step)
    turn.opened_at = timezone.now()
    moves.move(turn, TurnState.OPEN, moves=TURN_MOVES, noun=str(TURN), also=["opened_at"])
    give(turn, chair)


def give(turn: Turn, chair: Chair) -> None:
    """Give an open turn to whom the chair names, and tell the stream: asked, gone on, or nobody left."""
    now = timezone.now()
    turn.approver, turn.role, turn.why, turn.rung = chair.approver, chair.role, chair.why, chair.rung
    turn.due_at = due_at(chair.seats, turn.step.hours, now)
    turn.escalated_at = now if chair.escalated else None
    turn.save(update_fields=["approver", "role", "why", "rung", "due_at", "escalated_at"])
    facts = facts_of(turn.approval, [turn], turn=turn.pk)
    if chair.escalated and chair.seats:
        emit("approval.escalated", subject=turn.approval, payload=facts)
    emit("approval.asked" if chair.seats else "approval.stuck", subject=turn.approval, payload=facts)


def end(
    approval: Approval, state: ApprovalState, turns: Iterable[Turn], *, why: str = "", by_person: int | None = None
) -> None:
    """Decide the approval: what is still open or to come is not needed any more."""
    close(turns, why)
    approval.decided_at = timezone.now()
    moves.move(approval, state, moves=APPROVAL_MOVES, noun=str(NOUN), also=["decided_at"])
    last = approval.decisions.order_by("-pk").values_list("by__person_id", flat=True).first()
    emit(
        "approval.decided",
        subject=approval,
        actor_id=by_person or last,
        payload=facts_of(
            approval,
            verdict=(Verdict.APPROVE if state == ApprovalState.APPROVED else Verdict.REJECT).value,
            subject_type=approval.subject_type,
            subject_id=approval.subject_id,
        ),
    )


def close(turns: Iterable[Turn], why: str) -> None:
    """Skip every turn that is not decided."""
    for turn in turns:
        if turn.state in {TurnState.OPEN, TurnState.WAITING}:
            turn.why = why[:200]
            moves.move(turn, TurnState.SKIPPED, moves=TURN_MOVES, noun=str(TURN), also=["why"])


def look_after(approval: Approval) -> None:
    """Pass on what nobody who was asked can answer any more, or did not answer in time."""
    now = timezone.now()
    for turn in turns_of(approval):
        if turn.state != TurnState.OPEN:
            continue
        hall = hall_of(approval, turn)
        if not hall.seats_of(turn):
            _pass_on(turn, hall)
        elif approval.state == ApprovalState.PENDING and now >= (turn.due_at or now):
            _nobody_answered(turn, hall)


def _pass_on(turn: Turn, hall: Hall) -> None:
    """Find somebody else; a turn for which there is still nobody is left as it is, and nobody is told again."""
    was_stuck = turn.approver is None and not turn.role
    chair = hall.chair(turn.step)
    if chair.seats or not was_stuck:
        give(turn, chair)


def _nobody_answered(turn: Turn, hall: Hall) -> None:
    """Go one rung further up; after the last one silence is a yes where the step says so, but never where it is strict.

    Without a manager in between a turn goes up once: whoever has it then keeps it.
    """
    late = _("No answer within %(hours)d working hours") % {"hours": turn.step.hours}
    if turn.escalated_at is None or turn.step.escalate_manager:
        chair = hall.chair(turn.step, late=late, above=turn.rung)
        if chair.seats:
            give(turn, chair)
            return
    if turn.step.skip in SKIPS_SILENT and not turn.approval.strict:
        turn.why = _("%(late)s, which counts as a yes here") % {"late": late}
        moves.move(turn, TurnState.SKIPPED, moves=TURN_MOVES, noun=str(TURN), also=["why"])
        go_on(turn.approval)
