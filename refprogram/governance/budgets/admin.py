"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund, FundEntry
from refprogram.people.admin import ReadOnly


@admin.register(Fund)
class FundAdmin(ReadOnly):
    """Funds."""

    list_display = ("name", "owner", "starts_on", "state", "allocated", "committed", "spent")
    list_filter = ("state", "starts_on")
    list_select_related = ("owner__person",)
    search_fields = ("name", "public_id")


@admin.register(BudgetLine)
class BudgetLineAdmin(ReadOnly):
    """What funds plan."""

    list_display = ("fund", "kind", "name", "planned", "committed", "spent")
    list_select_related = ("fund",)


@admin.register(Commitment)
class CommitmentAdmin(ReadOnly):
    """Promises."""

    list_display = ("label", "fund", "state", "amount", "spent")
    list_filter = ("state",)
    list_select_related = ("fund",)
    search_fields = ("label", "public_id", "key")


@admin.register(FundEntry)
class FundEntryAdmin(ReadOnly):
    """The books."""

    list_display = ("fund", "kind", "amount", "memo", "actor", "at")
    list_filter = ("kind",)
    list_select_related = ("fund", "actor__person")
