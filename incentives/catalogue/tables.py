"""How redemptions and items are listed."""

from django.utils.translation import gettext_lazy as _

from incentives.catalogue.models import Item, Redemption
from incentives.catalogue.shown import pill_of
from refprogram.kernel import tables

OFFERED = {True: tables.Pill(_("Offered"), "ok"), False: tables.Pill(_("Taken out"), "rest")}
GIFT = ("gift__approval",)


def _failures(row: Redemption) -> int | None:
    return row.failures or None


def _left(row: Item) -> int | None:
    return row.left


class RedemptionTable(tables.Table):
    """One line per redemption: what, for whom, how many points, how far."""

    item = tables.NameColumn(_("Reward"), "item.name", avatar="", order_by="item__name")
    person = tables.TextColumn(_("For"), "person.name", order_by="person__name", phone="wide", nowrap=True)
    account = tables.TextColumn(_("Customer"), "account.name", order_by="account__name", muted=True)
    points = tables.NumberColumn(_("Points"), "points", order_by="points", desc_first=True, phone="end")
    value = tables.MoneyColumn(_("Value"), "value", order_by="value", desc_first=True)
    state = tables.PillColumn(_("State"), pill_of, csv="state", order_by="state", phone="wide", related=GIFT)
    failures = tables.NumberColumn(_("Failed orders"), _failures, csv="failures", order_by="failures", desc_first=True)
    worth = tables.NumberColumn(_("Worth it"), "worth", order_by="worth", desc_first=True, nulls_last=True)
    asked = tables.AgoColumn(_("Asked"), "created_at", order_by="id", desc_first=True)


class ItemTable(tables.Table):
    """One line per item of the catalogue."""

    name = tables.NameColumn(_("Reward"), "name", avatar="", small="get_kind_display", order_by="name", csv="name")
    audience = tables.TextColumn(_("For"), "get_audience_display", order_by="audience", csv="audience")
    points = tables.NumberColumn(_("Points"), "points", order_by="points", phone="end")
    cost = tables.MoneyColumn(_("Costs us"), "cost", order_by="cost")
    stock = tables.NumberColumn(_("There are"), "stock", order_by="stock", nulls_last=True)
    taken = tables.NumberColumn(_("Taken"), "taken", order_by="taken", desc_first=True)
    left = tables.NumberColumn(_("Left"), _left, phone="wide", named=True)
    state = tables.PillColumn(_("State"), "offered", words=OFFERED, order_by="offered", phone="wide")
