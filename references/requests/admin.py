"""Support view of this room: look, never touch."""

from django.contrib import admin

from references.requests.models import Candidate, Feedback, ReferenceRequest
from refprogram.people.admin import ReadOnly


@admin.register(ReferenceRequest)
class RequestAdmin(ReadOnly):
    """Reference requests."""

    list_display = ("purpose", "state", "requester", "due_at", "needed_by")
    list_filter = ("state", "activity")
    search_fields = ("purpose", "public_id")
    list_select_related = ("requester__person", "activity")


@admin.register(Candidate)
class CandidateAdmin(ReadOnly):
    """Customers tried for requests."""

    list_display = ("account", "state", "score", "invited_at", "answered_at")
    list_filter = ("state",)
    search_fields = ("public_id", "account__name")
    list_select_related = ("account",)


@admin.register(Feedback)
class FeedbackAdmin(ReadOnly):
    """What both sides said."""

    list_display = ("candidate", "side", "rating", "created_at")
    list_filter = ("side", "rating")
    list_select_related = ("candidate",)
