"""Support view of this room: look, never touch."""

from django.contrib import admin

from references.content.models import Asset, Board, Placement
from refprogram.people.admin import ReadOnly


@admin.register(Asset)
class AssetAdmin(ReadOnly):
    """Stories."""

    list_display = ("title", "kind", "account", "state", "updated_at")
    list_filter = ("kind", "state")
    search_fields = ("title", "public_id", "account__name")
    list_select_related = ("account",)


@admin.register(Placement)
class PlacementAdmin(ReadOnly):
    """Where stories stand."""

    list_display = ("asset", "channel", "place", "state", "due_on")
    list_filter = ("state", "channel")
    search_fields = ("public_id", "place", "asset__title")
    list_select_related = ("asset",)


@admin.register(Board)
class BoardAdmin(ReadOnly):
    """Share pages."""

    list_display = ("title", "made_by", "views", "expires_at", "closed_at")
    search_fields = ("title", "public_id")
    list_select_related = ("made_by__person",)
