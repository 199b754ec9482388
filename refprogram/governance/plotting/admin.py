"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.plotting.models import PlottedRequest
from refprogram.people.admin import ReadOnly


@admin.register(PlottedRequest)
class PlottedRequestAdmin(ReadOnly):
    """What was asked of the program."""

    list_display = ("text", "place", "hours", "state", "due_on")
    list_filter = ("place", "state")
    search_fields = ("text", "public_id")
