"""Months of pay, what accrues in them, escalators, SPIFFs and disputes. What is closed is refused by Postgres."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from incentives.ledger.models import append_only
from incentives.pay.enums import (
    AccrualKind,
    DisputeState,
    EntryState,
    EscalatorState,
    Metric,
    PeriodState,
    SpiffAudience,
    SpiffState,
)
from refprogram.governance.budgets.models import Fund
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Event, MoneyField, Noun, new_public_id
from refprogram.kernel.models.base import PUBLIC_ID_LENGTH
from refprogram.kernel.stale import RevisedByMoment
from refprogram.people.models import Person, User

# What comes into a month that is closed meanwhile is refused, whoever writes: the month is held until it is in.
KEEP_CLOSED = """
PERFORM FROM incentives_payperiod WHERE id IN (SELECT period_id FROM brought) ORDER BY id FOR SHARE;
IF EXISTS (
    SELECT FROM brought JOIN incentives_payperiod p ON p.id = brought.period_id WHERE p.state <> 'open'
) THEN
    RAISE EXCEPTION 'this month of pay is closed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'pay_period_open';
END IF;
RETURN NULL;
"""


class PayPeriod(Noun):
    """One calendar month of pay, by its first day. Closed by two people; then it never changes again."""

    starts_on = models.DateField(unique=True)
    state = models.CharField(max_length=7, choices=PeriodState.choices, default=PeriodState.OPEN)
    proposed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PeriodState.values), name="pay_period_state_known"),
            models.CheckConstraint(condition=Q(starts_on__day=1), name="pay_period_is_a_month"),
            models.CheckConstraint(
                condition=~Q(state=PeriodState.CLOSED)
                | (Q(closed_by__isnull=False, proposed_by__isnull=False) & ~Q(closed_by=F("proposed_by"))),
                name="pay_closed_by_two",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="pay_period_stays_closed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="closed"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m}"

    def get_absolute_url(self) -> str:
        """Return the page of the month."""
        return row_url("incentives:pay-period", self.public_id)


@keep_edits(leave_out=("number",))
class Escalator(RevisedByMoment, Noun):
    """One version of the escalator: from which data-quality score the month's commission counts how many times.

    `tiers` are pairs [score from, times], rising; below the first it counts once. It adds at most `most_a_month` to one
    person's month. It holds from the month `starts_on` until a later version, or until `until` where it was stopped.
    """

    number = models.PositiveSmallIntegerField(unique=True)
    tiers: "models.JSONField[list[list[str]], list[list[str]]]" = models.JSONField()
    most_a_month = MoneyField()
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=EscalatorState.choices, default=EscalatorState.DRAFT)
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EscalatorState.values), name="escalator_state_known"),
            models.CheckConstraint(condition=Q(most_a_month__gt=0), name="escalator_adds_at_most"),
            models.CheckConstraint(
                condition=Q(starts_on__day=1) & (Q(until__isnull=True) | Q(until__day=1)), name="escalator_by_months"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Escalator, version %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Return the page of this version."""
        return row_url("incentives:escalator", self.public_id)


