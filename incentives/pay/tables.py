"""How months of pay, questions and SPIFFs are listed."""

from django.utils.translation import gettext_lazy as _

from incentives.pay.enums import DisputeState, PeriodState, SpiffState
from incentives.pay.models import PayDispute, PayPeriod, Spiff
from incentives.pay.selectors.names import month_name
from incentives.pay.selectors.spiffs import prizes_of
from refprogram.kernel import tables
from refprogram.kernel.templatetags import rp

PERIOD_WORDS = {
    PeriodState.OPEN.value: tables.Pill(PeriodState.OPEN.label, "info"),
    PeriodState.CLOSING.value: tables.Pill(PeriodState.CLOSING.label, "wait"),
    PeriodState.CLOSED.value: tables.Pill(PeriodState.CLOSED.label, "ok"),
}
DISPUTE_WORDS = {
    DisputeState.OPEN.value: tables.Pill(DisputeState.OPEN.label, "wait"),
    DisputeState.UPHELD.value: tables.Pill(DisputeState.UPHELD.label, "rest"),
    DisputeState.CORRECTED.value: tables.Pill(DisputeState.CORRECTED.label, "ok"),
    DisputeState.WITHDRAWN.value: tables.Pill(DisputeState.WITHDRAWN.label, "rest"),
}
SPIFF_WORDS = {
    SpiffState.DRAFT.value: tables.Pill(SpiffState.DRAFT.label, ""),
    SpiffState.LIVE.value: tables.Pill(SpiffState.LIVE.label, "ok"),
    SpiffState.PROOF.value: tables.Pill(SpiffState.PROOF.label, "wait"),
    SpiffState.SETTLED.value: tables.Pill(SpiffState.SETTLED.label, "rest"),
    SpiffState.CANCELLED.value: tables.Pill(SpiffState.CANCELLED.label, "stop"),
}


def _month(period: PayPeriod) -> str:
    return month_name(period.starts_on)


def _asked_about(dispute: PayDispute) -> str:
    return month_name(dispute.earned_in)


def _prizes(spiff: Spiff) -> str:
    return ", ".join(rp.money(prize) for prize in prizes_of(spiff))


class PeriodTable(tables.Table):
    """Months of pay: how far each is, for how many people, how much."""

    month = tables.NameColumn(_("Month"), _month, avatar="", order_by="starts_on", desc_first=True, csv="starts_on")
    state = tables.PillColumn(_("State"), "state", words=PERIOD_WORDS, phone="end")
    people = tables.NumberColumn(_("People"), "people", order_by="people", desc_first=True)
    gross = tables.MoneyColumn(_("Gross"), "gross", order_by="gross", desc_first=True, phone="wide")
    proposed = tables.OwnerColumn(_("Closed by"), "proposed_by.person.name")
    agreed = tables.OwnerColumn(_("Agreed by"), "closed_by.person.name")


class DisputeTable(tables.Table):
    """Questions about pay: whose, about which month, until when an answer is due."""

    who = tables.NameColumn(_("Who"), "person.name", avatar="person", order_by="person__name", small="words")
    month = tables.TextColumn(_("Month"), _asked_about, order_by="earned_in", phone="wide", csv="earned_in")
    state = tables.PillColumn(_("State"), "state", words=DISPUTE_WORDS, phone="end")
    due = tables.DateColumn(_("Answer due"), "due_on", order_by="due_on")
    wanted = tables.MoneyColumn(_("Should be"), "wanted", order_by="wanted")
    answered = tables.OwnerColumn(_("Answered by"), "answered_by.person.name")


class SpiffTable(tables.Table):
    """SPIFFs: what counts, when, for how much."""

    name = tables.NameColumn(_("SPIFF"), "name", avatar="", order_by="name", small="get_metric_display")
    state = tables.PillColumn(_("State"), "state", words=SPIFF_WORDS, phone="end")
    audience = tables.TextColumn(_("For"), "get_audience_display", order_by="audience")
    starts = tables.DateColumn(_("From"), "starts_on", order_by="starts_on", desc_first=True)
    ends = tables.DateColumn(_("Until"), "ends_on", order_by="ends_on", desc_first=True, phone="wide")
    prizes = tables.TextColumn(_("Prizes"), _prizes, phone="wide")
