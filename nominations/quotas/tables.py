"""The lists of this room: shares, and plans."""

from typing import Final

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from nominations.quotas.enums import QuotaState, Rung
from nominations.quotas.models import QuotaShare
from nominations.quotas.selectors import share_url
from refprogram.kernel import tables
from refprogram.kernel.templatetags import rp

STATES: Final = {
    QuotaState.PLANNED: tables.Pill(_("Planned"), ""),
    QuotaState.OPEN: tables.Pill(_("Open"), "info"),
    QuotaState.GRACE: tables.Pill(_("Days of grace"), "wait"),
    QuotaState.CLOSED: tables.Pill(_("Closed"), "rest"),
    QuotaState.APPEALED: tables.Pill(_("Under appeal"), "wait"),
    QuotaState.FINAL: tables.Pill(_("Final"), "rest"),
}
RUNGS = dict(Rung.choices)
Q = QuotaState
OVER: Final = {Q.CLOSED, Q.APPEALED, Q.FINAL}
UNDER_WAY: Final = tables.Pill(_("Under way"), "info")


def standing(share: QuotaShare) -> tables.Pill:
    """Return how a share stands."""
    if share.waived_at is not None:
        return tables.Pill(_("Waived"), "ok")
    if share.reached_at is not None or not share.target:
        return tables.Pill(_("Done"), "ok")
    if share.plan.state in OVER:
        return tables.Pill(_("Not reached"), "stop")
    return tables.Pill(_("Behind"), "wait") if share.rung or share.plan.state == Q.GRACE else UNDER_WAY


def progress(share: QuotaShare) -> str:
    """Return "2.5 of 4"."""
    return _t("%(counted)s of %(target)s") % {"counted": rp.plain(share.counted), "target": rp.plain(share.target)}


def owed(share: QuotaShare) -> str:
    """Return "2.5"."""
    return rp.plain(share.target)


def rung_of(share: QuotaShare) -> str:
    """Return the last step that was taken."""
    return str(RUNGS.get(share.rung, ""))


class ShareTable(tables.Table):
    """One person's share of one quota."""

    name = tables.NameColumn(
        _("Who"), "user.person.name", url=share_url, small="user.team.name", avatar="person",
        order_by="user__person__name", related=("user__person", "user__team"), csv="user__person__name",
    )  # fmt: skip
    plan = tables.TextColumn(_("Quota"), "plan.name", order_by="plan__name", phone="wide")
    counted = tables.TextColumn(
        _("Counted"),
        progress,
        order_by="counted",
        desc_first=True,
        csv="counted",
        phone="end",
        nowrap=True,
        named=True,
    )
    target = tables.TextColumn(_("Owed"), owed, order_by="target", desc_first=True, csv="target")
    standing = tables.PillColumn(_("State"), standing, phone="wide", related=("plan",))
    away = tables.NumberColumn(_("Days off"), "days_off", order_by="days_off", desc_first=True)
    ends = tables.DateColumn(_("Until"), "ends_on", order_by="ends_on")
    rung = tables.TextColumn(_("Last step"), rung_of, csv="rung", nothing=_("none"))


class PlanTable(tables.Table):
    """One quota."""

    name = tables.NameColumn(_("Quota"), "name", avatar="", order_by="name")
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", phone="wide")
    target = tables.NumberColumn(_("Each"), "target", places=2, order_by="target", desc_first=True)
    people = tables.NumberColumn(_("People"), "people", order_by="people", desc_first=True)
    done = tables.NumberColumn(_("Have reached it"), "done", order_by="done", desc_first=True, phone="end")
    starts = tables.DateColumn(_("From"), "starts_on", order_by="starts_on", desc_first=True)
    ends = tables.DateColumn(_("To"), "ends_on", order_by="ends_on")
    owner = tables.OwnerColumn(_("Owner"), "owner.person.name", order_by="owner__person__name")
