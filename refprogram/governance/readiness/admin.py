"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.readiness.models import Audience, Change, ChangeStep
from refprogram.people.admin import ReadOnly


@admin.register(Change)
class ChangeAdmin(ReadOnly):
    """What is introduced."""

    list_display = ("name", "kind", "starts_on", "state")
    list_filter = ("kind", "state")


@admin.register(Audience)
class AudienceAdmin(ReadOnly):
    """Whom it concerns."""

    list_display = ("change", "role", "words", "metric")
    list_select_related = ("change",)


@admin.register(ChangeStep)
class ChangeStepAdmin(ReadOnly):
    """What is done so that people are ready."""

    list_display = ("name", "kind", "due_on", "done_on")
    list_filter = ("kind",)
