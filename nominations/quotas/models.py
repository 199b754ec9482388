"""Quota plans, each person’s share of one, and what was counted for it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nominations.quotas.enums import Counts, QuotaState, Rung
from nominations.waves.models import Wave
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import Region, Team, User


@keep_edits(leave_out=("opened_at", "closed_at"))
class QuotaPlan(Noun):
    """So many nominations of a population in a period. Owned by the head of sales."""

    name = models.CharField(max_length=120, unique=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="quota_plans")
    starts_on = models.DateField()
    ends_on = models.DateField()
    # With a wave the dates are those of each person's cohort, so that later cohorts are not punished.
    wave = models.ForeignKey(Wave, null=True, blank=True, on_delete=models.SET_NULL, related_name="quotas")
    roles = ArrayField(models.CharField(max_length=20), default=list)
    teams = models.ManyToManyField(Team, blank=True, related_name="+")
    regions = models.ManyToManyField(Region, blank=True, related_name="+")
    target = models.DecimalField(max_digits=5, decimal_places=2, help_text=_("For a whole period, per person."))
    counts = models.CharField(max_length=10, choices=Counts.choices, default=Counts.APPROVED)
    gap_weight = models.DecimalField(
        max_digits=3, decimal_places=2, default="1.50", help_text=_("What one in a gap of the coverage counts.")
    )
    new_hire_days = models.PositiveSmallIntegerField(default=90, help_text=_("Days in which a newcomer owes nothing."))
    grace_days = models.PositiveSmallIntegerField(default=7)
    rungs = ArrayField(models.CharField(max_length=10, choices=Rung.choices), default=list, blank=True)
    state = models.CharField(max_length=8, choices=QuotaState.choices, default=QuotaState.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QuotaState.values), name="quota_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="quota_ends_after_start"),
            models.CheckConstraint(condition=Q(target__gt=0), name="quota_asks_something"),
            models.CheckConstraint(condition=Q(gap_weight__gte=1), name="quota_gap_not_less"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the quota."""
        return row_url("nominations:quota", self.public_id)


class QuotaShare(Noun):
    """What one person owes: the target in proportion to the days they were there, and what has been counted."""

    plan = models.ForeignKey(QuotaPlan, on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="quota_shares")
    starts_on = models.DateField()
    ends_on = models.DateField()
    working_days = models.PositiveSmallIntegerField(default=0)
    days_off = models.PositiveSmallIntegerField(default=0, help_text="Working days on leave or before they owed.")
    target = models.DecimalField(max_digits=5, decimal_places=2)
    counted = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    reached_at = models.DateTimeField(null=True, blank=True)
    rung = models.CharField(max_length=10, choices=Rung.choices, blank=True, help_text="The last step taken.")
    rung_at = models.DateTimeField(null=True, blank=True)
    case = models.ForeignKey(ConsequenceCase, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    waived_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    waived_at = models.DateTimeField(null=True, blank=True)
    waive_reason = models.TextField(blank=True)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "user"], name="quota_one_share_each"),
            models.CheckConstraint(condition=Q(counted__gte=0, target__gte=0), name="quota_share_not_negative"),
        ]
        indexes = [models.Index(fields=["user", "-starts_on"], name="quota_share_of")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.user_id}"


class QuotaCount(models.Model):
    """A nomination that counts for a share; in one plan each counts once for each person credited."""

    share = models.ForeignKey(QuotaShare, on_delete=models.CASCADE, related_name="counts")
    plan = models.ForeignKey(QuotaPlan, on_delete=models.CASCADE, related_name="+")
    nomination_id = models.BigIntegerField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    value = models.DecimalField(max_digits=4, decimal_places=2)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "nomination_id", "user"], name="quota_counts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.share_id}: {self.nomination_id}"
