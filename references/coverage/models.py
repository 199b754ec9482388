"""Wanted numbers per cell, recruiting targets, plans for certain customers; the map, and what it was each month."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Account, ActivityType
from references.coverage.enums import Dimension, PlanState, TargetState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import User


@keep_edits()
class CellTarget(Noun):
    """How many free references one cell of the map should have. `cell` is `{dimension: value}`, `key` its one spelling.

    Values: the industry's, use case's, persona's and size band's own word, the id of a region or product.
    """

    key = models.CharField(max_length=300, unique=True)
    cell = models.JSONField()
    wanted = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.key


@keep_edits()
class RecruitingTarget(Noun):
    """So many new references for a cell, by a day; nominations made from it name it as their source."""

    title = models.CharField(max_length=200)
    cell = models.JSONField(default=dict)
    wanted = models.PositiveSmallIntegerField()
    gained = models.PositiveSmallIntegerField(default=0, editable=False)
    due_on = models.DateField()
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=TargetState.choices, default=TargetState.OPEN)

    def __str__(self) -> str:
        return self.title

    @property
    def as_field(self) -> tuple[str, str]:
        """How a form or an address names it as where somebody comes from."""
        return "target", self.public_id

    @property
    def missing(self) -> int:
        """How many references it still lacks."""
        return max(0, self.wanted - self.gained)

    def get_absolute_url(self) -> str:
        """The target's page."""
        return row_url("references:recruiting-target", self.public_id)


@keep_edits()
class TargetPlan(Noun):
    """How one certain customer is to be won: through whom, for what, against which offer, in which steps."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="target_plans")
    target = models.ForeignKey(RecruitingTarget, null=True, blank=True, on_delete=models.SET_NULL, related_name="plans")
    reason = models.TextField(blank=True)
    asks = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    offer = models.TextField(blank=True, help_text=_("Joint marketing that they get for it."))
    sponsor = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.PLANNED)
    due_on = models.DateField(null=True, blank=True)
    won_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state__in=["planned", "connecting", "offered", "agreed"]),
                name="target_plan_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.state}"

    def get_absolute_url(self) -> str:
        """The plan's page."""
        return row_url("references:plan", self.public_id)


class Connector(models.Model):
    """A colleague through whom the customer is reached, and how they know them."""

    plan = models.ForeignKey(TargetPlan, on_delete=models.CASCADE, related_name="connectors")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    knows = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="connector_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.user_id}"


class PlanStep(models.Model):
    """One dated step of a plan."""

    plan = models.ForeignKey(TargetPlan, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200)
    who = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class CoverageSnapshot(models.Model):
    """The map of two dimensions as it was on a day: `cells` is `[[a, b, available, target, demand], …]`."""

    taken_on = models.DateField()
    across = models.CharField(max_length=10, choices=Dimension.choices)
    down = models.CharField(max_length=10, choices=Dimension.choices)
    cells = models.JSONField()
    coverage = models.DecimalField(max_digits=5, decimal_places=1, null=True, help_text=_("Percent, as defined."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["taken_on", "across", "down"], name="coverage_snapshot_once")]

    def __str__(self) -> str:
        return f"{self.taken_on} {self.across} × {self.down}"


class TargetAsk(models.Model):
    """A colleague who was asked to nominate for a target; `account_ids` are the customers that we named to them."""

    target = models.ForeignKey(RecruitingTarget, on_delete=models.CASCADE, related_name="asked")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    account_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "user"], name="target_asked_once")]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.user_id}"


class TargetNomination(models.Model):
    """A nomination that names a target as its source, as the stream tells of it; enrolled ones are what it gained."""

    target = models.ForeignKey(RecruitingTarget, on_delete=models.CASCADE, related_name="nominations")
    nomination_id = models.BigIntegerField(unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    nominator = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    nominated_at = models.DateTimeField()
    enrolled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.target_id}: {self.nomination_id}"


class UnmetDemand(models.Model):
    """A request for which nobody was found, as the stream tells of it: demand of its cell that was not met.

    `values` is `{dimension: value}` with what it must have had, or what its deal is like; of the rest nothing is said.
    """

    request_id = models.BigIntegerField(unique=True)
    values = models.JSONField(default=dict)
    why = models.CharField(max_length=16)
    activity = models.ForeignKey(ActivityType, null=True, on_delete=models.SET_NULL, related_name="+")
    missed_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.request_id}: {self.why}"


class CoverageMark(models.Model):
    """An account of which something changed that the map counts. Written by triggers, taken away by `recount`."""

    account_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.account_id)


class CoverageRound(models.Model):
    """When the map was last counted: one row."""

    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.counted_at)


class CoverageFact(models.Model):
    """What the map counts of one reference: `values` is `{dimension: {value: contacts}}`.

    No foreign key: when an account is gone, what it counted for must still be known to be taken back. `changes_at` is
    when time alone changes `available`; `free_on` the day on which it is free again if nothing happens.
    """

    account_id = models.BigIntegerField(primary_key=True)
    available = models.BooleanField(default=False)
    contacts = models.PositiveSmallIntegerField(default=0)
    values = models.JSONField(default=dict)
    changes_at = models.DateTimeField(null=True, db_index=True)
    free_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.account_id)


class CoverageCell(models.Model):
    """One cell of one cut (up to three dimensions): who is available, and what is expected to be asked in 90 days.

    `cut` names the dimensions in their order, joined by dots; the values stand in `first`, `second`, `third`.
    """

    cut = models.CharField(max_length=40)
    first = models.CharField(max_length=80, blank=True)
    second = models.CharField(max_length=80, blank=True)
    third = models.CharField(max_length=80, blank=True)
    # No check that they are not negative: it would be asked of the difference, before that is added.
    available = models.IntegerField(default=0)
    contacts = models.IntegerField(default=0)
    demand = models.FloatField(default=0)
    variance = models.FloatField(default=0)
    deals = models.FloatField(default=0)
    pipeline = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cut", "first", "second", "third"], name="coverage_cell_once")]
        indexes = [
            models.Index(fields=["cut", "second"], name="coverage_cell_second"),
            models.Index(fields=["cut", "third"], name="coverage_cell_third"),
        ]

    def __str__(self) -> str:
        return f"{self.cut}: {self.first} {self.second} {self.third}"


class DemandForecast(models.Model):
    """What was expected on a day: rates and their counts, segments by month, hours by kind (planning.Forecast)."""

    made_on = models.DateField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    figures = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.made_on)
