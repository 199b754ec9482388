"""How what was asked is listed."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.plotting.states import PLACES, STATES
from refprogram.kernel import tables


class PlottedTable(tables.Table):
    """One line per request: where it stands, what it costs, what became of it."""

    text = tables.NameColumn(_("What was asked"), "text", avatar="", small="asked_by", order_by="text")
    place = tables.PillColumn(_("Charter"), "place", words=PLACES, order_by="place", phone="wide")
    line = tables.TextColumn(_("Line"), "line_name", order_by="line_name", muted=True)
    hours = tables.NumberColumn(_("Hours"), "hours", places=1, order_by="hours", desc_first=True, phone="end")
    value = tables.MoneyColumn(_("Value"), "value", order_by="value", desc_first=True, nulls_last=True)
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", phone="wide")
    to = tables.OwnerColumn(_("Passed on to"), "redirect_to.person.name", order_by="redirect_to__person__name")
    due = tables.DateColumn(_("Answer by"), "due_on", order_by="due_on", nulls_last=True)
    because = tables.TextColumn(_("Because"), "because", muted=True)
    outcome = tables.TextColumn(_("What came of it"), "outcome", muted=True)
    asked = tables.AgoColumn(_("Plotted"), "created_at", order_by="id", desc_first=True)
