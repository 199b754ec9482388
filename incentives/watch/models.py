"""What was looked at, and how far the looking came."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from incentives.ledger.models import Entry
from incentives.watch.enums import LookState, Why
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Noun
from refprogram.people.models import Person, User


class Look(Noun):
    """A booking that somebody is to look at, and what they said. `facts`: what was counted, for the sentence."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="look")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = ArrayField(models.CharField(max_length=6, choices=Why.choices))
    facts = models.JSONField(default=dict, help_text='{"burst": times, "ring": [with whom, times, times back]}')
    state = models.CharField(max_length=10, choices=LookState.choices, default=LookState.OPEN)
    doubted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    doubt = models.CharField(max_length=200, blank=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LookState.values), name="look_state_known"),
            # Whoever doubted cannot be who confirms: kept by the database too.
            models.CheckConstraint(
                condition=~Q(state=LookState.TAKEN_BACK) | ~Q(doubted_by=models.F("ended_by")), name="look_takes_two"
            ),
        ]
        indexes = [models.Index(fields=["state", "-created_at"], name="look_by_state")]

    def __str__(self) -> str:
        return f"look at {self.entry_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the look."""
        return row_url("incentives:look", self.public_id)


class WatchRound(models.Model):
    """One round of the watch: up to which entry it came, how many it read, how many it found."""

    upto = models.BigIntegerField()
    read = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-upto"]

    def __str__(self) -> str:
        return f"up to {self.upto}"
