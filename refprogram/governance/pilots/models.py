"""Pilots, who is in them, by what they are judged, what sales said, and what their people wrote down."""

from typing import Final

import pgtrigger
from django.db import models
from django.db.models import F, Q

from refprogram.governance.pilots.enums import DECISIONS, OPEN, Answer, PilotKind, PilotState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.kernel.stale import RevisedByMoment
from refprogram.people.models import User

ANSWER_CHANGES: Final = """
OLD.answered_at IS NOT NULL AND (
    OLD.pilot_id, OLD.version, OLD.asked_id, OLD.asked_by_id, OLD.question, OLD.answer, OLD.words, OLD.condition,
    OLD.answered_at
) IS DISTINCT FROM (
    NEW.pilot_id, NEW.version, NEW.asked_id, NEW.asked_by_id, NEW.question, NEW.answer, NEW.words, NEW.condition,
    NEW.answered_at
)
"""


@keep_edits(leave_out=("version", "reminded_at"))
class Pilot(RevisedByMoment, Noun):
    """One thing that a chosen few try first: what, why, who, from when to when, and what was decided.

    `kind` and `thing` (a public id, or the name of a feature) say what it is; `version` counts the changes of what
    sales is asked about: a yes is for the words that were read.
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=PilotKind.choices)
    thing = models.CharField(max_length=40)
    label = models.CharField(max_length=200, help_text="How it was called when it was chosen.")
    touches_customers = models.BooleanField(default=False)
    hypothesis = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=PilotState.choices, default=PilotState.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True, help_text="Why it was decided so.")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    repeats = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="repeated_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PilotState.values), name="pilot_state_known"),
            models.CheckConstraint(condition=Q(kind__in=PilotKind.values), name="pilot_kind_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pilot_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state__in=DECISIONS) | (Q(decided_at__isnull=False) & ~Q(because="")),
                name="pilot_decided_with_reason",
            ),
            models.UniqueConstraint(fields=["kind", "thing"], condition=Q(state__in=OPEN), name="pilot_one_is_open"),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="pilot_by_state"),
            models.Index(fields=["kind", "thing", "-id"], name="pilot_of_thing"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the pilot."""
        return row_url("governance:pilot", self.public_id)


class PilotMember(models.Model):
    """Somebody who tries it."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["pilot", "user"], name="pilot_member_once")]

    def __str__(self) -> str:
        return f"{self.pilot_id}: {self.user_id}"


class PilotCriterion(Noun):
    """What has to be so at the end for it to reach everybody; `met` is empty until somebody has looked."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="criteria")
    text = models.CharField(max_length=200)
    how = models.CharField(max_length=200, blank=True, help_text="How it is measured.")
    target = models.CharField(max_length=80, blank=True)
    seen = models.CharField(max_length=300, blank=True)
    met = models.BooleanField(null=True)
    judged_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class PilotConsult(Noun):
    """Somebody of sales was asked about a version of a pilot. What they answered is never changed."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="consults")
    version = models.PositiveSmallIntegerField()
    asked = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(blank=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    words = models.TextField(blank=True)
    condition = models.CharField(max_length=300, blank=True)
    by_mail = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True, help_text="When the condition was met.")
    met_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "version", "asked"], name="pilot_asked_once"),
            models.CheckConstraint(condition=~Q(asked=F("asked_by")), name="pilot_nobody_asks_themselves"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="pilot_answer_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.YES_IF) | ~Q(condition=""), name="pilot_yes_if_says_if_what"
            ),
        ]
        indexes = [models.Index(fields=["asked"], name="pilot_waits_for", condition=Q(answered_at__isnull=True))]
        triggers = [
            pgtrigger.Protect(
                name="pilot_answer_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(ANSWER_CHANGES),
            ),
            pgtrigger.Protect(
                name="pilot_answer_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id}: {self.answer}"

    def get_absolute_url(self) -> str:
        """Return the page of its pilot."""
        return self.pilot.get_absolute_url()


class PilotNote(Noun):
    """What somebody of the pilot saw, wrote down in confidence. Never changed, only forgotten."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pilot_id}: {self.created_at:%Y-%m-%d}"
