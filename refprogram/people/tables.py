"""The lists of this room."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel import tables
from refprogram.people.enums import UserState

STATES = {
    UserState.ACTIVE: tables.Pill(_("Active"), "ok"),
    UserState.INVITED: tables.Pill(_("Invited"), "wait"),
    UserState.INACTIVE: tables.Pill(_("No access"), "idle"),
}


class PeopleTable(tables.Table):
    """Colleagues."""

    name = tables.NameColumn(
        _("Name"), "name", small="address", avatar="person", order_by="person__name", related=("person",)
    )
    role = tables.TextColumn(_("Role"), "get_role_display", order_by="role", phone="wide")
    team = tables.TextColumn(_("Team"), "team.name", order_by="team__name", nothing="–")
    region = tables.TextColumn(_("Region"), "team.region.name", order_by="team__region__name", nothing="–")
    standing = tables.PillColumn(_("State"), "state", words=STATES, order_by="standing", phone="end")
    last_login = tables.AgoColumn(_("Last here"), "last_login", order_by="last_login", nothing=_("Never"))


class TeamTable(tables.Table):
    """Sales teams."""

    name = tables.NameColumn(_("Team"), "name", avatar="co", order_by="name")
    region = tables.TextColumn(_("Region"), "region.name", order_by="region__name", nothing="–", phone="wide")
    manager = tables.OwnerColumn(
        _("Manager"), "manager.name", order_by="manager__person__name", nothing=_("Nobody"), phone="end"
    )
    size = tables.NumberColumn(_("Members"), "size", order_by="size", desc_first=True)
