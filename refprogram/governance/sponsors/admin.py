"""The support view of this room."""

from django.contrib import admin

from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.people.admin import ReadOnly


@admin.register(Sponsorship)
class SponsorshipAdmin(ReadOnly):
    """Who backs what."""

    list_display = ("user", "backs", "region", "part", "starts_on", "ended_on", "alert")
    list_filter = ("backs", "alert")
    list_select_related = ("user__person", "region")


@admin.register(SponsorPledge)
class SponsorPledgeAdmin(ReadOnly):
    """What was promised."""

    list_display = ("words", "kind", "state", "due_on", "done_on")
    list_filter = ("state", "kind")
