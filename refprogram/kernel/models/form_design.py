"""Forms that people build, their frozen versions, and what was answered."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from refprogram.kernel.addresses import row_url
from refprogram.kernel.enums import AnswerState
from refprogram.kernel.models.base import Noun

VERSION_FROZEN = """
IF OLD.published_at IS NOT NULL AND (NEW.fields IS DISTINCT FROM OLD.fields
   OR NEW.intro IS DISTINCT FROM OLD.intro OR NEW.thanks IS DISTINCT FROM OLD.thanks
   OR NEW.published_at IS DISTINCT FROM OLD.published_at) THEN
    RAISE EXCEPTION 'a published form does not change: publish a new version';
END IF;
RETURN NEW;
"""


class FormDesign(Noun):
    """A form by name; what it asks lies in its versions. `purpose` says which room uses it (survey, entry, …)."""

    name = models.CharField(max_length=120, unique=True)
    purpose = models.CharField(max_length=40, help_text="Name in settings.FORM_PURPOSES.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page on which the form is built."""
        return row_url("kernel:form", self.public_id)


class FormVersion(Noun):
    """What the form asked from `published_at` on; the one draft has none. `fields`: see form_builder.fields."""

    design = models.ForeignKey(FormDesign, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    fields = models.JSONField(default=list)
    intro = models.TextField(blank=True)
    thanks = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="Counts the draft's changes: a stale tab is told.")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["design", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["design", "number"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["design"], condition=Q(published_at__isnull=True), name="form_has_one_draft"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="form_version_frozen", operation=pgtrigger.Update, when=pgtrigger.Before, func=VERSION_FROZEN
            )
        ]

    def __str__(self) -> str:
        return f"{self.design} {self.number}"


class FormAnswer(Noun):
    """One person's answer to one version, about one subject; a draft until it is submitted.

    `values` maps a field's key to its parsed value (numbers and dates as strings, files as public ids).
    `revision` grows with every save, so that two tabs cannot silently overwrite each other.
    """

    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="answers")
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.DRAFT)
    values: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    tab = models.CharField(max_length=12, blank=True, help_text="Which tab saved last: it may go on saving.")
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="answer_state_known"),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "person_id", "version"],
                name="answer_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["version", "-submitted_at"], name="answer_results"),
            models.Index(fields=["subject_type", "subject_id"], name="answer_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.person_id}"
