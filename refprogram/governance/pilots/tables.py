"""How pilots are listed."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.states import KINDS, STATES
from refprogram.kernel import tables


def _met(row: Any) -> str:
    return _t("%(met)d of %(of)d") % {"met": row.met, "of": row.asks} if row.asks else ""


def _what(row: Any) -> str:
    return f"{KINDS[PilotKind(row.kind)]}: {row.label}"


class PilotTable(tables.Table):
    """One line per pilot: what is tried, with how many, how far it is, what it showed."""

    name = tables.NameColumn(_("Pilot"), "name", avatar="", small=_what, order_by="name")
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", phone="end")
    people = tables.NumberColumn(_("People"), "people")
    starts = tables.DateColumn(_("From"), "starts_on", order_by="starts_on", desc_first=True, phone="wide")
    ends = tables.DateColumn(_("Until"), "ends_on", order_by="ends_on", desc_first=True, phone="wide")
    met = tables.TextColumn(_("Criteria met"), _met, csv=_met, named=True)
    owner = tables.OwnerColumn(_("Run by"), "owner.person.name", order_by="owner__person__name")
