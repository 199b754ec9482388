"""How trials are listed."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from incentives.rulebook.definition import Gift
from incentives.rulebook.sentences import amount_of
from incentives.simulation.models import Simulation
from refprogram.kernel import tables
from refprogram.kernel.date_columns import DateColumn


def rules_of(row: Simulation) -> str:
    """Return the names of the rules that were tried."""
    return ", ".join(one["name"] for one in row.tried)


def _points(side: str) -> Callable[[Simulation], str]:
    def told(row: Simulation) -> str:
        found = row.result.get(side, {}).get("gifts", {}).get(Gift.POINTS.value)
        return amount_of(Gift.POINTS, found["total"]) if found else ""

    return told


class SimulationTable(tables.Table):
    """One line per trial: which rules, over which days, what would have been given beside what was."""

    rules = tables.NameColumn(_("Rules tried"), rules_of, avatar="")
    first = DateColumn(_("From"), "first", order_by="first")
    last = DateColumn(_("To"), "last", order_by="last")
    would = tables.TextColumn(_("Would give"), _points("would"), phone="end", nothing=_("no points"))
    was = tables.TextColumn(_("Was given"), _points("was"), phone="wide", named=True, nothing=_("no points"))
    made = DateColumn(_("Tried"), "created_at", order_by="created_at", desc_first=True)
    by = tables.OwnerColumn(_("By"), "created_by.person.name", nothing=_("somebody"))
