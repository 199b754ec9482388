"""The stream: what happened, and who still has to hear of it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from refprogram.kernel.models.base import PUBLIC_ID_LENGTH, new_public_id


class Event(models.Model):
    """One fact, written in the transaction that made it true; never changed, never deleted.

    `account_id`, `actor_id` (a person) and `subject_id` are plain ids without a foreign key, so that the
    kernel knows no noun and an erased row leaves the stream whole. `payload` holds ids and facts, no names.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    topic = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    occurred_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "-id"], name="event_account", condition=Q(account_id__isnull=False)),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="event_subject"),
            models.Index(fields=["topic", "id"], name="event_topic"),
            models.Index(fields=["actor_id", "-id"], name="event_actor", condition=Q(actor_id__isnull=False)),
        ]
        triggers = [
            pgtrigger.Protect(name="event_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject_type}:{self.subject_id}"


class Delivery(models.Model):
    """One handler's debt to one event. Done in the same transaction as the handler's effects: exactly once."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="delivery_once")]
        indexes = [
            models.Index(fields=["handler", "event"], name="delivery_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.handler} <- {self.event_id}"

    @property
    def failing(self) -> bool:
        """Whether it was tried and failed, and waits for its next try."""
        return self.done_at is None and self.attempts > 0
