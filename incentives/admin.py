"""Support view of rules, ledger and balances: look, hardly ever touch."""

from django.contrib import admin

from incentives.models import Balance, Entry, Posting, Rule
from refprogram.people.admin import ReadOnly


@admin.register(Rule)
class RuleAdmin(ReadOnly):
    """Rules."""

    list_display = ("name", "topic", "beneficiary", "points", "state", "version", "live_since")
    list_filter = ("state", "topic")
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

    list_display = ("entry", "book", "person", "amount")
    list_filter = ("book",)
    search_fields = ("person__name", "entry__memo")
    list_select_related = ("entry", "person")


@admin.register(Balance)
class BalanceAdmin(ReadOnly):
    """What each person holds."""

    list_display = ("person", "book", "amount", "updated_at")
    search_fields = ("person__name",)
    list_select_related = ("person",)
