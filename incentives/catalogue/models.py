"""Items of the catalogue, redemptions, holds on somebody's trust, and closed months of what is owed."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from incentives.catalogue.enums import POINTS_SPENT, Clientele, DisputeState, ItemKind, RedemptionState, Road
from incentives.ledger.models import Entry, Wallet
from references.models import Account, Contact
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import MoneyField, Noun
from refprogram.people.models import Person, Region, User


@keep_edits(leave_out=("taken",))
class Item(Noun):
    """Something that points can be spent on. `taken` is kept by the redemptions that hold one of the stock."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    description = models.CharField(max_length=600, blank=True)
    points = models.PositiveIntegerField(help_text="What it costs whoever takes it.")
    cost = MoneyField(default=Decimal(0), help_text="What one costs us.")
    stock = models.PositiveIntegerField(null=True, blank=True, help_text="How many there ever were; empty: no limit.")
    taken = models.PositiveIntegerField(default=0, editable=False)
    audience = models.CharField(max_length=10, choices=Clientele.choices, default=Clientele.COLLEAGUES)
    regions = models.ManyToManyField(Region, blank=True, related_name="+")
    roles = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    taxable = models.BooleanField(default=False, help_text="The tax office wants to know of it, whoever has it.")
    is_gift = models.BooleanField(default=True, help_text="Falls under the gift rule of a customer's employer.")
    is_auto = models.BooleanField(default=False, help_text="Small ones need nobody's yes.")
    road = models.CharField(max_length=20, choices=Road.choices, default=Road.REWARD)
    offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "audience"], name="item_name_once"),
            models.CheckConstraint(condition=Q(points__gte=1), name="item_costs_points"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="item_cost_not_negative"),
            models.CheckConstraint(condition=Q(stock__isnull=True) | Q(taken__lte=F("stock")), name="item_in_stock"),
            models.CheckConstraint(
                condition=Q(audience=Clientele.COLLEAGUES) | Q(road=Road.CUSTOMER_BENEFIT),
                name="item_road_of_customers",
            ),
        ]
        indexes = [models.Index(fields=["audience", "points"], name="item_shelf", condition=Q(offered=True))]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the item."""
        return row_url("incentives:item", self.public_id)

    @property
    def left(self) -> int | None:
        """How many are left; None where there is no limit."""
        return None if self.stock is None else self.stock - self.taken


class Redemption(Noun):
    """Points for a thing: one item for one person. What it cost in points and money is kept as it was then.

    The way from approval to the receiver's hands is that of its gift; `services.settle` keeps the two, the points and
    the stock together.
    """

    key = models.CharField(max_length=120, unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="redemptions")
    wallet = models.ForeignKey(Wallet, on_delete=models.PROTECT, related_name="redemptions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="redemptions")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    value = MoneyField()
    holds_stock = models.BooleanField(default=False)
    details: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    cause = models.CharField(max_length=200, blank=True, help_text="Of a donation.")
    state = models.CharField(max_length=9, choices=RedemptionState.choices, default=RedemptionState.ASKED)
    gift = models.OneToOneField(Fulfilment, null=True, blank=True, on_delete=models.PROTECT, related_name="redemption")
    reserved = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    redeemed = models.OneToOneField(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    auto = models.BooleanField(default=False)
    failures = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it failed, was called off or given back.")
    delivered_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_clock = models.BooleanField(default=False)
    worth = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Worth it? From 1 to 5.")
    worth_words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RedemptionState.values), name="redemption_state_known"),
            models.CheckConstraint(condition=Q(points__gte=1), name="redemption_costs_points"),
            models.CheckConstraint(
                condition=Q(worth__isnull=True) | Q(worth__gte=1, worth__lte=5), name="redemption_worth_of_five"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=POINTS_SPENT) | Q(redeemed__isnull=False), name="redemption_spent_is_booked"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="redemption_of_person"),
            models.Index(fields=["account", "-id"], name="redemption_of_account", condition=Q(account__isnull=False)),
            models.Index(fields=["state", "-id"], name="redemption_queue"),
        ]

    def __str__(self) -> str:
        return self.item.name

    def get_absolute_url(self) -> str:
        """Return the page of the redemption."""
        return row_url("incentives:redemption", self.public_id)


class Dispute(Noun):
    """What somebody says is wrong with what they got for their points, and what was answered."""

    redemption = models.ForeignKey(Redemption, on_delete=models.CASCADE, related_name="disputes")
    words = models.CharField(max_length=1000)
    state = models.CharField(max_length=9, choices=DisputeState.choices, default=DisputeState.OPEN)
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DisputeState.values), name="dispute_state_known"),
            models.UniqueConstraint(
                fields=["redemption"], condition=Q(state=DisputeState.OPEN), name="dispute_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        """Return the page of its redemption."""
        return self.redemption.get_absolute_url()


class TrustHold(Noun):
    """Somebody cannot spend points while something about them is looked into; what they earn goes on."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(lifted_at__isnull=True), name="trust_held_once"),
        ]

    def __str__(self) -> str:
        return self.reason


class LiabilityMonth(models.Model):
    """A closed month of what is owed in points, as it was counted then. Points of people and customers alike."""

    starts_on = models.DateField(unique=True)
    given = models.BigIntegerField()
    taken_back = models.BigIntegerField()
    redeemed = models.BigIntegerField()
    expired = models.BigIntegerField()
    held = models.BigIntegerField(help_text="Available and reserved at its end.")
    unit_cost = models.DecimalField(max_digits=12, decimal_places=6)
    breakage = models.PositiveSmallIntegerField(help_text="In percent.")
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m}"
