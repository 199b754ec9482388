"""The tables of this room."""

from django.utils.translation import gettext_lazy as _

from references.accounts.enums import AskState
from references.accounts.models import Ask
from references.goodwill.enums import ReservationState, Team
from references.goodwill.models import Reservation
from refprogram.kernel import tables

TEAMS = dict(Team.choices)
STATES = {
    AskState.HELD: tables.Pill(AskState.HELD.label, "info"),
    AskState.BOOKED: tables.Pill(AskState.BOOKED.label, "ok"),
    AskState.SPENT: tables.Pill(AskState.SPENT.label),
    AskState.DECLINED: tables.Pill(AskState.DECLINED.label, "rest"),
    AskState.RELEASED: tables.Pill(AskState.RELEASED.label),
}
RESERVED = {
    ReservationState.ACTIVE: tables.Pill(ReservationState.ACTIVE.label, "info"),
    ReservationState.USED: tables.Pill(ReservationState.USED.label, "ok"),
    ReservationState.RELEASED: tables.Pill(ReservationState.RELEASED.label),
}


def team_of(row: Ask | Reservation) -> str:
    """Return the team's name; asks of before teams were kept have none."""
    return str(TEAMS.get(row.team, ""))


def customer_url(row: Ask | Reservation) -> str:
    """Return the customer's page."""
    return row.account.get_absolute_url()


class AskTable(tables.Table):
    """Everything that customers are asked for, by whatever team."""

    account = tables.NameColumn(
        _("Customer"), "account.name", url=customer_url, small="contact.person.name", avatar="co",
        order_by="account__name", related=("account", "contact__person"), csv="account__name",
    )  # fmt: skip
    activity = tables.TextColumn(_("For what"), "activity.name", order_by="activity__name")
    on = tables.DateColumn(_("Day"), "planned_on", order_by="planned_on", desc_first=True, phone="end")
    state = tables.PillColumn(_("State"), "state", words=STATES, phone="wide")
    team = tables.TextColumn(_("Team"), team_of, order_by="team", csv="team", nothing=_("not noted"))
    effort = tables.NumberColumn(_("Points"), "effort", order_by="effort", desc_first=True)
    by = tables.OwnerColumn(_("Asked by"), "reserved_by.person.name", order_by="reserved_by__person__name")


class ReservationTable(tables.Table):
    """Customers kept for a plan."""

    purpose = tables.NameColumn(
        _("Plan"), "purpose", small="account.name", avatar="", order_by="purpose", related=("account",)
    )
    whom = tables.TextColumn(_("Whom"), "contact.person.name", nothing=_("the whole account"))
    team = tables.TextColumn(_("Team"), team_of, order_by="team", csv="team")
    starts = tables.DateColumn(_("From"), "starts_on", order_by="starts_on", phone="end")
    ends = tables.DateColumn(_("To"), "ends_on", order_by="ends_on")
    points = tables.NumberColumn(_("Needs"), "points", order_by="points", desc_first=True)
    state = tables.PillColumn(_("State"), "state", words=RESERVED, phone="wide")
    by = tables.OwnerColumn(_("By"), "reserved_by.person.name", order_by="reserved_by__person__name")
