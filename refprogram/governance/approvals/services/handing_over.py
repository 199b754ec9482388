"""An administrator gives a step that is stuck to somebody else: with a reason, on record, and never to who asked."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import TurnState, Verdict, Via
from refprogram.governance.approvals.models import Approval, Decision, Turn
from refprogram.governance.approvals.seats import WHY_LENGTH, Chair, Hall
from refprogram.governance.approvals.services.turns import facts_of, give, hall_of, locked, turns_of
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def hand_over(*, approval: Approval, turn: Turn, to: User, by: User, reason: str, via: Via = Via.PAGE) -> Approval:
    """Let somebody else decide a step that nobody can decide, or that nobody decided in time.

    Raises NotAllowed for who is no administrator, DomainError for a step that does not need it, InvalidInput without a
    reason and for somebody who may not decide: who asked, who gains, who is away.
    """
    row = locked(approval)
    if not by.has_perm("governance.hand_over_turn"):
        raise NotAllowed(_("Only an administrator hands a step over."))
    open_turn = next((one for one in turns_of(row) if one.pk == turn.pk and one.state == TurnState.OPEN), None)
    if open_turn is None or not row.open:
        raise DomainError(_("This step is not waiting for an answer any more."))
    hall = hall_of(row, open_turn)
    if not needs_hand_over(open_turn, hall):
        raise DomainError(_("Somebody was asked and still has time to answer: nothing is to be handed over."))
    words = reason.strip()
    if not words:
        message = _("Say why: it stays on record.")
        raise InvalidInput(message, errors={"reason": message})
    seats, problem = hall.seats_for(to)
    if not seats:
        message = _("They cannot decide this: %(problem)s.") % {"problem": problem}
        raise InvalidInput(message, errors={"to": message})
    Decision(approval=row, turn=open_turn, verdict=Verdict.HAND, by=by, comment=words, via=via).save(force_insert=True)
    emit(
        "approval.handed_over",
        subject=row,
        actor_id=by.person_id,
        payload=facts_of(row, turn=open_turn.pk, to=to.person_id),
    )
    why = _("Handed over by %(name)s") % {"name": by.name}
    give(open_turn, Chair(to, "", seats, why[:WHY_LENGTH]))
    return row


def needs_hand_over(turn: Turn, hall: Hall) -> bool:
    """Whether nobody can decide an open turn, or its time is over."""
    late = turn.due_at is not None and turn.due_at <= timezone.now()
    return turn.state == TurnState.OPEN and (late or not hall.seats_of(turn))
