"""How changes are listed."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.readiness.models import Change
from refprogram.governance.readiness.states import STATES
from refprogram.kernel import tables


def _steps(row: Change) -> str:
    done, planned = row.done, row.planned  # type: ignore[attr-defined]
    return _("%(done)d of %(planned)d") % {"done": done, "planned": planned} if planned else ""


class ChangeTable(tables.Table):
    """One line per change: when it starts, how far its steps are, whose it is."""

    name = tables.NameColumn(_("Change"), "name", avatar="", small="get_kind_display", order_by="name", csv="name")
    starts = tables.DateColumn(_("Starts"), "starts_on", order_by="starts_on", phone="wide", desc_first=True)
    steps = tables.TextColumn(_("Steps done"), _steps, csv=_steps, named=True, phone="wide", nothing="–")
    late = tables.NumberColumn(_("Overdue"), "late", nothing="–")
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", phone="end")
    owner = tables.OwnerColumn(_("Owner"), "owner.person.name", order_by="owner__person__name")
