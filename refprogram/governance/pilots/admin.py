"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.pilots.models import Pilot
from refprogram.people.admin import ReadOnly


@admin.register(Pilot)
class PilotAdmin(ReadOnly):
    """Pilots; what their people wrote down is not here."""

    list_display = ("name", "kind", "label", "state", "starts_on", "ends_on")
    list_filter = ("state", "kind")
