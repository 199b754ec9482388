"""Support view of this room: look, never touch."""

from django.contrib import admin

from references.profiles.models import Correction, LinkedProgram, Outcome, Participation, Unmasking
from refprogram.people.admin import ReadOnly


@admin.register(Outcome)
class OutcomeAdmin(ReadOnly):
    """What got better at customers."""

    list_display = ("metric", "account", "before", "after", "verified_at")
    search_fields = ("metric", "public_id", "account__name")
    list_select_related = ("account",)


@admin.register(Correction)
class CorrectionAdmin(ReadOnly):
    """What colleagues say is wrong in the CRM."""

    list_display = ("account", "field", "state", "created_at")
    list_filter = ("state", "field")
    search_fields = ("public_id", "account__name")
    list_select_related = ("account",)


@admin.register(LinkedProgram)
class ProgramAdmin(ReadOnly):
    """Programs that ask the same customers."""

    list_display = ("name", "kind", "cap_per_quarter", "ended_on")
    list_filter = ("kind",)
    search_fields = ("name", "public_id")


@admin.register(Participation)
class ParticipationAdmin(ReadOnly):
    """Who takes part in them."""

    list_display = ("program", "contact", "state", "since", "until")
    list_filter = ("state",)
    search_fields = ("public_id",)
    list_select_related = ("program", "contact__person")


@admin.register(Unmasking)
class UnmaskingAdmin(ReadOnly):
    """Who was shown the name of a masked account."""

    list_display = ("account", "user", "at", "until", "reason")
    search_fields = ("account__name", "reason")
    list_select_related = ("account", "user__person")
