"""Votes of people's choice, and how they were counted in the end."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from awards.contests.models import Contest
from awards.entries.models import ContestEntry
from awards.voting.enums import Flag, VoteState
from refprogram.kernel.models import Noun
from refprogram.people.models import User


class PublicVote(Noun):
    """One vote of one confirmed mail address. Addresses are kept as a keyed hash, networks and browsers likewise.

    `domain` is kept in clear only for company addresses, so that a cap per employer can be held. `to` is the one place
    where the address itself lies, until the mail with the link has left.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="votes")
    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="votes")
    voter_hash = models.CharField(max_length=64)
    to = models.EmailField(blank=True, help_text="Where the link goes; emptied once it has gone.")
    language = models.CharField(max_length=10, blank=True)
    domain = models.CharField(max_length=120, blank=True)
    network_hash = models.CharField(max_length=64, blank=True, help_text="Emptied some weeks after the contest.")
    device_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=11, choices=VoteState.choices, default=VoteState.UNVERIFIED)
    cast_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    flag = models.CharField(max_length=10, choices=Flag.choices, blank=True, help_text="What made it odd.")
    why = models.CharField(max_length=200, blank=True, help_text="Why it was set aside or voided, in words.")
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VoteState.values), name="vote_state_known"),
            models.CheckConstraint(condition=Q(flag__in=["", *Flag.values]), name="vote_flag_known"),
            models.UniqueConstraint(
                fields=["contest", "voter_hash"], condition=~Q(state__in=["unverified", "voided"]), name="vote_once"
            ),
        ]
        indexes = [
            models.Index(fields=["contest", "state", "entry"], name="vote_count"),
            models.Index(fields=["contest", "network_hash", "cast_at"], name="vote_network"),
            models.Index(fields=["contest", "device_hash"], name="vote_device"),
            models.Index(fields=["contest", "domain"], name="vote_domain"),
            models.Index(fields=["contest", "-cast_at"], name="vote_latest"),
            models.Index(fields=["cast_at"], condition=~Q(to=""), name="vote_to_send"),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.entry_id}"


class VoteCount(Noun):
    """The votes as who runs the contest counted them, and who agreed: somebody else, to the same figures.

    `figures`: `[{entry, votes}]`, most votes first, entries by public id. Another count replaces it.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="vote_counts")
    figures: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField()
    hash = models.CharField(max_length=64, help_text="sha256 over the figures: what the second person agrees to.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contest"], condition=Q(replaced_at__isnull=True), name="vote_count_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | (Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~Q(agreed_by=F("by"))),
                name="vote_count_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.counted_at}"
