"""What was merged into what, and what that moved."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Noun
from refprogram.people.models import User


class Merge(Noun):
    """One merge of two accounts or two contacts. `moved` is what undoing needs: `{model label: [ids]}`."""

    noun = models.CharField(max_length=10, choices=[("account", _("account")), ("contact", _("contact"))])
    kept_id = models.BigIntegerField()
    merged_id = models.BigIntegerField()
    moved = models.JSONField(default=dict)
    facts = models.JSONField(default=dict, help_text=_("Fields of the kept row as they were before."))
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["noun", "kept_id"], name="merge_of_kept")]

    def __str__(self) -> str:
        return f"{self.noun} {self.merged_id} → {self.kept_id}"

    def get_absolute_url(self) -> str:
        """Return the page on which it can be undone."""
        return reverse("references:merging")
