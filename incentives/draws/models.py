"""Draws, the tickets in them (append-only), and who won."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone

from incentives.draws.enums import DrawState
from incentives.ledger.models import append_only
from refprogram.governance.budgets.models import Fund
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Event, MoneyField, Noun
from refprogram.people.models import Person, User


@keep_edits(leave_out=("secret", "commitment", "list_hash", "drawn_from"))
class Draw(Noun):
    """Something that is drawn among those who hold tickets. What stands in `secret` is shown once it is drawn."""

    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300, blank=True, help_text="What the tickets are given for.")
    prize = models.CharField(max_length=200)
    value = MoneyField(default=Decimal(0), help_text="Of one prize.")
    places = models.PositiveSmallIntegerField(default=1, help_text="How many win one each.")
    closes_at = models.DateTimeField(help_text="What happened before then brings tickets.")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=DrawState.choices, default=DrawState.OPEN)
    secret = models.CharField(max_length=64, editable=False)
    commitment = models.CharField(max_length=64, editable=False)
    drawn_from = models.TextField(blank=True, editable=False, help_text="The list, as it was hashed.")
    list_hash = models.CharField(max_length=64, blank=True, editable=False)
    drawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was called off.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DrawState.values), name="draw_state_known"),
            models.CheckConstraint(condition=Q(places__gte=1), name="draw_has_a_prize"),
            models.UniqueConstraint(fields=["name"], name="draw_name_once"),
        ]
        indexes = [models.Index(fields=["closes_at"], name="draw_due", condition=Q(state=DrawState.OPEN))]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the draw."""
        return row_url("incentives:draw", self.public_id)


class Ticket(models.Model):
    """So many tickets that one event brought one person. `key` makes twice once."""

    key = models.CharField(max_length=120, unique=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="tickets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey("incentives.Rule", null=True, on_delete=models.PROTECT, related_name="+")
    rule_version = models.PositiveSmallIntegerField(null=True)
    occurred_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="ticket_counts")]
        triggers = append_only("ticket")

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.count}"


class Win(Noun):
    """Who won: with which ticket, at which attempt, and the gift that came of it."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="wins")
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="Of the ticket, from 0 along the list.")
    attempt = models.PositiveIntegerField()
    gift = models.OneToOneField(Fulfilment, null=True, on_delete=models.PROTECT, related_name="draw_win")

    class Meta:
        ordering = ["draw", "place"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "place"], name="win_place_once"),
            models.UniqueConstraint(fields=["draw", "person"], name="win_once_each"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.place}"

    def get_absolute_url(self) -> str:
        """Return the page of the draw."""
        return self.draw.get_absolute_url()
