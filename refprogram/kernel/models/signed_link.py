"""A link that lets a person without an account do one thing."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SignedLink(models.Model):
    """The row behind `/s/<token>/`. Only the token's hash is kept: a copy of the database opens nothing.

    `person_id` is empty for open and QR links. Whether a purpose may be used once or many times is set where the
    purpose is declared (`settings.LINK_PURPOSES`).
    """

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    person_id = models.BigIntegerField(null=True, db_index=True)
    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id"], name="link_open_subject", condition=Q(revoked_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_type}:{self.subject_id}"
