"""Votes as their list shows them: what they have in common, never who voted, and not for whom while the vote runs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.voting import keys
from awards.voting.enums import VoteState
from awards.voting.models import PublicVote
from refprogram.kernel import tables

V = VoteState
STATES = {
    V.UNVERIFIED: tables.Pill(_("Not confirmed"), ""),
    V.COUNTED: tables.Pill(_("Counted"), "ok"),
    V.QUARANTINED: tables.Pill(_("Set aside"), "wait"),
    V.VOIDED: tables.Pill(_("Taken out"), "stop"),
}


def house(row: PublicVote) -> str:
    """Return the company’s address, if it is one."""
    return row.domain or str(_("a free mailbox"))


def network(row: PublicVote) -> str:
    """Return a name for the network."""
    return keys.name_of(row.network_hash) if row.network_hash else ""


def browser(row: PublicVote) -> str:
    """Return a name for the browser."""
    return keys.name_of(row.device_hash) if row.device_hash else ""


def chosen(row: Any) -> str:
    """Return for whom it is, once the vote has closed: before that nobody could set votes aside to see who leads."""
    return str(row.entry.title) if row.figures_open else ""


class VoteTable(tables.Table):
    """One vote a line."""

    house = tables.NameColumn(
        _("Company address"), house, url=None, avatar="", small="why", order_by="domain", csv=house
    )
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", phone="end")
    chosen = tables.TextColumn(_("For"), chosen, csv=chosen, phone="wide", related=("entry",))
    network = tables.TextColumn(_("Network"), network, order_by="network_hash", csv=network)
    browser = tables.TextColumn(_("Browser"), browser, order_by="device_hash", csv=browser)
    cast = tables.AgoColumn(_("Voted"), "cast_at", order_by="cast_at", desc_first=True)
    confirmed = tables.AgoColumn(_("Confirmed"), "confirmed_at", order_by="confirmed_at", desc_first=True)
