"""Figures kept as they happen, so that a standings page never counts a stream."""

from django.db import models


class Rollup(models.Model):
    """One kept figure: `metric`, of one `key` in one `dimension`, over one period.

    Example: ("nominations.enrolled", "quarter", 2026-10-01, "team", 7) -> value 12. Changed only by
    `rollups.add`, in the transaction of the row that causes it; proved by `manage.py verify`.
    """

    metric = models.CharField(max_length=40)
    period = models.CharField(max_length=8)
    starts_on = models.DateField()
    dimension = models.CharField(max_length=10)
    key = models.BigIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "period", "starts_on", "dimension", "key"], name="rollup_one_figure"
            ),
        ]
        indexes = [
            models.Index(fields=["metric", "period", "starts_on", "dimension", "-value", "key"], name="rollup_ranked"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.period} {self.starts_on} {self.dimension}:{self.key}"
