"""What the roof keeps itself: targets, and the figures of a day that cannot be counted afterwards."""

from django.db import models
from django.db.models import Q

from refprogram.people.models import User


class Target(models.Model):
    """What a figure of the executive page should reach in one quarter; without a value it was taken back."""

    figure = models.CharField(max_length=40)
    starts_on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["figure", "starts_on"], name="one_target_per_quarter"),
            models.CheckConstraint(condition=Q(value__gt=0), name="target_is_positive"),
        )

    def __str__(self) -> str:
        return f"{self.figure} {self.starts_on}: {self.value}"


class Snapshot(models.Model):
    """A figure of the whole program as it stood on one day: for those that no row remembers."""

    figure = models.CharField(max_length=40)
    taken_on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["figure", "taken_on"], name="one_snapshot_a_day"),)

    def __str__(self) -> str:
        return f"{self.figure} {self.taken_on}: {self.value}"
