"""Issues of the newsletter, and who got them."""

from typing import Any

from django.db import models
from django.db.models import Q

from incentives.newsletters.enums import IssueState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Noun
from refprogram.people.models import Person, User


class Newsletter(Noun):
    """One issue. `body` is plain text as `blocks.py` reads it; `facts` is what it was drafted from: whom it names.

    `roles` empty: every colleague. `told` and `opened` are kept, so that who read what need not be.
    """

    title = models.CharField(max_length=120)
    body = models.TextField(max_length=20_000)
    facts: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(default=list, blank=True)
    roles: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=IssueState.choices, default=IssueState.DRAFT)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    told = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="newsletter_state_known"),
            models.CheckConstraint(condition=Q(opened__lte=models.F("told")), name="newsletter_read_by_who_got_it"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of the issue."""
        return row_url("incentives:newsletter", self.public_id)


class NewsletterCopy(models.Model):
    """One colleague's copy: told once, opened first. Kept for a while only (`keeping_times.py`)."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="copies")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["newsletter", "person"], name="newsletter_copy_once")]
        indexes = [
            models.Index(fields=["newsletter", "id"], name="copies_to_send", condition=Q(told_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.newsletter_id} to {self.person_id}"
