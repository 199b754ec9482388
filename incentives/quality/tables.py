"""The lists of this room: what is to mend, and closed months."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from incentives.quality.enums import FaultKind, RecordType
from incentives.quality.models import Fault, QualityMonth
from incentives.quality.words import month_words, reason_of
from refprogram.kernel import tables

KINDS: Final = {
    FaultKind.MISSING: tables.Pill(_("Missing"), "wait"),
    FaultKind.INVALID: tables.Pill(_("Not right"), "stop"),
    FaultKind.STALE: tables.Pill(_("Out of date"), "rest"),
    FaultKind.DUPLICATE: tables.Pill(_("Twice"), "stop"),
}
RECORDS: Final = dict(RecordType.choices)


def record_of(fault: Fault) -> str:
    """Return what kind of record it is."""
    return str(RECORDS[fault.record_type])


def month_of(row: QualityMonth) -> str:
    """Return "October 2026"."""
    return month_words(row.month)


class FaultTable(tables.Table):
    """One fault of one record."""

    record = tables.NameColumn(
        _("Record"), "label", url="get_absolute_url", small=record_of, avatar="", order_by="label", csv="label"
    )
    kind = tables.PillColumn(_("Kind"), "kind", words=KINDS, order_by="kind", phone="end", csv="kind")
    what = tables.TextColumn(_("What"), reason_of, phone="wide", csv="attribute")
    owner = tables.OwnerColumn(_("Whose"), "user.person.name", order_by="user__person__name", csv="user__person__name")
    found = tables.AgoColumn(_("Found"), "found_at", order_by="found_at", phone="wide")
    proposed = tables.AgoColumn(_("Write-back proposed"), "proposed_at", order_by="proposed_at", nothing="–")
    excused = tables.TextColumn(_("Excused"), "excuse", nothing="–", muted=True)


class MonthTable(tables.Table):
    """One colleague's closed month."""

    name = tables.NameColumn(
        _("Who"), "user.person.name", small="user.team.name", avatar="person", order_by="user__person__name",
        related=("user__person", "user__team"), csv="user__person__name",
    )  # fmt: skip
    month = tables.TextColumn(_("Month"), month_of, order_by="month", csv="month", phone="wide", desc_first=True)
    score = tables.NumberColumn(_("Score"), "score", order_by="score", desc_first=True, phone="end")
    demerits = tables.NumberColumn(_("Demerits"), "demerits", order_by="demerits", desc_first=True, phone="wide")
    refunded = tables.NumberColumn(_("Given back"), "refunded", order_by="refunded", desc_first=True)
    records = tables.NumberColumn(_("Records"), "records", order_by="records", desc_first=True)
    won = tables.BooleanColumn(_("Won"), "won", yes=_("Won"), no="")
