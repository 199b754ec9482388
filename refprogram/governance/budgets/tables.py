"""How promises and books are listed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.governance.budgets.models import Commitment
from refprogram.governance.budgets.states import COMMITMENT_PILLS, ENTRY_PILLS
from refprogram.kernel import tables


def _address(commitment: Commitment) -> str:
    return commitment.url


def _fund_address(entry: Any) -> str:
    url: str = entry.fund.get_absolute_url()
    return url


class CommitmentTable(tables.Table):
    """One line per promise: for what, from which fund, how much, how far."""

    label = tables.NameColumn(_("For"), "label", avatar="", url=_address, order_by="label")
    fund = tables.TextColumn(_("Fund"), "fund.name", order_by="fund__name", phone="wide", nowrap=True)
    line = tables.TextColumn(_("Line"), "line.name", order_by="line__name", muted=True)
    amount = tables.MoneyColumn(_("Promised"), "amount", order_by="amount", desc_first=True, phone="end")
    spent = tables.MoneyColumn(_("Spent"), "spent", order_by="spent", desc_first=True)
    state = tables.PillColumn(_("State"), "state", words=COMMITMENT_PILLS, order_by="state", phone="wide")
    asked_by = tables.OwnerColumn(_("Asked by"), "asked_by.person.name", order_by="asked_by__person__name")
    asked = tables.AgoColumn(_("Asked"), "created_at", order_by="id", desc_first=True)


class BookTable(tables.Table):
    """One line per movement of money."""

    row_id = "pk"

    memo = tables.NameColumn(_("What"), "memo", avatar="", url=_fund_address, phone="", related=("fund",))
    fund = tables.TextColumn(_("Fund"), "fund.name", order_by="fund__name", phone="wide", nowrap=True)
    kind = tables.PillColumn(_("Movement"), "kind", words=ENTRY_PILLS, order_by="kind", phone="wide")
    amount = tables.MoneyColumn(_("Amount"), "amount", order_by="amount", desc_first=True, phone="end")
    line = tables.TextColumn(_("Line"), "line.name", order_by="line__name", muted=True)
    actor = tables.OwnerColumn(_("By"), "actor.person.name", order_by="actor__person__name")
    at = tables.DateColumn(_("When"), "at", with_time=True, order_by="id", desc_first=True)
