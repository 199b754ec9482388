"""Runs of the assignment: what was asked, what came out, why it could not be."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from awards.assignment.enums import RunKind, RunState
from awards.judging.models import Round
from refprogram.kernel.addresses import row_url
from refprogram.kernel.enums import JobState
from refprogram.kernel.models import Job, Noun
from refprogram.people.models import User


class PanelRun(Noun):
    """One division of the work of a round. Its proposals are `Assignment` rows in state proposed until released.

    `parameters` and the round's seed make it repeatable. `report`: cost, load per judge, components, mean variance of
    a difference against the ideal, what changed, and if it is not possible: the tight entries and judges and the
    smallest repair.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=9, choices=RunKind.choices, default=RunKind.FRESH)
    state = models.CharField(max_length=9, choices=RunState.choices, default=RunState.QUEUED)
    parameters: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    computed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="assignment_run_state_known"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(state__in=["queued", "preview"]), name="assignment_run_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.kind}"

    @property
    def broken(self) -> bool:
        """Whether its job ended without an answer: something broke on our side."""
        return self.state == RunState.QUEUED and self.job is not None and self.job.state == JobState.FAILED

    def get_absolute_url(self) -> str:
        """Return the page of the run."""
        return row_url("awards:panel-run", self.public_id)
