"""How the ledger is listed."""

from django.utils.translation import gettext_lazy as _

from incentives.models import Posting
from refprogram.kernel import tables


def kind(posting: Posting) -> tables.Pill | None:
    """Return what a line is: nothing to say of an ordinary one."""
    if posting.entry.reverses_id is not None:
        return tables.Pill(_("Taken back"), "stop")
    return None


def rule_name(posting: Posting) -> str:
    """Return the rule behind a line, where the line's own words do not name it."""
    rule = posting.entry.rule
    return rule.name if rule is not None and rule.name != posting.entry.memo else ""


class LedgerTable(tables.Table):
    """One line per entry: when, who, why, by which rule, how many."""

    who = tables.NameColumn(_("Who"), "person.name", avatar="person", order_by="person__name")
    points = tables.NumberColumn(_("Points"), "amount", order_by="amount", desc_first=True, phone="end")
    why = tables.TextColumn(_("Why"), "entry.memo", small=rule_name, phone="wide", related=("entry__rule",))
    state = tables.PillColumn(
        _("Kind"), kind, related=("entry",), csv=lambda posting: "reversal" if posting.entry.reverses_id else "booking"
    )
    counts = tables.DateColumn(_("Counts for"), "entry.occurred_at", order_by="entry__occurred_at", desc_first=True)
    booked = tables.AgoColumn(_("Booked"), "entry.created_at", order_by="id", desc_first=True)
