"""Fulfilments: one thing for one person, with the policy it was judged by, its approval, its money and its proof."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from refprogram.governance.approvals.models import Approval
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind, GiftPolicy
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import MoneyField, Noun, StoredFile
from refprogram.people.models import Person, User


@keep_edits(leave_out=("key", "needed_nobody"))
class Fulfilment(Noun):
    """One thing given to one person. `key` makes twice once; the employer's rule is kept as it was then."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=GiftKind.choices)
    item = models.CharField(max_length=200)
    value = MoneyField()
    cause = models.CharField(max_length=200, blank=True, help_text="Whom a gift to charity goes to.")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="fulfilments")
    account_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    policy = models.CharField(max_length=12, choices=GiftPolicy.choices)
    ceiling = MoneyField(null=True, blank=True)
    policy_note = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=200, help_text="What it is given for.")
    url = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="fulfilments_asked")
    approval = models.ForeignKey(Approval, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    needed_nobody = models.CharField(max_length=200, blank=True, help_text="By which rule nobody was asked.")
    fund = models.ForeignKey(Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="fulfilments")
    line = models.ForeignKey(BudgetLine, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    commitment = models.OneToOneField(
        Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="fulfilment"
    )
    state = models.CharField(max_length=14, choices=FulfilmentState.choices, default=FulfilmentState.IN_APPROVAL)
    scheduled_on = models.DateField(null=True, blank=True)
    ordered_at = models.DateTimeField(null=True, blank=True)
    order_reference = models.CharField(max_length=80, blank=True)
    cost = MoneyField(null=True, blank=True, help_text="What was paid for it.")
    refunded = MoneyField(default=Decimal(0), help_text="What of it came back.")
    delivered_at = models.DateTimeField(null=True, blank=True)
    proof = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proof_note = models.CharField(max_length=200, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was rejected, refused, returned or replaced.")
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    taxable = models.BooleanField(default=False, help_text="The receiver's tax office wants to know.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FulfilmentState.values), name="fulfilment_state_known"),
            models.CheckConstraint(condition=Q(value__gte=0), name="fulfilment_value_not_negative"),
            models.CheckConstraint(condition=~Q(policy=GiftPolicy.NONE), name="fulfilment_within_policy_none"),
            models.CheckConstraint(
                condition=~Q(policy=GiftPolicy.CHARITY_ONLY) | Q(kind=GiftKind.CHARITY),
                name="fulfilment_within_policy_charity",
            ),
            models.CheckConstraint(
                condition=~Q(policy=GiftPolicy.CEILING) | Q(value__lte=models.F("ceiling")),
                name="fulfilment_within_ceiling",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[FulfilmentState.DELIVERED, FulfilmentState.ACKNOWLEDGED])
                | Q(proof__isnull=False)
                | ~Q(proof_note=""),
                name="fulfilment_delivered_with_proof",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="fulfilment_queue"),
            models.Index(fields=["receiver", "-id"], name="fulfilment_of_receiver"),
            models.Index(fields=["subject_type", "subject_id"], name="fulfilment_of_subject"),
        ]

    def __str__(self) -> str:
        return self.item

    def get_absolute_url(self) -> str:
        """Return the page of the fulfilment."""
        return row_url("governance:fulfilment", self.public_id)
