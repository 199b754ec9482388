"""Columns of the list of imports."""

from django.utils.translation import gettext_lazy as _

from references.exchange.models import ImportFile, ImportState
from refprogram.kernel import tables

STATES = {
    ImportState.UPLOADED: tables.Pill(_("being read"), "info"),
    ImportState.READY: tables.Pill(_("ready to apply"), "wait"),
    ImportState.APPLIED: tables.Pill(_("applied"), "ok"),
    ImportState.REFUSED: tables.Pill(_("cannot be read"), "stop"),
    ImportState.DISCARDED: tables.Pill(_("discarded"), "idle"),
}


def result_line(upload: ImportFile) -> str:
    """Return what an applied import did, in a few words."""
    outcome = upload.report.get("outcome")
    if not outcome:
        return ""
    return _("{created} new, {updated} changed, {unchanged} as they were").format(**outcome)


class ImportTable(tables.Table):
    """One row per uploaded file."""

    name = tables.NameColumn(_("File"), "original_name", avatar="", url=lambda f: f.get_absolute_url())
    kind = tables.TextColumn(_("Holds"), "get_kind_display", order_by="kind", phone="end")
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", small=result_line, phone="wide")
    by = tables.OwnerColumn(_("By"), "uploaded_by.name", related=("uploaded_by__person",))
    at = tables.AgoColumn(_("When"), "created_at", order_by="created_at", desc_first=True)
