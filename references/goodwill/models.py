"""The goodwill ledger, reservations of customers for a plan, and asks made against the rules."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Account, Ask, Contact
from references.goodwill.enums import GoodwillKind, ReservationState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Noun
from refprogram.people.models import User


class GoodwillEntry(models.Model):
    """Points given to (+) or asked of (−) a customer, from one cause once. Append-only: a mistake is corrected by an
    entry that takes it back."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="goodwill")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="goodwill")
    kind = models.CharField(max_length=16, choices=GoodwillKind.choices)
    points = models.SmallIntegerField()
    source_type = models.CharField(max_length=32)
    source_id = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_type", "source_id", "kind"], name="goodwill_once_per_cause"),
            models.CheckConstraint(condition=~Q(points=0), name="goodwill_not_nothing"),
        ]
        indexes = [
            models.Index(fields=["account", "-at"], name="goodwill_of_account"),
            models.Index(fields=["contact", "-at"], name="goodwill_of_contact"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="goodwill_points_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("points", "kind", "at", "source_type", "source_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.points:+d}"


class Reservation(Noun):
    """A customer (or one contact) kept for a launch, a press day, a council: others are told so and must wait."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reservations")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="reservations")
    purpose = models.CharField(max_length=200)
    team = models.CharField(max_length=20, help_text=_("Which team keeps them: see requests.enums.Wanting."))
    starts_on = models.DateField()
    ends_on = models.DateField()
    points = models.PositiveSmallIntegerField(default=0, help_text=_("Goodwill that the plan will need."))
    reserved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ReservationState.choices, default=ReservationState.ACTIVE)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="reservation_ends_after_start"),
            ExclusionConstraint(
                name="reservation_contact_once_at_a_time",
                expressions=[
                    (F("contact"), RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange",
                             output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state="active"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["account", "state", "starts_on"], name="reservation_of_account")]

    def __str__(self) -> str:
        return self.purpose

    def get_absolute_url(self) -> str:
        """The reservation's page."""
        return row_url("references:reservation", self.public_id)


class AskOverride(Noun):
    """An ask made against a rule that time would heal (cap, rest, reservation), with the reason; never against a freeze
    or a missing consent. The weekly report lists them."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="override")
    rules = ArrayField(models.CharField(max_length=30))
    reason = models.TextField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.ask_id}: {', '.join(self.rules)}"
