"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.charter.models import CharterLink, CharterVersion
from refprogram.people.admin import ReadOnly


@admin.register(CharterVersion)
class CharterVersionAdmin(ReadOnly):
    """Versions of the charter."""

    list_display = ("number", "state", "revision", "published_at")
    list_filter = ("state",)


@admin.register(CharterLink)
class CharterLinkAdmin(ReadOnly):
    """Links to the charter."""

    list_display = ("label", "expires_at", "withdrawn_at")
