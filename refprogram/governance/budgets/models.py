"""Funds per quarter and owner, their lines, what was promised out of them, and the append-only book."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from refprogram.governance.budgets.enums import CommitmentState, CostKind, EntryKind, FundState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import MoneyField, Noun
from refprogram.people.models import User

ZERO = Decimal(0)


@keep_edits(leave_out=("committed", "spent", "alerted_at"))
class Fund(Noun):
    """Money for one quarter in one owner's hands. The three sums are kept by `services`; the book proves them."""

    name = models.CharField(max_length=120)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="funds")
    starts_on = models.DateField(help_text="First day of its quarter.")
    purpose = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=FundState.choices, default=FundState.REQUESTED)
    requested = MoneyField()
    allocated = MoneyField(default=ZERO)
    committed = MoneyField(default=ZERO)
    spent = MoneyField(default=ZERO)
    alerted_at = models.PositiveSmallIntegerField(default=0, help_text="The highest percentage told so far.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FundState.values), name="fund_state_known"),
            models.CheckConstraint(condition=Q(committed__gte=0, spent__gte=0), name="fund_sums_not_negative"),
            models.CheckConstraint(
                condition=Q(allocated__gte=F("committed") + F("spent")), name="fund_never_overdrawn"
            ),
            models.CheckConstraint(condition=Q(starts_on__day=1), name="fund_starts_with_a_month"),
            models.UniqueConstraint(fields=["name", "starts_on"], name="fund_once_a_quarter"),
        ]
        indexes = [models.Index(fields=["starts_on", "state"], name="fund_of_quarter")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the fund."""
        return row_url("governance:fund", self.public_id)

    @property
    def used(self) -> Decimal:
        """What is promised or gone."""
        return self.committed + self.spent

    @property
    def parts(self) -> tuple[tuple[Decimal, str], ...]:
        """Spent and promised, as the picture of a fund draws them."""
        return (self.spent, ""), (self.committed, "wait")

    @property
    def available(self) -> Decimal:
        """What may still be promised."""
        return self.allocated - self.used


class BudgetLine(Noun):
    """What a fund plans to spend on one kind of cost, beside what became of it."""

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=10, choices=CostKind.choices)
    name = models.CharField(max_length=120)
    planned = MoneyField()
    committed = MoneyField(default=ZERO)
    spent = MoneyField(default=ZERO)

    class Meta:
        ordering = ["fund", "kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "name"], name="budget_line_once"),
            models.CheckConstraint(
                condition=Q(planned__gte=0, committed__gte=0, spent__gte=0), name="budget_line_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of its fund."""
        return self.fund.get_absolute_url()


class Commitment(Noun):
    """Money promised for one thing; it waits, oldest first, while its fund has too little. `key` makes twice once."""

    key = models.CharField(max_length=120, unique=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="commitments")
    line = models.ForeignKey(BudgetLine, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments")
    amount = MoneyField()
    spent = MoneyField(default=ZERO)
    state = models.CharField(max_length=10, choices=CommitmentState.choices)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    queued_at = models.DateTimeField(null=True, blank=True, help_text="When its turn began: the oldest first.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommitmentState.values), name="commitment_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0, spent__gte=0), name="commitment_of_something"),
        ]
        indexes = [
            models.Index(
                fields=["fund", "queued_at", "id"], name="commitment_queue", condition=Q(state=CommitmentState.WAITING)
            ),
            models.Index(fields=["subject_type", "subject_id"], name="commitment_of_subject"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Return the page of its fund."""
        return self.fund.get_absolute_url()


class FundEntry(models.Model):
    """One movement in a fund's book. Never changed; a mistake is mended by a second entry."""

    key = models.CharField(max_length=160, unique=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="entries")
    line = models.ForeignKey(BudgetLine, null=True, on_delete=models.PROTECT, related_name="entries")
    commitment = models.ForeignKey(Commitment, null=True, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    amount = MoneyField()
    memo = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "fund entries"
        indexes = [models.Index(fields=["fund", "-id"], name="fund_book")]
        triggers = [pgtrigger.Protect(name="fund_entry_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
