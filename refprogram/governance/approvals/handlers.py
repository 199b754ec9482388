"""Whom this room tells what, and what it does when colleagues come, go, or are away. Twice does nothing more."""

from django.utils.translation import gettext as _

from refprogram.governance.approvals import letters, selectors
from refprogram.governance.approvals.enums import ApprovalState
from refprogram.governance.approvals.models import Approval, Turn
from refprogram.governance.approvals.services.follow_up import late_turns, look_again_for
from refprogram.governance.approvals.services.turns import hall_of
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.notices.services import tell
from refprogram.people.enums import Role
from refprogram.people.models import User


def _row(event: Event) -> Approval:
    return selectors.in_full(Approval.objects.all()).get(pk=event.subject_id)


def ask_approvers(event: Event) -> None:
    """A turn was given out: everybody who may decide it gets a mail with a link of their own."""
    _ask(event.payload["turn"], _row(event), key="approval.asked")


def ask_again(event: Event) -> None:
    """The question is answered: whoever may decide gets a fresh link, with the answer in the mail."""
    row = _row(event)
    for turn in row.turns.filter(state="open"):
        _ask(turn.pk, row, key=f"approval.answered:{event.pk}")


def _ask(turn_id: int, row: Approval, *, key: str) -> None:
    turn = selectors.open_turn(turn_id)
    if turn is None or row.state != ApprovalState.PENDING:
        return
    turn.approval = row
    for seat in hall_of(row, turn).seats_of(turn):
        link = links.issue(purpose="approval", subject=turn, person_id=seat.user.person_id)
        tell(
            person=seat.user.person,
            kind="approval.asked",
            key=f"{key}:{turn.pk}:{turn.due_at:%Y%m%d%H%M%S%f}",  # given to somebody else, its time begins anew
            text=_("%(who)s asks for your approval: %(label)s") % {"who": row.requester.name, "label": row.label},
            url=row.get_absolute_url(),
            letter=letters.asked(turn, seat, link),
        )


def tell_requester(event: Event) -> None:
    """It is decided: who asked hears it, with the last word said."""
    row = _row(event)
    if row.requester.person_id == event.actor_id:
        return
    last = row.decisions.select_related("by__person").order_by("-pk").first()
    letter = letters.decided(row, last)
    tell(
        person=row.requester.person,
        kind="approval.answer",
        key=f"approval.decided:{row.pk}",
        text=letter.subject,
        url=row.get_absolute_url(),
        letter=letter,
    )


def tell_of_question(event: Event) -> None:
    """An approver wants to know something: who asked is told."""
    row = _row(event)
    if row.state != ApprovalState.MORE_INFO:
        return
    asker = User.objects.select_related("person").filter(person=event.actor_id or 0).first()
    letter = letters.question(row, asker.name if asker else "")
    tell(
        person=row.requester.person,
        kind="approval.answer",
        key=f"approval.questioned:{event.pk}",
        text=letter.subject,
        url=row.get_absolute_url(),
        letter=letter,
    )


def tell_administrators(event: Event) -> None:
    """Nobody is left to decide: administrators are told why, so that they can change that."""
    turn = selectors.open_turn(event.payload["turn"])
    if turn is None:
        return
    turn.approval = _row(event)
    letter = letters.stuck(turn)
    for user in User.objects.filter(role=Role.ADMIN, is_active=True).select_related("person").order_by("pk"):
        tell(
            person=user.person,
            kind="approval.stuck",
            key=f"approval.stuck:{event.pk}",
            text=letter.subject,
            url=turn.approval.get_absolute_url(),
            letter=letter,
        )


def look_again(event: Event) -> None:
    """Somebody left, changed their role, goes away or has a stand-in: what waits for them may have to go on."""
    user = User.objects.filter(pk=event.subject_id).first()
    if user is not None:
        look_again_for(user)
        _ask_stand_in(user, event)


def _ask_stand_in(user: User, event: Event) -> None:
    """Whoever stands in from today is asked for what waits already."""
    if event.topic != "delegation.set":
        return
    for turn in Turn.objects.filter(approver=user, state="open").order_by("pk"):
        row = selectors.in_full(Approval.objects.all()).get(pk=turn.approval_id)
        _ask(turn.pk, row, key="approval.asked")


def remind() -> None:
    """Tell whoever is asked that their time is over, once for each time that they had. Called by beat."""
    for turn in late_turns():
        _remind_of(turn)


def _remind_of(turn: Turn) -> None:
    row = selectors.in_full(Approval.objects.all()).get(pk=turn.approval_id)
    due = turn.due_at.isoformat() if turn.due_at else ""
    for seat in hall_of(row, turn).seats_of(turn):
        tell(
            person=seat.user.person,
            kind="approval.asked",
            key=f"approval.late:{turn.pk}:{due}",
            text=_("Still waiting for your approval: %(label)s") % {"label": row.label},
            url=row.get_absolute_url(),
        )
