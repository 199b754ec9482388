"""Prizes that were granted."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.contests.enums import PrizeKind
from awards.contests.models import Prize
from awards.prizes.enums import GrantState
from awards.results.models import Award
from refprogram.governance.budgets.models import Fund
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.models import MoneyField, Noun
from refprogram.people.models import User


class PrizeGrant(Noun):
    """One prize for one award: offered, taken or refused; its way after that lies in the common fulfilment.

    `kind`, `item` and `value` are the prize as it was then, or what is offered in its place. `details` is what the
    winner said, by the names of `kinds.py`: who runs the contest reads it, nobody else. A gift that is replaced by
    another stays in its chain; `fulfilment` is the latest.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="grants")
    prize = models.ForeignKey(Prize, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=12, choices=PrizeKind.choices, default=PrizeKind.OTHER)
    item = models.CharField(max_length=200, default="")
    value = MoneyField(default=Decimal(0))
    state = models.CharField(max_length=9, choices=GrantState.choices, default=GrantState.OFFERED)
    fulfilment = models.OneToOneField(
        Fulfilment, null=True, blank=True, on_delete=models.PROTECT, related_name="prize_grant"
    )
    fund = models.ForeignKey(Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=200, blank=True, help_text=_("For a donation: the cause the winner chose."))
    details: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    host = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField(null=True, blank=True)
    where = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text=_("What was agreed; the winner reads it."))
    blocked = models.CharField(max_length=300, blank=True, help_text="Why it could not be given as it stands.")
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was refused, called off or left.")
    offered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "prize"], name="prize_granted_once"),
            models.CheckConstraint(condition=Q(state__in=GrantState.values), name="prize_grant_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "recalled", "kept"]) | Q(fulfilment__isnull=False),
                name="prize_taken_has_gift",
            ),
            models.CheckConstraint(
                condition=(Q(state="held") & ~Q(blocked="")) | (~Q(state="held") & Q(blocked="")),
                name="prize_held_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}: {self.prize_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the granted prize, for who runs the contest."""
        return reverse("awards:prize-grant", args=[self.award.contest.slug, self.public_id])
