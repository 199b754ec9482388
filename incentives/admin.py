"""Support view of rules, ledger and wallets: look, never touch."""

from django.contrib import admin

from incentives.models import Entry, Posting, Rule, Seal, Wallet
from refprogram.people.admin import ReadOnly


@admin.register(Rule)
class RuleAdmin(ReadOnly):
    """Rules."""

    list_display = ("name", "state", "version", "live_since")
    list_filter = ("state",)
    search_fields = ("name", "public_id")


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    """Ledger entries."""

    list_display = ("memo", "rule", "actor", "occurred_at", "created_at", "reverses")
    search_fields = ("memo", "key", "public_id")
    list_select_related = ("rule", "actor__person", "reverses")


@admin.register(Posting)
class PostingAdmin(ReadOnly):
    """The sides of each entry."""

    list_display = ("entry", "book", "wallet", "amount")
    list_filter = ("book",)
    search_fields = ("wallet__person__name", "entry__memo")
    list_select_related = ("entry", "wallet")


@admin.register(Wallet)
class WalletAdmin(ReadOnly):
    """What everybody holds."""

    list_display = ("kind", "person", "account", "name", "pending", "available", "reserved", "updated_at")
    list_filter = ("kind",)
    search_fields = ("person__name", "account__name", "name")
    list_select_related = ("person", "account")


@admin.register(Seal)
class SealAdmin(ReadOnly):
    """What was sealed, and its hash."""

    list_display = ("first", "last", "entries", "hash", "at")
