"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.capacity.models import Demand
from refprogram.people.admin import ReadOnly


@admin.register(Demand)
class DemandAdmin(ReadOnly):
    """What is asked of the program."""

    list_display = ("name", "month", "hours", "subject_type", "subject_id")
    list_filter = ("month", "kind")
