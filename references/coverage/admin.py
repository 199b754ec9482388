"""Support view of this room: look, never touch."""

from django.contrib import admin

from references.coverage.models import CellTarget, RecruitingTarget, TargetPlan
from refprogram.people.admin import ReadOnly


@admin.register(CellTarget)
class CellTargetAdmin(ReadOnly):
    """Targets of cells."""

    list_display = ("key", "wanted", "set_by", "updated_at")
    search_fields = ("key",)
    list_select_related = ("set_by__person",)


@admin.register(RecruitingTarget)
class RecruitingTargetAdmin(ReadOnly):
    """Recruiting targets."""

    list_display = ("title", "state", "wanted", "gained", "due_on")
    list_filter = ("state",)
    search_fields = ("title", "public_id")


@admin.register(TargetPlan)
class TargetPlanAdmin(ReadOnly):
    """Plans."""

    list_display = ("account", "state", "due_on", "won_at")
    list_filter = ("state",)
    search_fields = ("account__name", "public_id")
    list_select_related = ("account",)
