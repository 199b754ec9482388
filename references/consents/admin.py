"""Support view of this room: look, never touch."""

from django.contrib import admin

from references.consents.models import ConsentTemplate, ConsentTerm, Release
from refprogram.people.admin import ReadOnly


@admin.register(ConsentTemplate)
class TemplateAdmin(ReadOnly):
    """Versions of the words."""

    list_display = ("name", "version", "months", "retired_at")
    search_fields = ("name", "public_id")


@admin.register(ConsentTerm)
class TermAdmin(ReadOnly):
    """What was agreed to."""

    list_display = ("contact", "scope", "channel", "audience", "territory", "expires_on", "revoked_at")
    list_filter = ("scope", "channel", "audience")
    search_fields = ("public_id", "contact__person__name")
    list_select_related = ("contact__person",)


@admin.register(Release)
class ReleaseAdmin(ReadOnly):
    """Who was asked."""

    list_display = ("contact", "template", "state", "until", "answered_at")
    list_filter = ("state",)
    search_fields = ("public_id",)
    list_select_related = ("contact__person", "template")
