"""Columns of the rows behind figures, and of the figures themselves."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from references.accounts.enums import Stage
from references.accounts.models import Opportunity
from refprogram.dashboards.enums import CountingKind
from refprogram.dashboards.metrics.registry import METRICS
from refprogram.dashboards.models import Counting, Reading
from refprogram.kernel import tables

STAGES = {
    Stage.PROSPECTING: tables.Pill(Stage.PROSPECTING.label, "idle"),
    Stage.ENGAGING: tables.Pill(Stage.ENGAGING.label, "info"),
    Stage.PROPOSAL: tables.Pill(Stage.PROPOSAL.label, "wait"),
    Stage.WON: tables.Pill(Stage.WON.label, "ok"),
    Stage.LOST: tables.Pill(Stage.LOST.label, "stop"),
}
KINDS = {
    CountingKind.LIVE: tables.Pill(CountingKind.LIVE.label, "info"),
    CountingKind.MONTH: tables.Pill(CountingKind.MONTH.label, "ok"),
    CountingKind.HAND: tables.Pill(CountingKind.HAND.label, "mine"),
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


class ClosedDealTable(InfluencedTable):
    """One row per closed deal, with a reference or without."""

    reference = tables.BooleanColumn(_("Reference"), "had_reference", yes=_("Yes"), no=_("No"))


def metric_name(row: Reading) -> str:
    """Return what the metric is called."""
    return str(METRICS[row.metric].name) if row.metric in METRICS else row.metric


def metric_url(row: Reading) -> str | None:
    """Return the page of the metric."""
    return METRICS[row.metric].url if row.metric in METRICS else None


def unit_of(row: Reading) -> str:
    """Return in what the value is."""
    return str(METRICS[row.metric].unit.label) if row.metric in METRICS else ""


def why_not(row: Reading) -> str:
    """Return why there is no value."""
    return METRICS[row.metric].no_value(row.why) if row.why and row.metric in METRICS else ""


def shown_value(row: Reading) -> Any:
    """Return the value as it is kept, without the noughts at its end."""
    return None if row.value is None else Decimal(f"{row.value.normalize():f}")


class ReadingTable(tables.Table):
    """One row per metric and counting."""

    row_id = "pk"

    metric = tables.NameColumn(_("Metric"), metric_name, url=metric_url, avatar="", order_by="metric")
    value = tables.NumberColumn(
        _("Value"), "value", places=1, csv=shown_value, order_by="value", desc_first=True, nulls_last=True, phone="end"
    )
    unit = tables.TextColumn(_("In"), unit_of, muted=True, phone="wide")
    n = tables.NumberColumn(_("Rows"), "n", order_by="n", desc_first=True, nulls_last=True)
    low = tables.NumberColumn(_("95 % from"), "low", places=1)
    high = tables.NumberColumn(_("to"), "high", places=1)
    why = tables.TextColumn(_("Why not"), why_not, muted=True)
    day = tables.DateColumn(_("As of"), "counting.as_of", order_by="counting__as_of", phone="wide")
    kind = tables.PillColumn(_("Kept"), "counting.kind", words=KINDS, order_by="counting__kind")


def counting_name(row: Counting) -> str:
    """Return what somebody called it, or why it was kept."""
    return row.note or (_now("End of the month") if row.kind == CountingKind.MONTH else _now("Kept by hand"))


class CountingTable(tables.Table):
    """One row per kept counting."""

    name = tables.NameColumn(_("Figures"), counting_name, avatar="", order_by="note")
    day = tables.DateColumn(_("As of"), "as_of", order_by="as_of", desc_first=True, phone="end")
    kind = tables.PillColumn(_("Kept"), "kind", words=KINDS, order_by="kind", phone="wide")
    afterwards = tables.BooleanColumn(
        _("Counted afterwards"), "afterwards", yes=_("Yes"), no=_("No"), order_by="afterwards"
    )
    counted = tables.DateColumn(_("Counted"), "counted_at", with_time=True, order_by="counted_at")
    by = tables.OwnerColumn(_("By"), "taken_by.name", related=("taken_by__person",))


RHYTHMS = {"weekly": tables.Pill(_("each week"), "info"), "monthly": tables.Pill(_("each month"), "mine")}


class MailPlanTable(tables.Table):
    """One row per mail that comes by itself."""

    name = tables.NameColumn(_("What"), "name", avatar="", order_by="name")
    rhythm = tables.PillColumn(_("How often"), "rhythm", words=RHYTHMS, order_by="rhythm", phone="end")
    due = tables.DateColumn(_("Next"), "due_on", order_by="due_on", phone="wide")
    sent = tables.DateColumn(_("Last"), "sent_on", order_by="sent_on", nothing=_("Never"))
    reader = tables.OwnerColumn(_("To"), "reader.name", related=("reader__person",))
