"""Entries and invitations as lists show them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.entries.enums import WRITABLE, InviteState
from awards.entries.models import ContestEntry
from awards.entries.shown import STATES
from refprogram.kernel import tables

I = InviteState  # noqa: E741
INVITES = {
    I.PROPOSED: tables.Pill(_("Proposed"), "wait"),
    I.INVITED: tables.Pill(_("Invited"), "info"),
    I.ACCEPTED: tables.Pill(_("Accepted"), "ok"),
    I.CONVERTED: tables.Pill(_("Entered"), "ok"),
    I.DECLINED: tables.Pill(_("Declined"), "stop"),
    I.REFUSED: tables.Pill(_("Not invited"), "stop"),
    I.LAPSED: tables.Pill(_("Lapsed"), ""),
}


def who(row: ContestEntry) -> str:
    """Return who entered."""
    if row.account is not None:
        return row.account.name
    return row.team.name if row.team is not None else row.code


def title_of(row: Any) -> str:
    """Return the title of what was handed in, to who may read it; a draft’s words are its authors’ own."""
    return str(row.title) if row.readable and row.state not in WRITABLE else ""


class EntryTable(tables.Table):
    """One entry a line: who, what, how far."""

    who = tables.NameColumn(_("Entrant"), who, small="code", order_by=("account__name", "team__name"), csv=who)
    title = tables.TextColumn(_("Title"), title_of, csv=title_of, phone="wide")
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", phone="end")
    since = tables.AgoColumn(_("In this state"), "state_since", order_by="state_since")
    submitted = tables.AgoColumn(_("Handed in"), "submitted_at", order_by="submitted_at", desc_first=True)
    nominator = tables.OwnerColumn(_("Brought by"), "nominator.person.name", order_by="nominator__person__name")


class MyEntryTable(tables.Table):
    """The same over all contests, without a word of what they say."""

    who = tables.NameColumn(_("Entrant"), who, small="code", order_by=("account__name", "team__name"), csv=who)
    contest = tables.TextColumn(_("Contest"), "contest.name", order_by="contest__name", phone="wide")
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", phone="end")
    since = tables.AgoColumn(_("In this state"), "state_since", order_by="state_since")
    submitted = tables.AgoColumn(_("Handed in"), "submitted_at", order_by="submitted_at", desc_first=True)
    nominator = tables.OwnerColumn(_("Brought by"), "nominator.person.name", order_by="nominator__person__name")


class InviteTable(tables.Table):
    """One invitation a line."""

    account = tables.NameColumn(
        _("Customer"), "account.name", small="contact.person.name", order_by="account__name", csv="account__name"
    )
    state = tables.PillColumn(_("State"), "state", words=INVITES, order_by="state", phone="end")
    reason = tables.TextColumn(_("Why"), "reason", phone="wide")
    proposed = tables.AgoColumn(_("Proposed"), "proposed_at", order_by="proposed_at", desc_first=True)
    invited = tables.AgoColumn(_("Invited"), "invited_at", order_by="invited_at", desc_first=True)
    by = tables.OwnerColumn(_("Proposed by"), "proposed_by.person.name", order_by="proposed_by__person__name")
