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
    QuotaState.PLANNED: tables.Pill(QuotaState.PLANNED.label, ""),
    QuotaState.OPEN: tables.Pill(QuotaState.OPEN.label, "info"),
    QuotaState.GRACE: tables.Pill(QuotaState.GRACE.label, "wait"),
    QuotaState.CLOSED: tables.Pill(QuotaState.CLOSED.label, "rest"),
    QuotaState.APPEALED: tables.Pill(QuotaState.APPEALED.label, "wait"),
    QuotaState.FINAL: tables.Pill(QuotaState.FINAL.label, "rest"),
}
RUNGS = dict(Rung.choices)


def standing(share: QuotaShare) -> tables.Pill:
    """Return how a share stands."""
    if share.waived_at is not None:
        return tables.Pill(_("Waived"), "ok")
    if share.reached_at is not None or not share.target:
        return tables.Pill(_("Done"), "ok")
    return tables.Pill(_("Under way"), "info") if not share.rung else tables.Pill(_("Behind"), "wait")


def progress(share: QuotaShare) -> str:
    """Return "2.5 of 4"."""
    return _t("%(counted)s of %(target)s") % {"counted": rp.plain(share.counted), "target": rp.plain(share.target)}


def rung_of(share: QuotaShare) -> str:
    """Return the last step that was taken."""
    return str(RUNGS.get(share.rung, ""))


class ShareTable(tables.Table):
    """One person's share of one quota."""

    name = tables.NameColumn(
        _("Who"), "user.person.name", url=share_url, small="user.team.name", avatar="person",
        order_by="user__person__name", related=("user__person", "user__team"), csv="user__person__name",
    )  # fmt: skip
    plan = tables.TextColumn(_("Quota"), "plan.name", order_by="plan__name")
    counted = tables.TextColumn(
        _("Counted"), progress, order_by="counted", desc_first=True, csv="counted", phone="end", nowrap=True
    )
    target = tables.NumberColumn(_("Owed"), "target", places=2, order_by="target", desc_first=True)
    standing = tables.PillColumn(_("State"), standing, phone="wide")
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
