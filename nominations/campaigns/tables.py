"""Campaigns as a list shows them."""

from django.utils.translation import gettext_lazy as _

from nominations.campaigns.enums import CampaignState
from refprogram.kernel import tables

STATES = {
    CampaignState.PLANNED: tables.Pill(_("Planned"), "wait"),
    CampaignState.RUNNING: tables.Pill(_("Running"), "info"),
    CampaignState.ENDED: tables.Pill(_("Ended"), "ok"),
    CampaignState.CANCELLED: tables.Pill(_("Called off"), ""),
}


class CampaignTable(tables.Table):
    """One campaign a line."""

    name = tables.NameColumn(_("Campaign"), "name", small="sponsor.person.name", avatar="", order_by="name")
    state = tables.PillColumn(_("State"), "state", words=STATES, phone="end", order_by="state")
    goal = tables.NumberColumn(_("Goal"), "goal", order_by="goal", desc_first=True)
    enrolled = tables.NumberColumn(_("Enrolled"), "enrolled", order_by="enrolled", desc_first=True, phone="wide")
    starts = tables.DateColumn(_("First day"), "starts_on", order_by="starts_on", desc_first=True)
    ends = tables.DateColumn(_("Last day"), "ends_on", order_by="ends_on", desc_first=True)
    owner = tables.OwnerColumn(_("Run by"), "owner.person.name", order_by="owner__person__name")
