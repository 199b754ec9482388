"""When each retention policy was last carried out, and what it took away."""

from django.db import models


class RetentionRun(models.Model):
    """The last run of one policy (a name in settings.RETENTION), and the sum of all runs."""

    policy = models.CharField(max_length=40, unique=True)
    ran_at = models.DateTimeField()
    removed = models.PositiveIntegerField(default=0, help_text="By the last run that found something.")
    removed_at = models.DateTimeField(null=True)
    total = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.policy
