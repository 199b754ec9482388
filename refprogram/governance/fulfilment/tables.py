"""How gifts are listed."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.states import pill_of
from refprogram.kernel import tables


def _kind(row: Fulfilment) -> str:
    return f"{row.get_kind_display()}: {row.cause}" if row.cause else str(row.get_kind_display())


def _refunded(row: Fulfilment) -> Decimal | None:
    return row.refunded or None


class FulfilmentTable(tables.Table):
    """One line per gift: what, for whom, for what, how much, how far."""

    item = tables.NameColumn(_("Gift"), "item", avatar="", small=_kind, order_by="item", csv="item")
    receiver = tables.TextColumn(_("For"), "receiver.name", order_by="receiver__name", phone="wide", nowrap=True)
    label = tables.TextColumn(_("Because of"), "label", muted=True)
    value = tables.MoneyColumn(_("Value"), "value", order_by="value", desc_first=True, phone="end")
    cost = tables.MoneyColumn(_("Paid"), "cost", order_by="cost", desc_first=True, nulls_last=True)
    refunded = tables.MoneyColumn(_("Came back"), _refunded, csv="refunded", order_by="refunded", desc_first=True)
    state = tables.PillColumn(_("State"), pill_of, csv="state", order_by="state", phone="wide", related=("approval",))
    fund = tables.TextColumn(_("Fund"), "fund.name", order_by="fund__name")
    requester = tables.OwnerColumn(_("Asked by"), "requested_by.person.name", order_by="requested_by__person__name")
    taxable = tables.BooleanColumn(_("Tax"), "taxable", order_by="taxable", yes=_("yes"), no="")
    delivered = tables.DateColumn(_("Delivered"), "delivered_at", order_by="delivered_at", desc_first=True)
    asked = tables.AgoColumn(_("Asked"), "created_at", order_by="id", desc_first=True)
