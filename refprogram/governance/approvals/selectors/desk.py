"""What approvals put on somebody's desk: at most four queries, whatever there is."""

from django.urls import reverse
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import ApprovalState, TurnState
from refprogram.governance.approvals.models import Approval, Turn
from refprogram.governance.approvals.selectors.rows import SHOWN, first_to_decide
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

_ASKED_BACK = ForDesk(
    lambda viewer: Approval.objects.filter(requester=viewer.pk, state=ApprovalState.MORE_INFO).order_by("pk")[:SHOWN]
)
_STUCK = ForDesk(
    lambda _viewer: (
        Turn.objects.filter(approver__isnull=True, role="", state=TurnState.OPEN)
        .select_related("approval")
        .order_by("opened_at")[:SHOWN]
    )
)


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague has to decide or to answer; administrators also see what nobody can decide."""
    if user.role == Role.JUDGE:
        return []
    items = [_to_decide(turn) for turn in first_to_decide(user)]
    items += [_to_answer(row) for row in _ASKED_BACK(user)]
    if user.role == Role.ADMIN:
        items += [_stuck(turn) for turn in _STUCK(user)]
    return items


def _to_decide(turn: Turn) -> DeskItem:
    row = turn.approval
    parts = [row.get_kind_display().capitalize(), rp.money(row.amount) if row.amount is not None else "", row.reason]
    return DeskItem(
        title=_("Approve? %(label)s") % {"label": row.label},
        detail=" · ".join([_("%(who)s asks") % {"who": row.requester.name}, *filter(None, parts)]),
        tone="wait",
        icon="check",
        actions=(
            DeskAction(
                _("Approve"),
                reverse("governance:approval-decide", args=[row.public_id]),
                post=True,
                fields={"verdict": "approve", "turn": turn.public_id, "next": "/"},
                primary=True,
            ),
            DeskAction(_("Read"), row.get_absolute_url()),
        ),
        since=turn.opened_at or row.created_at,
        urgency=2,
    )


def _to_answer(row: Approval) -> DeskItem:
    return DeskItem(
        title=_("A question about: %(label)s") % {"label": row.label},
        detail=row.question,
        tone="wait",
        icon="chat",
        actions=(DeskAction(_("Answer"), row.get_absolute_url(), primary=True),),
        since=row.updated_at,
        urgency=2,
    )


def _stuck(turn: Turn) -> DeskItem:
    return DeskItem(
        title=_("Nobody can decide: %(label)s") % {"label": turn.approval.label},
        detail=turn.why,
        tone="stop",
        icon="alert",
        actions=(DeskAction(_("See why"), turn.approval.get_absolute_url(), primary=True),),
        since=turn.opened_at or turn.created_at,
        urgency=1,
    )
