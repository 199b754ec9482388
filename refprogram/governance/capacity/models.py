"""The register of demand: one row for each thing that somebody wants of the program; the months that lack hours."""

from django.db import models
from django.db.models import F, Q

from refprogram.kernel.addresses import address
from refprogram.kernel.models import Noun


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
    done = models.BooleanField(default=False, help_text="The work is behind us: nothing can push it out any more.")
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


class CapacityAlert(Noun):
    """A month that lacks hours: by how many percent when it was last looked at, and the worst that was told.

    `told` outlives `relieved_at`: a month that goes up and down across the threshold is told of once.
    """

    month = models.DateField(unique=True)
    percent = models.PositiveSmallIntegerField()
    told = models.PositiveSmallIntegerField(default=0)
    raised_at = models.DateTimeField()
    relieved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="capacity_alert_month_begins"),
            models.CheckConstraint(
                condition=Q(relieved_at__isnull=True) | Q(relieved_at__gte=F("raised_at")),
                name="capacity_alert_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month}: {self.percent}"

    def get_absolute_url(self) -> str:
        """Return the page of all months."""
        return address("governance:capacity")
