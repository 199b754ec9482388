"""Approvals as a list shows them."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.approvals import words
from refprogram.kernel import tables


class ApprovalTable(tables.Table):
    """What was asked, for how much, by whom, and whom it waits for."""

    label = tables.NameColumn(_("What"), "label", small="get_kind_display", avatar="", order_by="label")
    state = tables.PillColumn(_("State"), "state", words=words.STATES, phone="end", order_by="state")
    amount = tables.MoneyColumn(_("Amount"), "amount", order_by="amount", desc_first=True, nulls_last=True)
    requester = tables.OwnerColumn(_("Asked by"), "requester.person.name", order_by="requester__person__name")
    waits = tables.TextColumn(
        _("Waits for"), words.waits_for, csv=words.waits_for, phone="wide", named=True, related=("requester__person",)
    )
    due = tables.AgoColumn(_("Answer due"), "due_at", order_by="due_at", nulls_last=True)
    asked = tables.AgoColumn(_("Asked"), "created_at", order_by="id", desc_first=True)
