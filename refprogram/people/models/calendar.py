"""When people work: calendars of regions, holidays, leave; and clocks that count working time only."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Noun
from refprogram.people.enums import LeaveKind
from refprogram.people.models.person import User


class BusinessCalendar(Noun):
    """Working hours and public holidays of a place.

    `hours` maps a weekday ("0" = Monday) to its spans, as in [["09:00", "12:30"], ["13:00", "17:30"]].
    """

    name = models.CharField(max_length=80, unique=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166 code; empty: no public holidays.")
    subdivision = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64)
    hours = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0, help_text="Counts changes, also of its days.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="calendar_one_default"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the calendar."""
        return row_url("people:calendar", self.public_id)


class CalendarDay(models.Model):
    """A day that differs: closed (a holiday), or open at other hours."""

    calendar = models.ForeignKey(BusinessCalendar, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    name = models.CharField(max_length=120)
    hours = models.JSONField(default=list, blank=True, help_text="Empty: closed all day.")
    from_country = models.BooleanField(default=False, help_text="Taken from the country's public holidays.")
    revision = models.PositiveIntegerField(default=0, help_text="The calendar's, as it was said.")

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class Leave(Noun):
    """Days on which a colleague does not work: holiday, parental leave, illness."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="leaves")
    kind = models.CharField(max_length=10, choices=LeaveKind.choices, default=LeaveKind.HOLIDAY)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="leave_ends_after_start"),
        ]
        indexes = [models.Index(fields=["user", "ends_on"], name="leave_of_person")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.starts_on} - {self.ends_on}"


class SlaClock(Noun):
    """How much working time something has taken, and when it is due. It stands still while `paused_at` is set."""

    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    calendar = models.ForeignKey(BusinessCalendar, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField(help_text="Working minutes allowed.")
    started_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    paused_minutes = models.PositiveIntegerField(default=0, help_text="Working minutes that did not count.")
    stopped_at = models.DateTimeField(null=True, blank=True)
    used_minutes = models.PositiveIntegerField(null=True, blank=True, help_text="Working minutes taken, once stopped.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_type", "subject_id"], name="clock_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="clock_running", condition=Q(stopped_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"


class ClockPause(models.Model):
    """One stretch in which a clock stood still, and why."""

    clock = models.ForeignKey(SlaClock, on_delete=models.CASCADE, related_name="pauses")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.reason}"
