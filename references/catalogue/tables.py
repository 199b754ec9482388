"""The catalogue as a list."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from references.accounts.models import ActivityType
from references.catalogue.enums import Agrees
from refprogram.kernel import tables

STATES = {"": tables.Pill(_("Offered"), "ok"), "retired": tables.Pill(_("Retired"), "rest")}


def _state(kind: ActivityType) -> str:
    return "retired" if kind.retired_at else ""


def _edit(kind: ActivityType) -> str:
    return reverse("references:activity-edit", args=[kind.slug])


def _kind(kind: ActivityType) -> str:
    return str(_("Takes place") if kind.live else _("Is published"))


def _agree(kind: ActivityType) -> str:
    return ", ".join(str(Agrees(one).label) if one in Agrees.values else one for one in kind.approvals)


class ActivityTable(tables.Table):
    """Each kind of activity with what it takes."""

    row_id = "slug"
    name = tables.NameColumn(_("Activity"), "name", url=_edit, avatar="", order_by="name", small="verb")
    effort = tables.NumberColumn(_("Effort"), "effort", order_by="effort", desc_first=True, phone="end")
    minutes = tables.NumberColumn(_("Minutes"), "minutes", order_by="minutes")
    confirm = tables.NumberColumn(_("Days to a yes"), "confirm_days", order_by="confirm_days")
    lead = tables.NumberColumn(_("Days to prepare"), "lead_days", order_by="lead_days")
    hours = tables.NumberColumn(_("Our hours"), "hours", places=1, order_by="hours")
    live = tables.TextColumn(_("Kind"), _kind, csv=_kind, phone="wide")
    agree = tables.TextColumn(_("Must agree too"), _agree, csv=_agree)
    self_serve = tables.BooleanColumn(_("Without the program"), "self_serve", yes=_("Yes"), no="")
    state = tables.PillColumn(_("State"), _state, words=STATES, csv=_state)
    position = tables.NumberColumn(_("Place"), "position", order_by="position")
