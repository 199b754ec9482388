"""How the states of funds, promises and entries look."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.governance.budgets.enums import CommitmentState, EntryKind, FundState
from refprogram.kernel.tables import Pill

FUND_PILLS: Final = {
    FundState.REQUESTED: Pill(_("Waiting for finance"), "wait"),
    FundState.OPEN: Pill(_("Open"), "ok"),
    FundState.FROZEN: Pill(_("Frozen"), "stop"),
    FundState.REJECTED: Pill(_("Not granted"), "stop"),
    FundState.CLOSED: Pill(_("Closed"), "rest"),
}
COMMITMENT_PILLS: Final = {
    CommitmentState.ASKED: Pill(_("Waiting for approval"), "wait"),
    CommitmentState.WAITING: Pill(_("Waiting for money"), "wait"),
    CommitmentState.COMMITTED: Pill(_("Promised"), "info"),
    CommitmentState.SPENT: Pill(_("Spent"), "ok"),
    CommitmentState.RELEASED: Pill(_("Let go"), "rest"),
}
ENTRY_PILLS: Final = {
    EntryKind.ALLOCATE: Pill(_("Granted"), "info"),
    EntryKind.COMMIT: Pill(_("Promised"), "wait"),
    EntryKind.RELEASE: Pill(_("Set free"), "rest"),
    EntryKind.SPEND: Pill(_("Spent"), "ok"),
    EntryKind.REFUND: Pill(_("Came back"), "info"),
}
