"""The support view of this room: to look at; changes go through the pages and the stream."""

from django.contrib import admin

from refprogram.governance.approvals.models import Approval, Chain, ChainVersion, Decision, Turn
from refprogram.people.admin import ReadOnly


@admin.register(Approval)
class ApprovalAdmin(ReadOnly):
    """What was asked."""

    list_display = ("label", "kind", "state", "amount", "requester", "created_at")
    list_filter = ("kind", "state")
    list_select_related = ("requester__person",)
    search_fields = ("label", "public_id")


@admin.register(Turn)
class TurnAdmin(ReadOnly):
    """Who was asked."""

    list_display = ("approval", "position", "state", "approver", "role", "due_at")
    list_filter = ("state",)
    list_select_related = ("approval", "approver__person")


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    """What was said."""

    list_display = ("approval", "verdict", "by", "in_name_of", "via", "at")
    list_filter = ("verdict", "via")
    list_select_related = ("approval", "by__person", "in_name_of__person")


@admin.register(Chain)
class ChainAdmin(ReadOnly):
    """Chains."""

    list_display = ("kind", "purpose")


@admin.register(ChainVersion)
class ChainVersionAdmin(ReadOnly):
    """Their versions."""

    list_display = ("chain", "number", "published_at", "published_by", "passes")
    list_select_related = ("chain", "published_by__person")
