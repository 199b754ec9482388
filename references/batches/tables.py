"""Batches as a list."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.requests.enums import BatchState, NameState
from references.requests.models import RequestBatch
from refprogram.kernel import tables

STATES = {
    BatchState.COLLECTING: tables.Pill(gettext_lazy("Collecting names"), "info"),
    BatchState.HANDED_OVER: tables.Pill(gettext_lazy("Handed over"), "ok"),
    BatchState.CLOSED: tables.Pill(gettext_lazy("Closed"), ""),
}
NAMES = {
    NameState.PROPOSED: tables.Pill(gettext_lazy("Not asked yet"), ""),
    NameState.ASKED: tables.Pill(gettext_lazy("Asked"), "wait"),
    NameState.ALLOWED: tables.Pill(gettext_lazy("May be named"), "ok"),
    NameState.REFUSED: tables.Pill(gettext_lazy("Said no"), "stop"),
    NameState.DROPPED: tables.Pill(gettext_lazy("Left out"), ""),
}


def _reached(row: RequestBatch) -> str:
    counted: Any = row
    return _("%(n)d of %(of)d") % {"n": counted.allowed, "of": row.wanted}


class BatchTable(tables.Table):
    """What is collected, for when, and how far it is."""

    name = tables.NameColumn(gettext_lazy("For what"), "name", avatar="", order_by="name", small="get_kind_display")
    state = tables.PillColumn(gettext_lazy("State"), "state", words=STATES, phone="end", order_by="state")
    reached = tables.TextColumn(gettext_lazy("May be named"), _reached, csv=_reached, phone="wide", named=True)
    needed_by = tables.DateColumn(gettext_lazy("Needed by"), "needed_by", order_by="needed_by")
    requester = tables.OwnerColumn(
        gettext_lazy("Asked by"), "requester.person.name", order_by="requester__person__name"
    )
    made = tables.AgoColumn(gettext_lazy("Begun"), "created_at", order_by="created_at", desc_first=True)
