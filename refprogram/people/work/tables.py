"""The list of work activity."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel import tables
from refprogram.people.enums import WorkKind

KINDS = {
    WorkKind.SIGNED_IN: tables.Pill(_("Signed in"), "idle"),
    WorkKind.LOGGED: tables.Pill(_("Activity"), "ok"),
    WorkKind.ASSET_USED: tables.Pill(_("Asset used"), "info"),
}


class WorkTable(tables.Table):
    """What people did in the CRM."""

    person = tables.NameColumn(_("Who"), "person.name", url=None, avatar="person", related=("person",))
    kind = tables.PillColumn(_("What"), "kind", words=KINDS, phone="end")
    detail = tables.TextColumn(_("Which"), "detail", nothing="–", phone="wide")
    occurred = tables.DateColumn(
        _("When"), "occurred_at", with_time=True, order_by="occurred_at", desc_first=True, phone="wide"
    )
    source = tables.TextColumn(_("Told by"), "source", muted=True)
    told = tables.AgoColumn(_("Told"), "created_at")
