"""What time and staffing bring about: turns that nobody can answer any more, or did not, go on to somebody else."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from refprogram.governance.approvals.enums import OPEN_APPROVALS, TurnState
from refprogram.governance.approvals.models import Approval, Turn
from refprogram.governance.approvals.services.turns import locked, look_after
from refprogram.people.models import User


@transaction.atomic
def look_again(*, approval: Approval) -> Approval:
    """Pass on the turns of one approval where that is needed."""
    row = locked(approval)
    if row.open:
        look_after(row)
    return row


def follow_up() -> int:
    """Look after every open approval, each in a transaction of its own; return how many. Called by beat."""
    waiting = Approval.objects.filter(state__in=OPEN_APPROVALS).order_by("pk")
    rows = list(waiting)
    for row in rows:
        look_again(approval=row)
    return len(rows)


def look_again_for(user: User) -> int:
    """Look after what waits for one colleague, or for anyone of their role; return how many approvals."""
    theirs = Turn.objects.filter(Q(approver=user) | ~Q(role=""), state=TurnState.OPEN).values("approval")
    rows = list(Approval.objects.filter(pk__in=theirs, state__in=OPEN_APPROVALS).order_by("pk"))
    for row in rows:
        look_again(approval=row)
    return len(rows)


def late_turns() -> list[Turn]:
    """Return the open turns whose time is over: whoever is asked is reminded."""
    rows = Turn.objects.filter(state=TurnState.OPEN, due_at__lte=timezone.now(), approval__state="pending")
    return list(rows.select_related("approval__requester__person", "approver__person", "step").order_by("due_at"))
