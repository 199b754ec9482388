"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.facetime.models import FaceTimeSlot, FaceTimeTalk
from refprogram.people.admin import ReadOnly


@admin.register(FaceTimeSlot)
class FaceTimeSlotAdmin(ReadOnly):
    """Hours that executives offer."""

    list_display = ("executive", "starts_at", "manner", "state")
    list_filter = ("state", "manner")
    list_select_related = ("executive__person",)


@admin.register(FaceTimeTalk)
class FaceTimeTalkAdmin(ReadOnly):
    """Talks that were asked for."""

    list_display = ("label", "slot", "topic", "state", "answer_by")
    list_filter = ("state", "topic")
    list_select_related = ("slot__executive__person", "asked_by__person")
