"""Faults of records, demerits that the review board gave, and months as they were closed."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from incentives.quality.enums import Attribute, FaultKind, RecordType
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Noun
from refprogram.people.models import User


class Fault(Noun):
    """One thing that is wrong with one record, and whose it is to mend. A new owner gets a fault of their own.

    `clock_from`: from when the hours to mend it run (found; or begun anew, when a proposal was refused). They stand
    still for good at `proposed_at`. The record is named by type and key: it may be merged away.
    """

    record_type = models.CharField(max_length=12, choices=RecordType.choices)
    record_id = models.BigIntegerField()
    label = models.CharField(max_length=200, help_text="What the record was called when it was found.")
    attribute = models.CharField(max_length=12, choices=Attribute.choices)
    kind = models.CharField(max_length=10, choices=FaultKind.choices)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="faults")
    found_at = models.DateTimeField(default=timezone.now)
    clock_from = models.DateTimeField(default=timezone.now)
    proposed_at = models.DateTimeField(null=True, blank=True, help_text="A write-back is on its way: the clock stops.")
    mended_at = models.DateTimeField(null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    excuse = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(record_type__in=RecordType.values), name="fault_record_known"),
            models.CheckConstraint(condition=Q(kind__in=FaultKind.values), name="fault_kind_known"),
            models.CheckConstraint(
                condition=Q(mended_at__isnull=True) | Q(mended_at__gte=F("found_at")), name="fault_mended_after_found"
            ),
            models.UniqueConstraint(
                fields=["record_type", "record_id", "attribute"],
                condition=Q(mended_at__isnull=True),
                name="fault_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "found_at"], name="fault_open_of", condition=Q(mended_at__isnull=True)),
            models.Index(fields=["user", "-mended_at"], name="fault_mended_of", condition=Q(mended_at__isnull=False)),
            models.Index(fields=["-found_at", "-id"], name="fault_by_day", condition=Q(mended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.attribute}"

    def get_absolute_url(self) -> str:
        """Return the page on which it is excused."""
        return row_url("incentives:fault", self.public_id)


class Mark(Noun):
    """Demerits that follow from a case of the review board, on the day on which it took effect."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="marks")
    case = models.OneToOneField(ConsequenceCase, on_delete=models.CASCADE, related_name="mark")
    on = models.DateField()
    points = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    waived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(points__gt=0), name="mark_costs")]
        indexes = [models.Index(fields=["user", "on"], name="mark_of_person")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}: {self.points}"


class QualityMonth(Noun):
    """A person's month as it was closed: the score, its lines, and all that it follows from (`inputs`)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="quality_months")
    month = models.DateField(help_text="Its first day.")
    score = models.PositiveSmallIntegerField()
    records = models.PositiveIntegerField(help_text="How many records were the person's when it was closed.")
    demerits = models.PositiveIntegerField()
    refunded = models.PositiveIntegerField(help_text="How many demerits were given back.")
    lines = models.JSONField(default=list)
    inputs = models.JSONField(default=dict)
    closed_at = models.DateTimeField(default=timezone.now)
    won = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "month"], name="quality_month_once"),
            models.UniqueConstraint(fields=["month"], condition=Q(won=True), name="quality_month_one_winner"),
            models.CheckConstraint(condition=Q(score__lte=100), name="quality_score_to_100"),
            models.CheckConstraint(condition=Q(month__day=1), name="quality_month_begins"),
        ]
        indexes = [models.Index(fields=["-month", "-score", "id"], name="quality_by_month")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.month:%Y-%m}: {self.score}"

    def get_absolute_url(self) -> str:
        """Return the page of the month."""
        return row_url("incentives:quality-month", self.public_id)
