"""What is left to do once winners are announced: what entrants read, what is written to all, what entries become."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from awards.closing.enums import StoryState
from awards.contests.models import Contest
from awards.entries.models import ContestEntry, EntryMetric
from awards.judging.models import Ballot
from references.models import Asset, Outcome
from refprogram.governance.models import Task
from refprogram.kernel.models import Noun
from refprogram.people.models import User


class Closing(Noun):
    """How a contest is brought to its end. The letter to entrants, and when all were thanked, lie in `WinnerKit`."""

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="closing")
    offers_feedback = models.BooleanField(default=True, help_text="Entrants who asked for it read what judges said.")
    feedback_opened_at = models.DateTimeField(null=True, blank=True)
    feedback_opened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    to_judges = models.TextField(blank=True)
    to_helpers = models.TextField(blank=True)
    to_nominators = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.contest_id}"


class Feedback(Noun):
    """A judge's comment as the entrant reads it: passed or changed by a moderator, never with a name.

    `passed_by` is who decided, also where it was held back.
    """

    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="feedback")
    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, related_name="feedback")
    text = models.TextField()
    passed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    passed_at = models.DateTimeField(null=True, blank=True)
    held_back = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(condition=~Q(held_back=True, passed_at__isnull=False), name="feedback_one_decision")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}"


class FollowUp(Noun):
    """What a customer's eligible entry became: a draft story with a task for its writer, or why there is none."""

    entry = models.OneToOneField(ContestEntry, on_delete=models.CASCADE, related_name="follow_up")
    state = models.CharField(max_length=10, choices=StoryState.choices)
    asset = models.OneToOneField(Asset, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    writer = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    task = models.OneToOneField(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StoryState.values), name="follow_up_state_known"),
            models.CheckConstraint(
                condition=Q(state=StoryState.DRAFTED) | Q(asset__isnull=True), name="follow_up_story_or_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}"


class RecordedResult(models.Model):
    """A measured result of an entry that was noted as an outcome of the customer; verified there by somebody else."""

    metric = models.OneToOneField(EntryMetric, on_delete=models.CASCADE, related_name="recorded")
    outcome = models.OneToOneField(Outcome, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.metric_id}: {self.outcome_id}"
