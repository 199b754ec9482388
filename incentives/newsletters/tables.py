"""Newsletters as a list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from incentives.newsletters.enums import IssueState
from refprogram.kernel import tables

TONES = {IssueState.DRAFT: "wait", IssueState.SENDING: "info", IssueState.SENT: "ok", IssueState.DROPPED: "rest"}
STATES = {state.value: tables.Pill(state.label, TONES[state]) for state in IssueState}


def rate(row: Any) -> float | None:
    """Return the share of copies that were opened, in percent."""
    return None if row.rate is None else round(row.rate)


class NewsletterTable(tables.Table):
    """Each issue: when it was sent, to how many, how many opened it."""

    title = tables.NameColumn(_("Newsletter"), "title", avatar="", order_by="title")
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", phone="end")
    sent = tables.DateColumn(
        _("Sent"), "sent_at", order_by="sent_at", desc_first=True, nulls_last=True, nothing=_("not yet"), phone="wide"
    )
    told = tables.NumberColumn(_("Copies"), "told", order_by="told", desc_first=True)
    opened = tables.NumberColumn(_("Opened"), "opened", order_by="opened", desc_first=True)
    rate = tables.NumberColumn(
        _("Opened, percent"), rate, order_by="rate", desc_first=True, nulls_last=True, csv="rate"
    )
