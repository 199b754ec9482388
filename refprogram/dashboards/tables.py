"""Columns of the rows behind figures."""

from django.utils.translation import gettext_lazy as _

from references.accounts.enums import Stage
from references.accounts.models import Opportunity
from refprogram.kernel import tables

STAGES = {
    Stage.PROSPECTING: tables.Pill(Stage.PROSPECTING.label, "idle"),
    Stage.ENGAGING: tables.Pill(Stage.ENGAGING.label, "info"),
    Stage.PROPOSAL: tables.Pill(Stage.PROPOSAL.label, "wait"),
    Stage.WON: tables.Pill(Stage.WON.label, "ok"),
    Stage.LOST: tables.Pill(Stage.LOST.label, "stop"),
}


def account_url(deal: Opportunity) -> str | None:
    """Return the page of the deal's account, if it has one."""
    return deal.account.get_absolute_url() if deal.account else None


def deal_name(deal: Opportunity) -> str:
    """Return what the deal is called."""
    return str(deal)


class InfluencedTable(tables.Table):
    """One row per deal."""

    deal = tables.NameColumn(
        _("Deal"), deal_name, small="account.name", url=account_url, avatar="", related=("account",), order_by="name"
    )
    stage = tables.PillColumn(_("Stage"), "stage", words=STAGES, order_by="stage", phone="end")
    amount = tables.MoneyColumn(
        _("Amount"), "amount", order_by="amount", desc_first=True, nulls_last=True, phone="wide"
    )
    closes = tables.DateColumn(_("Closes"), "closes_on", order_by="closes_on")
    owner = tables.OwnerColumn(_("Owner"), "owner.name", related=("owner__person",))
