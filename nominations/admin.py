"""Support view of nominations: look, hardly ever touch."""

from django.contrib import admin

from nominations.models import Nomination
from refprogram.people.admin import ReadOnly


@admin.register(Nomination)
class NominationAdmin(ReadOnly):
    """Nominations."""

    list_display = ("account", "nominator", "state", "submitted_at", "state_since", "owner_answer")
    list_filter = ("state", "owner_answer")
    search_fields = ("account__name", "nominator__person__name", "public_id")
    list_select_related = ("account", "nominator__person")
