"""Waves and their cohorts; who is in which is written down when a cohort opens."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nominations.campaigns.models import Campaign
from nominations.waves.enums import WaveCut, WaveState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import User


@keep_edits(leave_out=("paused_at",))
class Wave(Noun):
    """Cohorts are asked one after the other; intake follows what screening can take."""

    name = models.CharField(max_length=120, unique=True)
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="waves")
    cut = models.CharField(max_length=10, choices=WaveCut.choices, default=WaveCut.LAST_NAME)
    roles = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    starts_on = models.DateField()
    days_each = models.PositiveSmallIntegerField(default=30, help_text=_("Days between the openings of two cohorts."))
    in_work = models.PositiveSmallIntegerField(
        default=20, help_text=_("At most so many nominations in screening at once; more wait in the queue.")
    )
    per_day = models.PositiveSmallIntegerField(
        default=4, help_text=_("How many the screeners decide on a working day.")
    )
    pause_after_days = models.PositiveSmallIntegerField(
        default=10, help_text=_("The next cohort waits when the backlog is more than so many working days.")
    )
    state = models.CharField(max_length=8, choices=WaveState.choices, default=WaveState.PLANNED)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=WaveState.values), name="nomination_wave_state_known"),
            models.CheckConstraint(condition=Q(in_work__gt=0, per_day__gt=0, days_each__gt=0), name="wave_moves"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the wave."""
        return row_url("nominations:wave", self.public_id)


class Cohort(Noun):
    """One part of the company and its time. `rule` by the wave's cut.

    last_name: {"from": "A", "to": "F"}; team, region: {"ids": [1, 2]}; hash: {"part": 0, "of": 4}.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="cohorts")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    rule = models.JSONField(default=dict)
    opens_on = models.DateField()
    closes_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["wave", "number"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="cohort_number_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="cohort_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return self.name


class CohortMember(models.Model):
    """Somebody is asked with this cohort, and with no other of the wave."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "user"], name="cohort_one_per_wave")]

    def __str__(self) -> str:
        return f"{self.cohort_id}: {self.user_id}"
