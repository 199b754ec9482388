"""A form that was sent: the reason why sending it twice does nothing twice."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class SubmittedForm(models.Model):
    """The first submission of one rendered form, written in the transaction of what the form did.

    A second POST with the same key waits for that transaction (unique key) and is then sent to `result_url`.
    Forms behind a signed link have no user.
    """

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    result_url = models.CharField(max_length=2000, blank=True)

    def __str__(self) -> str:
        return str(self.key)
