"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.feedback.models import FieldNote
from refprogram.people.admin import ReadOnly


@admin.register(FieldNote)
class FieldNoteAdmin(ReadOnly):
    """What was said about the program, without its words."""

    list_display = ("public_id", "kind", "state", "created_at", "replied_at")
    list_filter = ("kind", "state")
