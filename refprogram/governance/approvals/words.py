"""How approvals read on pages: pills, whom one waits for. No query, no effect."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.governance.approvals.enums import ApprovalState, TurnState
from refprogram.governance.approvals.models import ChainStep
from refprogram.governance.approvals.seats import band_words, role_name
from refprogram.governance.approvals.traits import TraitNames
from refprogram.kernel.columns import Pill

S = ApprovalState
STATES = {
    S.PENDING: Pill(gettext_lazy("Waiting"), "wait"),
    S.MORE_INFO: Pill(gettext_lazy("Question open"), "info"),
    S.APPROVED: Pill(gettext_lazy("Approved"), "ok"),
    S.REJECTED: Pill(gettext_lazy("Rejected"), "stop"),
    S.WITHDRAWN: Pill(gettext_lazy("Withdrawn"), "rest"),
}
# How a stop of the road looks: (dot's tone, icon, word for screen readers and the pill).
STOPS = {
    TurnState.WAITING: ("", "hourglass", gettext_lazy("Later")),
    TurnState.OPEN: ("wait", "clock", gettext_lazy("Asked now")),
    TurnState.APPROVED: ("ok", "check", gettext_lazy("Approved")),
    TurnState.REJECTED: ("stop", "x", gettext_lazy("Rejected")),
    TurnState.SKIPPED: ("", "right", gettext_lazy("Not needed")),
}


def waits_for(row: Any) -> str:
    """Return whom an open approval waits for (`selectors.with_list_facts`)."""
    if row.state == S.MORE_INFO:
        return str(row.requester.person.name)
    if not row.asked_count:
        return ""
    who = row.asked_name or (role_name(row.asked_role) if row.asked_role else _("nobody can decide"))
    return _("%(who)s and others") % {"who": who} if row.asked_count > 1 else str(who)


def step_words(step: ChainStep) -> str:
    """Return whom a step asks: "Anyone of: Finance"."""
    if step.approver == "role":
        return _("Anyone of: %(role)s") % {"role": role_name(step.role)}
    if step.approver == "person" and step.user is not None:
        return step.user.name
    return str(step.get_approver_display()).capitalize()


def step_details(step: ChainStep, names: TraitNames) -> str:
    """Return the rest of a step: for what, amounts, time, who is next, when it is left out."""
    further = step.escalate_user.name if step.escalate_user is not None else ""
    further = further or (role_name(step.escalate_role) if step.escalate_role else "")
    further = further or _("nobody else")
    if step.escalate_manager:
        further = _("their manager, then %(who)s") % {"who": further}
    parts = [
        *([names.words(step.only_for)] if step.only_for else []),
        band_words(step) or _("any amount"),
        _("%(n)d working hours to answer") % {"n": step.hours},
        _("then %(who)s") % {"who": further},
        *([_("left out %(when)s") % {"when": step.get_skip_display()}] if step.skip else []),
    ]
    return " · ".join(parts)
