"""The support view of this room: to look at; changes go through the pages and the stream."""

from django.contrib import admin

from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Evaluation, Task
from refprogram.people.admin import ReadOnly


@admin.register(ConsequencePolicy)
class ConsequencePolicyAdmin(ReadOnly):
    """Policies."""

    list_display = ("name", "metric", "effect", "live", "live_since", "owner")
    list_filter = ("live", "effect")
    list_select_related = ("owner__person",)


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnly):
    """What was looked at."""

    list_display = ("policy", "starts_on", "ends_on", "cohort", "named")
    list_select_related = ("policy",)


@admin.register(ConsequenceCase)
class ConsequenceCaseAdmin(ReadOnly):
    """Cases."""

    list_display = ("policy", "user", "period_starts_on", "state", "takes_effect_at", "ends_at")
    list_filter = ("state",)
    list_select_related = ("policy", "user__person")


@admin.register(Task)
class TaskAdmin(ReadOnly):
    """Tasks."""

    list_display = ("title", "assignee", "state", "due_on", "given_by")
    list_filter = ("state",)
    list_select_related = ("assignee__person", "given_by__person")
