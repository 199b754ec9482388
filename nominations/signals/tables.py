"""The list of open links."""

from django.utils.translation import gettext_lazy as _

from nominations.models import NominationLink
from nominations.signals.links import works
from refprogram.kernel import tables

WORKS = tables.Pill(_("Works"), "ok")
ENDED = tables.Pill(_("Ended"), "")


def standing(row: NominationLink) -> tables.Pill:
    """Return whether it works."""
    return WORKS if works(row) else ENDED


class LinkTable(tables.Table):
    """One open link a line."""

    label = tables.NameColumn(_("Link"), "label", order_by="label", avatar="")
    works = tables.PillColumn(_("State"), standing, related=("link",), phone="end")
    made_for = tables.TextColumn(_("For"), "get_made_for_display", order_by="made_for")
    holder = tables.OwnerColumn(_("Counts for"), "holder.person.name", order_by="holder__person__name")
    brought = tables.NumberColumn(_("Brought"), "brought", order_by="brought", desc_first=True)
    made = tables.AgoColumn(_("Made"), "created_at", order_by="created_at", phone="wide", desc_first=True)
