"""Rules as they are written down, the times they were on, and what they have given."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from incentives.ledger.models import Entry, Wallet
from incentives.rulebook.definition import Definition, read
from incentives.rulebook.enums import PromiseState, RuleState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.kernel.stale import RevisedByMoment
from refprogram.people.models import User


@keep_edits(leave_out=("version",))
class Rule(RevisedByMoment, Noun):
    """When something happens, somebody gets something: what exactly stands in `definition` (`definition.py`).

    It gives for what happened while it was on.
    """

    name = models.CharField(max_length=120)
    definition = models.JSONField()
    state = models.CharField(max_length=8, choices=RuleState.choices, default=RuleState.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    live_since = models.DateTimeField(null=True, blank=True, help_text="Empty: it came with the program.")
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RuleState.values), name="rule_state_known"),
            models.UniqueConstraint(fields=["name"], name="rule_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the rule."""
        return row_url("incentives:rule", self.public_id)

    @property
    def says(self) -> Definition:
        """What it says, read."""
        return read(self.definition)


class RuleSpan(models.Model):
    """From when to when a rule was on, and what it said all that time. Never changed but for its end."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="spans")
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    topics = ArrayField(models.CharField(max_length=64), help_text="What it listens to.")
    since = models.DateTimeField(null=True, help_text="Empty: it came with the program.")
    until = models.DateTimeField(null=True, help_text="Empty: it is on.")
    only = ArrayField(
        models.BigIntegerField(), null=True, help_text="While it is tried: the persons whom it gives to alone."
    )
    approved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule"], condition=Q(until__isnull=True), name="rule_is_on_once"),
        ]
        indexes = [GinIndex(fields=["topics"], name="rule_span_listens")]

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.version}"


class RuleTally(models.Model):
    """What a rule has given to one holder (`folding.holder`; empty: to all together), span by span."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="tallies")
    holder = models.CharField(max_length=24, blank=True)
    sums = models.JSONField(default=dict, help_text='{"quarter:2026-10-01": [amount, times]}')

    class Meta:
        verbose_name_plural = "rule tallies"
        constraints = [models.UniqueConstraint(fields=["rule", "holder"], name="rule_tally_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.holder}"


class Promise(models.Model):
    """Points that wait for a milestone: `topic` happening to the same subject, until `until`."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="promise")
    wallet = models.ForeignKey(Wallet, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    topic = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    until = models.DateTimeField()
    state = models.CharField(max_length=6, choices=PromiseState.choices, default=PromiseState.OPEN)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=PromiseState.values), name="promise_state_known")]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "topic"],
                name="promise_waits",
                condition=Q(state=PromiseState.OPEN),
            ),
            models.Index(fields=["until"], name="promise_runs_out", condition=Q(state=PromiseState.OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.amount} for {self.topic}"

    def get_absolute_url(self) -> str:
        """Return the page of the entry that promised."""
        return self.entry.get_absolute_url()
