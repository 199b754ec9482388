"""Contests as a list shows them."""

from django.utils.translation import gettext_lazy as _

from awards.contests.enums import ContestState
from refprogram.kernel import tables

S = ContestState
STATES = {
    S.DRAFT: tables.Pill(_("Draft"), ""),
    S.ANNOUNCED: tables.Pill(_("Announced"), "info"),
    S.OPEN: tables.Pill(_("Open for entries"), "ok"),
    S.CLOSED: tables.Pill(_("Closed for entries"), "wait"),
    S.SCREENING: tables.Pill(_("Screening"), "wait"),
    S.JUDGING: tables.Pill(_("Judging"), "info"),
    S.DELIBERATION: tables.Pill(_("Deliberation"), "info"),
    S.DECIDED: tables.Pill(_("Decided, under embargo"), "rest"),
    S.PUBLISHED: tables.Pill(_("Winners announced"), "ok"),
    S.FULFILMENT: tables.Pill(_("Prizes on their way"), "ok"),
    S.ARCHIVED: tables.Pill(_("Archived"), ""),
    S.CANCELLED: tables.Pill(_("Cancelled"), "stop"),
}


class ContestTable(tables.Table):
    """One contest a line."""

    name = tables.NameColumn(_("Contest"), "name", small="series", avatar="", order_by="name")
    state = tables.PillColumn(_("State"), "state", words=STATES, phone="end", order_by="state")
    year = tables.TextColumn(_("Year"), "year", order_by=("year", "name"), desc_first=True)
    audience = tables.TextColumn(_("For"), "get_audience_display", order_by="audience", csv="audience")
    categories = tables.NumberColumn(_("Categories"), "category_count", order_by="category_count")
    closes = tables.DateColumn(_("Entries close"), "closes_at", order_by="closes_at", desc_first=True, phone="wide")
    event = tables.DateColumn(_("Event"), "event_at", order_by="event_at", desc_first=True)
    owner = tables.OwnerColumn(_("Run by"), "owner.person.name", order_by="owner__person__name")
