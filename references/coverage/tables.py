"""How recruiting targets are listed."""

from django.utils.translation import gettext_lazy as _

from references.coverage.enums import TargetState
from references.coverage.models import RecruitingTarget
from refprogram.kernel import tables

STATES = {
    TargetState.OPEN: tables.Pill(_("Open"), "info"),
    TargetState.MET: tables.Pill(_("Met"), "ok"),
    TargetState.CLOSED: tables.Pill(_("Ended"), "idle"),
}


def progress(row: RecruitingTarget) -> str:
    """Return "2 of 3"."""
    return _("%(gained)d of %(wanted)d") % {"gained": row.gained, "wanted": row.wanted}


class RecruitingTable(tables.Table):
    """One line per target: what is looked for, how far it is."""

    title = tables.NameColumn(_("Looked for"), "title", avatar="", small="reason", order_by="title")
    state = tables.PillColumn(_("State"), "state", words=STATES, phone="end", order_by="state")
    gained = tables.TextColumn(_("Won"), progress, csv="gained", phone="wide", named=True, nowrap=True)
    wanted = tables.NumberColumn(_("Wanted"), "wanted", order_by="wanted", desc_first=True)
    named = tables.NumberColumn(_("Nominated"), "named", order_by="named", desc_first=True)
    people = tables.NumberColumn(_("Colleagues asked"), "people", order_by="people", desc_first=True)
    due = tables.DateColumn(_("Until"), "due_on", order_by="due_on")
    owner = tables.OwnerColumn(_("Whose target"), "owner.person.name", order_by="owner__person__name")
