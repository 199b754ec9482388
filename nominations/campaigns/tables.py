"""Campaigns as a list shows them."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from nominations.campaigns.enums import CampaignState
from refprogram.kernel import tables
from refprogram.kernel.templatetags import rp

STATES = {
    CampaignState.PLANNED: tables.Pill(_("Planned"), "wait"),
    CampaignState.RUNNING: tables.Pill(_("Running"), "info"),
    CampaignState.ENDED: tables.Pill(_("Ended"), "ok"),
    CampaignState.CANCELLED: tables.Pill(_("Called off"), ""),
}


def of_goal(row: Any) -> str:
    """Return "7 of 40", as references that it should bring."""
    return _t("%(n)s of %(goal)s") % {"n": rp.number(row.enrolled), "goal": rp.number(row.goal)}


class CampaignTable(tables.Table):
    """One campaign a line."""

    name = tables.NameColumn(_("Campaign"), "name", small="sponsor.person.name", avatar="", order_by="name")
    state = tables.PillColumn(_("State"), "state", words=STATES, phone="end", order_by="state")
    goal = tables.NumberColumn(_("Goal"), "goal", order_by="goal", desc_first=True, phone="hide")
    enrolled = tables.TextColumn(
        _("Enrolled"),
        of_goal,
        order_by="enrolled",
        desc_first=True,
        csv="enrolled",
        phone="wide",
        nowrap=True,
        named=True,
    )
    starts = tables.DateColumn(_("First day"), "starts_on", order_by="starts_on", desc_first=True)
    ends = tables.DateColumn(_("Last day"), "ends_on", order_by="ends_on", desc_first=True)
    owner = tables.OwnerColumn(_("Run by"), "owner.person.name", order_by="owner__person__name")