@keep_edits()
class Spiff(RevisedByMoment, Noun):
    """A short contest for pay: in a window, whoever has most by one metric, proved, gets the prize of their place.

    `prizes` are amounts, first place first. Who has less than `least` has no place. Dashboards are voted on until
    `votes_until`; the others have none. With a fund, the prizes are set aside in it from the start on.
    """

    name = models.CharField(max_length=120)
    metric = models.CharField(max_length=9, choices=Metric.choices)
    audience = models.CharField(max_length=7, choices=SpiffAudience.choices, default=SpiffAudience.FIELD)
    starts_on = models.DateField()
    ends_on = models.DateField()
    votes_until = models.DateField(null=True, blank=True)
    prizes: "models.JSONField[list[str], list[str]]" = models.JSONField()
    least = models.PositiveIntegerField(default=1)
    proof = models.CharField(max_length=300, help_text="What winners are asked to show.")
    fund = models.ForeignKey(Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=SpiffState.choices, default=SpiffState.DRAFT)
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    live_since = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was called off.")

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SpiffState.values), name="spiff_state_known"),
            models.CheckConstraint(condition=Q(metric__in=Metric.values), name="spiff_metric_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="spiff_has_a_window"),
            models.CheckConstraint(
                condition=Q(metric="dashboard", votes_until__gte=F("ends_on"))
                | (~Q(metric="dashboard") & Q(votes_until__isnull=True)),
                name="spiff_votes_on_dashboards",
            ),
            models.UniqueConstraint(fields=["name"], name="spiff_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the SPIFF."""
        return row_url("incentives:spiff", self.public_id)


class Accrual(models.Model):
    """So much of the program's currency for one person: by which rule, SPIFF or decision. Append-only; `key` once.

    `period` is the month it is paid with; `earned_in` the month it is for (earlier where that was closed already).
    `escalates` says whether the escalator multiplies it: what rules gave, and its corrections.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=9, choices=AccrualKind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accruals")
    period = models.ForeignKey(PayPeriod, on_delete=models.PROTECT, related_name="accruals")
    earned_in = models.DateField()
    amount = MoneyField()
    escalates = models.BooleanField(default=False)
    memo = models.CharField(max_length=200)
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey("incentives.Rule", null=True, on_delete=models.PROTECT, related_name="accruals")
    rule_version = models.PositiveSmallIntegerField(null=True)
    spiff = models.ForeignKey(Spiff, null=True, on_delete=models.PROTECT, related_name="accruals")
    escalator = models.ForeignKey(Escalator, null=True, on_delete=models.PROTECT, related_name="accruals")
    score = models.PositiveSmallIntegerField(null=True, help_text="The score that the escalator went by.")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    occurred_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=Decimal(0)), name="accrual_not_zero"),
            models.CheckConstraint(condition=Q(kind__in=AccrualKind.values), name="accrual_kind_known"),
            models.CheckConstraint(condition=Q(earned_in__day=1), name="accrual_of_a_month"),
            models.CheckConstraint(
                condition=Q(kind=AccrualKind.REVERSAL, reverses__isnull=False)
                | (~Q(kind=AccrualKind.REVERSAL) & Q(reverses__isnull=True)),
                name="accrual_reverses_one",
            ),
        ]
        indexes = [
            models.Index(fields=["period", "person"], name="accrual_of_month"),
            models.Index(fields=["person", "-id"], name="accrual_of_person"),
        ]
        triggers = [
            *append_only("accrual"),
            pgtrigger.Trigger(
                name="accrual_into_open_month",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="brought"),  # type: ignore[no-untyped-call]
                func=KEEP_CLOSED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.memo} {self.amount:+}"

    @property
    def name(self) -> str:
        """What it is for: its own words, or its rule's."""
        return self.memo or (self.rule.name if self.rule is not None else str(AccrualKind(self.kind).label))

    def get_absolute_url(self) -> str:
        """Return the page on which its person reads it."""
        return f"{reverse('incentives:earnings')}?month={self.period.starts_on:%Y-%m}"


class PayLine(models.Model):
    """What one person gets with one closed month: the sum of its accruals, by where they come from. Never changes."""

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    period = models.ForeignKey(PayPeriod, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pay_lines")
    payee = models.EmailField(blank=True, help_text="By which payroll knows them; as it was when the month closed.")
    rules = MoneyField()
    spiffs = MoneyField()
    escalator = MoneyField()
    corrections = MoneyField()
    total = MoneyField()
    score = models.PositiveSmallIntegerField(null=True, help_text="Data quality of the month, as it was frozen.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "person"], name="pay_line_once"),
            models.CheckConstraint(
                condition=Q(total=F("rules") + F("spiffs") + F("escalator") + F("corrections")), name="pay_line_adds_up"
            ),
        ]
        triggers = append_only("pay_line")

    def __str__(self) -> str:
        return f"{self.period_id}: {self.total}"


class PayExport(models.Model):
    """The file for payroll of one closed month, with its manifest and detached signature: made once, then the same."""

    period = models.OneToOneField(PayPeriod, on_delete=models.PROTECT, related_name="export")
    content = models.TextField()
    manifest = models.TextField()
    signature = models.CharField(max_length=128, help_text="Ed25519 over the manifest, base64.")
    public_key = models.CharField(max_length=64, help_text="Base64.")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers = append_only("pay_export")

    def __str__(self) -> str:
        return f"{self.period_id}"


class SpiffEntry(Noun):
    """One person in a SPIFF: the figure and place they ended with, their proof, and what it was worth."""

    spiff = models.ForeignKey(Spiff, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="spiff_entries")
    title = models.CharField(max_length=120, blank=True, help_text="Of a dashboard that is voted on.")
    address = models.URLField(max_length=500, blank=True, help_text="Where it is looked at.")
    figure = models.PositiveIntegerField(default=0)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    prize = MoneyField(default=Decimal(0))
    state = models.CharField(max_length=7, choices=EntryState.choices, default=EntryState.IN)
    shown = models.TextField(blank=True, help_text="What they showed as proof.")
    prove_until = models.DateField(null=True, blank=True)
    judged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True, help_text="Why the proof was not accepted.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["spiff", "person"], name="spiff_entry_once"),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="spiff_entry_state_known"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.spiff_id}: {self.person_id}"


class SpiffVote(models.Model):
    """One colleague's vote for one dashboard; it may be moved until voting ends."""

    spiff = models.ForeignKey(Spiff, on_delete=models.CASCADE, related_name="votes")
    entry = models.ForeignKey(SpiffEntry, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["spiff", "voter"], name="spiff_vote_once")]

    def __str__(self) -> str:
        return f"{self.voter_id}: {self.entry_id}"


class PayDispute(Noun):
    """Somebody says that an amount of theirs is wrong, or missing. Answered by `due_on`, by somebody else."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pay_disputes")
    accrual = models.ForeignKey(Accrual, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes")
    earned_in = models.DateField(help_text="The month it is about.")
    words = models.TextField()
    wanted = MoneyField(null=True, blank=True, help_text="What it should be, as they see it.")
    state = models.CharField(max_length=9, choices=DisputeState.choices, default=DisputeState.OPEN)
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DisputeState.values), name="pay_dispute_state_known"),
            models.CheckConstraint(condition=Q(earned_in__day=1), name="pay_dispute_of_a_month"),
            models.UniqueConstraint(
                fields=["accrual"], condition=Q(state="open", accrual__isnull=False), name="pay_dispute_open_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="pay_dispute_due")]

    def __str__(self) -> str:
        return gettext("Question about pay of %(month)s") % {"month": f"{self.earned_in:%Y-%m}"}

    def get_absolute_url(self) -> str:
        """Return the page of the dispute."""
        return row_url("incentives:pay-dispute", self.public_id)
