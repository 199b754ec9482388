"""Support view of this room: look, never touch."""

from django.contrib import admin

from references.surveys.models import Survey, SurveyInvitation, SurveyWave
from refprogram.people.admin import ReadOnly


@admin.register(Survey)
class SurveyAdmin(ReadOnly):
    """Surveys."""

    list_display = ("name", "kind", "state", "per_day", "closes_on")
    list_filter = ("kind", "state")
    search_fields = ("name", "public_id")


@admin.register(SurveyWave)
class WaveAdmin(ReadOnly):
    """Waves."""

    list_display = ("survey", "name", "state", "starts_on", "invited", "sent", "answered")
    list_filter = ("state",)
    list_select_related = ("survey",)


@admin.register(SurveyInvitation)
class InvitationAdmin(ReadOnly):
    """Who was asked."""

    list_display = ("survey", "account", "state", "score", "sent_at", "answered_at")
    list_filter = ("state",)
    search_fields = ("public_id", "account__name")
    list_select_related = ("survey", "account")
