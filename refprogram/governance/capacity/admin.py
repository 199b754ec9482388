"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.capacity.models import CapacityAlert, Demand
from refprogram.people.admin import ReadOnly


@admin.register(Demand)
class DemandAdmin(ReadOnly):
    """What is asked of the program."""

    list_display = ("name", "month", "hours", "subject_type", "subject_id")
    list_filter = ("month", "kind")


@admin.register(CapacityAlert)
class CapacityAlertAdmin(ReadOnly):
    """Months that lack hours."""

    list_display = ("month", "percent", "told", "raised_at", "relieved_at")
