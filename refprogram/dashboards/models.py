"""What the roof keeps itself: targets, countings of the metrics with their readings, what is mailed to whom."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from refprogram.dashboards.enums import CountingKind, Rhythm
from refprogram.kernel.models import Noun
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


class QuarterLines(models.Model):
    """The figures of the quarter with the quarters before it, as readers of one sight see them, counted by the beat."""

    sight = models.CharField(max_length=8, unique=True)
    starts_on = models.DateField(help_text="The first day of the present quarter: the last value of each line.")
    lines = models.JSONField(default=dict)
    counted_at = models.DateTimeField(default=timezone.now)
    stream_at = models.BigIntegerField(default=0, help_text="The last event that had happened.")

    def __str__(self) -> str:
        return f"{self.sight} {self.starts_on}"


class Counting(Noun):
    """All metrics of the dictionary, counted at one moment as of one day.

    There is one live counting, written anew through the day; each month leaves one behind, and people keep one when
    they want to. `afterwards`: the month was over when it was counted, so what no row remembers is missing in it.
    """

    kind = models.CharField(max_length=6, choices=CountingKind.choices)
    as_of = models.DateField()
    counted_at = models.DateTimeField(default=timezone.now)
    stream_at = models.BigIntegerField(default=0, help_text="The last event that had happened.")
    afterwards = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=CountingKind.values), name="counting_kind_known"),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="live"), name="one_live_counting"),
            models.UniqueConstraint(fields=["as_of"], condition=Q(kind="month"), name="one_counting_a_month"),
        )
        indexes = (models.Index(fields=["kind", "as_of"], name="counting_by_day"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.as_of}"

    def get_absolute_url(self) -> str:
        """Return the page of what was kept."""
        return reverse("dashboards:snapshot", args=[self.public_id])


class Reading(models.Model):
    """One metric of one counting. No value: `why` says why not; `facts` are what the value was computed from."""

    counting = models.ForeignKey(Counting, on_delete=models.CASCADE, related_name="readings")
    metric = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    n = models.PositiveIntegerField(null=True)
    low = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    why = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["counting", "metric"], name="one_reading_a_counting"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, why="") | (Q(value__isnull=True) & ~Q(why="")),
                name="reading_or_reason",
            ),
        )
        indexes = (models.Index(fields=["metric", "counting"], name="reading_of_metric"),)

    def __str__(self) -> str:
        return f"{self.metric}: {self.why if self.value is None else self.value}"


class MailPlan(Noun):
    """A dashboard or a list that somebody gets by mail, each week or each month, as they may see it that day."""

    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=80)
    page = models.CharField(max_length=80, help_text="The page's name among the addresses.")
    query = models.CharField(max_length=2000, blank=True, help_text="Its state, as its address says it.")
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices)
    day = models.PositiveSmallIntegerField(help_text="Of the week, 0 is Monday; or of the month, 1 to 28.")
    due_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="mail_plan_rhythm_known"),
            models.CheckConstraint(
                condition=Q(rhythm="weekly", day__lte=6) | Q(rhythm="monthly", day__range=(1, 28)),
                name="mail_plan_day_of_its_rhythm",
            ),
        )
        indexes = (models.Index(fields=["due_on"], condition=Q(ended_at__isnull=True), name="mail_plan_due"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return where it is changed."""
        return reverse("dashboards:mail", args=[self.public_id])
