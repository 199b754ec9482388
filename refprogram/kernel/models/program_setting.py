"""Figures of policies that somebody changed; the others are as the code says."""

from django.conf import settings
from django.db import models

from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models.base import Noun


@keep_edits(with_added=True, leave_out=("revision", "changed_by", "changed_at"))
class ProgramSetting(Noun):
    """One figure by its key (`references.accounts.capacity`); `value` NULL is the default of the code."""

    key = models.CharField(max_length=100, unique=True)
    value = models.JSONField(null=True)
    revision = models.PositiveIntegerField(
        default=0, help_text="Counts the changes: who looked at an older one is told."
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Return the page on which the figure is changed."""
        return row_url("kernel:program-settings-room", self.key.rpartition(".")[0])
