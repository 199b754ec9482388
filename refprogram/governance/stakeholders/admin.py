"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.stakeholders.models import Launch, Stakeholder
from refprogram.people.admin import ReadOnly


@admin.register(Stakeholder)
class StakeholderAdmin(ReadOnly):
    """Stakeholders."""

    list_display = ("name", "group", "influence", "interest", "contacted_on")
    list_filter = ("group",)
    list_select_related = ("group",)


@admin.register(Launch)
class LaunchAdmin(ReadOnly):
    """Launches that will need references."""

    list_display = ("name", "product", "on", "references")
