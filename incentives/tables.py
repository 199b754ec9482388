"""How the ledger is listed."""

from django.utils.translation import gettext_lazy as _

from incentives.models import Posting
from refprogram.kernel import tables


def kind(posting: Posting) -> tables.Pill | None:
    """Return what a line is: nothing to say of an ordinary one."""
    if posting.entry.reverses_id is not None:
        return tables.Pill(_("Taken back"), "stop")
    return None


class LedgerTable(tables.Table):
    """One line per entry: when, who, why, by which rule, how many."""

    row_id = "entry.public_id"

    why = tables.NameColumn(_("Why"), "entry.memo", avatar="", csv="entry.memo")
    who = tables.TextColumn(_("Who"), "person.name", order_by="person__name", phone="wide")
    rule = tables.TextColumn(_("Rule"), "entry.rule.name", order_by="entry__rule__name", nothing=_("by hand"))
    points = tables.NumberColumn(_("Points"), "amount", order_by="amount", desc_first=True, phone="end")
    state = tables.PillColumn(
        _("Kind"), kind, related=("entry",), csv=lambda posting: "reversal" if posting.entry.reverses_id else "booking"
    )
    counts = tables.DateColumn(_("Counts for"), "entry.occurred_at", order_by="entry__occurred_at", desc_first=True)
    booked = tables.AgoColumn(_("Booked"), "entry.created_at", order_by="id", desc_first=True)
