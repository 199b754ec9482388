"""The register of demand: one row for each thing that somebody wants of the program."""

from django.db import models
from django.db.models import Q


class Demand(models.Model):
    """Working hours that one thing asks of the program, in the month for which it is needed.

    The thing belongs to a room above (`subject_type`, `subject_id`), which says what kind of work it is (`kind`, its
    own word for it, and `name`, as people read it). Wanted no longer, it has no row.
    """

    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    month = models.DateField()
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="demand_once_per_subject"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="demand_is_of_hours"),
            models.CheckConstraint(condition=Q(month__day=1), name="demand_month_begins"),
        ]
        indexes = [models.Index(fields=["month", "kind"], name="demand_by_month")]

    def __str__(self) -> str:
        return f"{self.name}: {self.hours}"
