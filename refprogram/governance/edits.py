"""What the edits of this floor's nouns are called."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from refprogram.governance.approvals.models import Chain
from refprogram.governance.approvals.selectors import chains
from refprogram.governance.budgets.models import Fund
from refprogram.governance.budgets.selectors import funds
from refprogram.governance.consequences import selectors as consequences
from refprogram.governance.consequences.models import ConsequencePolicy
from refprogram.governance.fulfilment import selectors as fulfilment
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _chains(user: Any) -> QuerySet[Chain]:
    rows = chains()
    return rows if user.has_perm("governance.see_chains") else rows.none()


CHAIN = EditNoun(
    title=_("Chain"), path="/chains", visible=_chains, parts=(Part(Chain, words={"purpose": _("Why it is asked")}),)
)

POLICY = EditNoun(
    title=_("Policy of consequences"),
    path="/consequences/policies",
    visible=consequences.policies_for,
    parts=(
        Part(
            ConsequencePolicy,
            words={
                "metric": _("Figure"),
                "roles": _("Whose people"),
                "privilege": _("What may be taken away"),
                "task_title": _("Task"),
                "demerits": _("Demerits"),
                "min_cohort": _("Smallest group"),
                "new_hire_days": _("Days a newcomer is left out"),
                "notice_days": _("Days of notice"),
                "appeal_days": _("Days to appeal"),
                "lasts_days": _("Days it lasts"),
                "deal_threshold": _("Exception for a deal of"),
                "live": _("Switched on"),
                "off_in": _("Switched off in"),
                "off_for": _("Switched off for"),
            },
        ),
    ),
)

FUND = EditNoun(
    title=_("Fund"),
    path="/budgets",
    visible=funds.visible_to,
    parts=(
        Part(
            Fund,
            words={
                "starts_on": _("Quarter from"),
                "purpose": _("What it is for"),
                "requested": _("Asked of finance"),
                "allocated": _("Granted"),
            },
        ),
    ),
)

FULFILMENT = EditNoun(
    title=_("Gift"),
    path="/fulfilments",
    visible=fulfilment.visible_to,
    parts=(
        Part(
            Fulfilment,
            words={
                "cause": _("Goes to"),
                "policy": _("Gift rule of their house"),
                "ceiling": _("Gifts up to"),
                "policy_note": _("Where the gift rule is written"),
                "label": _("What for"),
                "scheduled_on": _("Planned for"),
                "ordered_at": _("Ordered"),
                "order_reference": _("Order number"),
                "cost": _("Cost"),
                "delivered_at": _("Delivered"),
                "proof": _("Proof"),
                "proof_note": _("Proof in words"),
                "acknowledged_at": _("Acknowledged"),
                "replaces": _("In place of"),
            },
            silent=("commitment", "url", "subject_type", "subject_id", "account_id"),
        ),
    ),
)
