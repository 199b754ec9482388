"""What all verbs of this room share: lock, move, tell."""

from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext as _

from refprogram.governance.fulfilment.enums import FULFILMENT_MOVES, FulfilmentState
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel import moves
from refprogram.kernel.errors import IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User


def lock(row: Fulfilment) -> Fulfilment:
    """Return the row, locked until the end of this transaction."""
    return Fulfilment.objects.select_for_update().get(pk=row.pk)


def check(row: Fulfilment, to: FulfilmentState) -> None:
    """Raise IllegalMove where that step is not possible."""
    moves.check(row, to, moves=FULFILMENT_MOVES, noun=_("gift"))


def move(row: Fulfilment, to: FulfilmentState, *, also: Collection[str] = ()) -> None:
    """Take one step and save."""
    moves.move(row, to, moves=FULFILMENT_MOVES, noun=_("gift"), also=also)


def refuse_step(row: Fulfilment) -> IllegalMove:
    """Return the refusal of a step that this gift has behind it, or not before it."""
    return IllegalMove(_("gift"), str(FulfilmentState(row.state).label))


def tell(topic: str, row: Fulfilment, *, actor_id: int | None, amount: Decimal | None = None) -> None:
    """Emit what happened. `actor_id` is a person's."""
    emit(
        topic,
        subject=row,
        account_id=row.account_id,
        actor_id=actor_id,
        payload={
            "receiver": row.receiver_id,
            "requester": row.requested_by_id,
            "kind": row.kind,
            "amount": str(row.value if amount is None else amount),
            "source_type": row.subject_type,
            "source_id": row.subject_id,
        },
    )


def allowed(by: User, permission: str, row: Fulfilment) -> None:
    """Raise NotAllowed for who may not."""
    if not by.has_perm(permission, row):
        raise NotAllowed(_("That is for the people who look after gifts."))


def said(text: str, *, field: str = "reason") -> str:
    """Return what was written. Raises InvalidInput for nothing."""
    text = text.strip()
    if not text:
        message = _("Say why: others read it later.")
        raise InvalidInput(message, errors={field: message})
    return text[:2000]
