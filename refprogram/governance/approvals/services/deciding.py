"""Deciding: one lock, one decision per turn, on record for good."""

from django.db import transaction
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import (
    APPROVAL_MOVES,
    TURN_MOVES,
    ApprovalState,
    TurnState,
    Verdict,
    Via,
)
from refprogram.governance.approvals.models import Approval, Decision, Turn
from refprogram.governance.approvals.seats import Matter, Seat
from refprogram.governance.approvals.services.turns import (
    NOUN,
    TURN,
    end,
    facts_of,
    go_on,
    hall_of,
    locked,
    look_after,
    turns_of,
)
from refprogram.kernel import links, moves
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def decide(
    *,
    approval: Approval,
    by: User,
    verdict: Verdict,
    comment: str = "",
    via: Via = Via.PAGE,
    turn: Turn | None = None,
    token: str = "",
) -> Approval:
    """Approve, reject, or ask a question; return the approval as it stands then.

    `turn` says which step the person had before them: said twice it is done once, and it never answers a later step.
    `token` is the signed link that it came by. Refused for whoever is not asked, asked for it, or gains by it.
    """
    row = locked(approval)
    words = comment.strip()
    turns = turns_of(row)
    if turn is not None and _said_already(row, turn, by, verdict):
        return row
    if verdict not in _ACTS:
        raise InvalidInput(_("Choose one of the answers."))
    seat, chosen = _seat(row, turns, by, turn)
    if verdict != Verdict.APPROVE and not words:
        problem = _("Say why: who asked reads it.") if verdict == Verdict.REJECT else _("Write your question.")
        raise InvalidInput(problem, errors={"comment": problem})
    if verdict != Verdict.REJECT and row.state == ApprovalState.MORE_INFO:
        raise DomainError(_("A question to %(name)s is still open.") % {"name": row.requester.name})
    if token:
        links.use(token)
    Decision(
        approval=row, turn=chosen, verdict=verdict, by=by, in_name_of=seat.in_name_of, comment=words, via=via
    ).save(force_insert=True)
    _ACTS[verdict](row, turns, chosen, by, words)
    return row


def _said_already(row: Approval, turn: Turn, by: User, verdict: Verdict) -> bool:
    """Whether this person said the same to the same turn: a double click, or a page that was sent twice."""
    last = row.decisions.filter(turn=turn).order_by("-pk").first()
    asked_twice = verdict == Verdict.ASK and row.state != ApprovalState.MORE_INFO
    return last is not None and last.by_id == by.pk and last.verdict == verdict and not asked_twice


def _seat(row: Approval, turns: list[Turn], by: User, wanted: Turn | None) -> tuple[Seat, Turn]:
    """Return the open turn that this person may decide, and in whose name; otherwise say why not."""
    refusal = Matter.of(row).against(by)
    if refusal:
        raise NotAllowed(_("You may not decide this: %(reason)s.") % {"reason": refusal})
    for turn in turns:
        if turn.state != TurnState.OPEN or (wanted is not None and turn.pk != wanted.pk):
            continue
        seat = hall_of(row, turn).may_decide(turn, by)
        if seat is not None:
            return seat, turn
    raise _too_late_or_not_asked(row, turns, by, wanted)


def _too_late_or_not_asked(row: Approval, turns: list[Turn], by: User, wanted: Turn | None) -> DomainError:
    """Tell who comes second what the first one said; tell who was never asked that they are not."""
    mine = [t for t in turns if t.state != TurnState.OPEN and hall_of(row, t).may_decide(t, by) is not None]
    about = [wanted] if wanted is not None else mine
    words_said = row.decisions.filter(turn__in=about, verdict__in=(Verdict.APPROVE, Verdict.REJECT))
    said = words_said.select_related("by__person").last()
    if said is not None:
        words = {"name": said.by.name, "verdict": said.get_verdict_display()}
        return DomainError(_("%(name)s has %(verdict)s it already. Nothing more is needed from you.") % words)
    if not row.open:
        return DomainError(_("This is %(state)s already.") % {"state": row.get_state_display()})
    return NotAllowed(_("You are not asked to decide this now."))


def _approve(row: Approval, turns: list[Turn], turn: Turn, by: User, _words: str) -> None:
    moves.move(turn, TurnState.APPROVED, moves=TURN_MOVES, noun=str(TURN))
    emit(
        "approval.turn_approved",
        subject=row,
        actor_id=by.person_id,
        payload=facts_of(row, turns, turn=turn.pk),
    )
    go_on(row)
    if row.open:
        look_after(row)  # beside this turn somebody may be left without anyone who has not spoken yet


def _reject(row: Approval, turns: list[Turn], turn: Turn, by: User, _words: str) -> None:
    moves.move(turn, TurnState.REJECTED, moves=TURN_MOVES, noun=str(TURN))
    why = _("%(name)s rejected it") % {"name": by.name}
    end(row, ApprovalState.REJECTED, turns, why=why, by_person=by.person_id)


def _ask(row: Approval, turns: list[Turn], turn: Turn, by: User, words: str) -> None:
    row.question, row.answer = words, ""
    moves.move(row, ApprovalState.MORE_INFO, moves=APPROVAL_MOVES, noun=str(NOUN), also=["question", "answer"])
    emit(
        "approval.questioned",
        subject=row,
        actor_id=by.person_id,
        payload=facts_of(row, turns, turn=turn.pk),
    )


_ACTS = {Verdict.APPROVE: _approve, Verdict.REJECT: _reject, Verdict.ASK: _ask}
