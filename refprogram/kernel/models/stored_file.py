"""One uploaded file, as it is kept: cleaned, hashed, under a random name outside the web root."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from refprogram.kernel.enums import FileState
from refprogram.kernel.models.base import Noun


class StoredFile(Noun):
    """A file's facts; its bytes lie in the default storage under `path`, a random name.

    `sha256` and `size` are of the bytes as kept (after cleaning). A file is handed out only while it is CLEAN.
    """

    name = models.CharField(max_length=120, help_text="As the person called it, made harmless.")
    path = models.CharField(max_length=120, unique=True, editable=False)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=12, choices=FileState.choices, default=FileState.QUARANTINED)
    verdict = models.CharField(max_length=200, blank=True, help_text="What the scanner said.")
    purpose = models.CharField(max_length=40, help_text="Name of its policy in settings.FILE_POLICIES.")
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    person_id = models.BigIntegerField(null=True, blank=True, help_text="Who sent it by signed link, or by account.")
    removed_at = models.DateTimeField(null=True, blank=True, help_text="Since when its bytes are gone.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=FileState.values), name="file_state_known")]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="file_of_subject")]

    def __str__(self) -> str:
        return self.name

    @property
    def ready(self) -> bool:
        """Whether it may be handed out."""
        return self.state == FileState.CLEAN and self.removed_at is None
