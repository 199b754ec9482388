"""Waves as a list shows them."""

from django.utils.translation import gettext_lazy as _

from nominations.waves.enums import WaveState
from refprogram.kernel import tables

STATES = {
    WaveState.PLANNED: tables.Pill(_("Planned"), "wait"),
    WaveState.RUNNING: tables.Pill(_("Running"), "info"),
    WaveState.PAUSED: tables.Pill(_("Paused"), "rest"),
    WaveState.ENDED: tables.Pill(_("Ended"), "ok"),
}


class WaveTable(tables.Table):
    """One wave a line."""

    name = tables.NameColumn(_("Wave"), "name", small="get_cut_display", avatar="", order_by="name")
    state = tables.PillColumn(_("State"), "state", words=STATES, phone="end", order_by="state")
    campaign = tables.TextColumn(_("Campaign"), "campaign.name", order_by="campaign__name", nothing=_("None"))
    cohorts = tables.NumberColumn(_("Cohorts"), "cohort_count", order_by="cohort_count")
    starts = tables.DateColumn(_("First day"), "starts_on", order_by="starts_on", desc_first=True, phone="wide")
    owner = tables.OwnerColumn(_("Planned by"), "owner.person.name", order_by="owner__person__name")
