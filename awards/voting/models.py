"""Votes of people's choice."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from awards.contests.models import Contest
from awards.entries.models import ContestEntry
from awards.voting.enums import VoteState
from refprogram.kernel.models import Noun
from refprogram.people.models import User


class PublicVote(Noun):
    """One vote of one confirmed mail address. Addresses are kept as a keyed hash, networks and browsers likewise.

    `domain` is kept in clear only for company addresses, so that a cap per employer can be held.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="votes")
    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="votes")
    voter_hash = models.CharField(max_length=64)
    domain = models.CharField(max_length=120, blank=True)
    network_hash = models.CharField(max_length=64, blank=True, help_text="Emptied some weeks after the contest.")
    device_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=11, choices=VoteState.choices, default=VoteState.UNVERIFIED)
    cast_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True, help_text="Why it was set aside or voided.")
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VoteState.values), name="vote_state_known"),
            models.UniqueConstraint(
                fields=["contest", "voter_hash"], condition=~Q(state__in=["unverified", "voided"]), name="vote_once"
            ),
        ]
        indexes = [
            models.Index(fields=["contest", "state", "entry"], name="vote_count"),
            models.Index(fields=["contest", "network_hash", "cast_at"], name="vote_network"),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.entry_id}"
