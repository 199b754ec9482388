"""How the states of gifts look, and how far a gift has come."""

from typing import Final

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from refprogram.governance.approvals.enums import ApprovalState
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.tables import Pill

S = FulfilmentState
PILLS: Final = {
    S.IN_APPROVAL: Pill(_("Waiting for approval"), "wait"),
    S.REJECTED: Pill(_("Not approved"), "stop"),
    S.WAITING_MONEY: Pill(_("Waiting for money"), "wait"),
    S.READY: Pill(_("To order"), "info"),
    S.SCHEDULED: Pill(_("Has its day"), "info"),
    S.ORDERED: Pill(_("Ordered"), "info"),
    S.DELIVERED: Pill(_("Delivered"), "ok"),
    S.ACKNOWLEDGED: Pill(_("Confirmed"), "ok"),
    S.REFUSED: Pill(_("Would rather not"), "rest"),
    S.SUBSTITUTED: Pill(_("Replaced"), "rest"),
    S.RETURNED: Pill(_("Came back"), "rest"),
    S.REFUNDED: Pill(_("Money back"), "rest"),
    S.CANCELLED: Pill(_("Called off"), "rest"),
    S.ORDER_CANCELLED: Pill(_("Order cancelled"), "rest"),
}
# An approval is decided a moment before its gift goes on: until then the gift reads as the approval does.
_DECIDED: Final = {
    ApprovalState.APPROVED: Pill(_("Approved"), "info"),
    ApprovalState.REJECTED: PILLS[S.REJECTED],
    ApprovalState.WITHDRAWN: PILLS[S.CANCELLED],
}
# How many steps of five are behind a gift in this state; what ended early shows no steps.
_BEHIND: Final = {
    S.IN_APPROVAL: 0, S.WAITING_MONEY: 1, S.READY: 2, S.SCHEDULED: 2, S.ORDERED: 3, S.DELIVERED: 4, S.ACKNOWLEDGED: 5,
}  # fmt: skip


def pill_of(row: Fulfilment) -> Pill:
    """Return how a gift stands, with its approval (joined): never "waiting" beside "approved"."""
    if row.state == S.IN_APPROVAL and row.approval is not None:
        return _DECIDED.get(ApprovalState(row.approval.state), PILLS[S.IN_APPROVAL])
    return PILLS[S(row.state)]


def steps(row: Fulfilment) -> list[dict[str, str]]:
    """Return the way of a gift, as components/stepper.html draws it; empty where it ended early."""
    behind = _BEHIND.get(S(row.state))
    if row.state == S.IN_APPROVAL and row.approval is not None and not row.approval.open:
        behind = 1 if row.approval.state == ApprovalState.APPROVED else None
    if behind is None:
        return []
    words = (_t("Approved"), _t("Paid for"), _t("Ordered"), _t("Delivered"), _t("Confirmed"))
    return [
        {"text": text, "state": "done" if place < behind else "now" if place == behind else ""}
        for place, text in enumerate(words)
    ]
