"""Requests as a list shows them."""

from django.utils.translation import gettext_lazy as _

from references.requests import words
from refprogram.kernel import tables


class RequestTable(tables.Table):
    """Requests with whom they wait for and how their clock stands."""

    purpose = tables.NameColumn(
        _("Request"),
        "purpose",
        small=words.small_line,
        avatar="",
        order_by="purpose",
        related=("activity", "must_region", "must_product"),
    )
    state = tables.PillColumn(_("State"), words.stands_at, words=words.STATES, phone="end", order_by="state")
    clock = tables.TextColumn(
        _("Service level"), words.clock_cell, csv=words.clock_words, order_by="due_at", phone="wide", nowrap=True
    )
    requester = tables.OwnerColumn(_("Asked by"), "requester.person.name", order_by="requester__person__name")
    amount = tables.MoneyColumn(
        _("Deal"), "opportunity.amount", order_by="opportunity__amount", desc_first=True, nulls_last=True
    )
    needed_by = tables.DateColumn(_("Needed by"), "needed_by", order_by="needed_by")
    asked = tables.AgoColumn(_("Asked"), "submitted_at", order_by="submitted_at", desc_first=True)
