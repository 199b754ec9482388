"""Tallies with their frozen inputs, who signed them, and what came of them."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from awards.contests.models import Category, Contest
from awards.entries.models import CategoryEntry
from awards.judging.models import Round
from awards.results.enums import AwardKind, AwardState, TallyState
from refprogram.kernel.models import Noun
from refprogram.people.models import User

SNAPSHOT_FROZEN = """
IF NEW.snapshot IS DISTINCT FROM OLD.snapshot OR NEW.results IS DISTINCT FROM OLD.results
   OR NEW.inputs_hash IS DISTINCT FROM OLD.inputs_hash OR NEW.method IS DISTINCT FROM OLD.method
   OR NEW.ballots_id IS DISTINCT FROM OLD.ballots_id OR NEW.code_version IS DISTINCT FROM OLD.code_version THEN
    RAISE EXCEPTION 'a tally is never changed: compute another';
END IF;
RETURN NEW;
"""


class BallotSet(models.Model):
    """The ballots that tallies of one round were computed from, kept once for all its categories; never changed.

    `content` is their written form (`results/ballots.py`), `digest` its sha256.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ballot_sets")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "digest"], name="ballot_set_once")]
        triggers = [pgtrigger.Protect(name="ballot_set_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.digest[:12]


class TallyRun(Noun):
    """The numbers of one category in one round, with everything they were computed from.

    `snapshot` holds the inputs (weights, rules, judges by id; the ballots by their digest, in `ballots`), `results` and
    the `rows` what came out: computing them again agrees to 6 decimals. The database refuses changes. The first
    tallies held ballots and lines in these texts themselves; `results/stored.py` reads both.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="tallies")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="tallies")
    state = models.CharField(max_length=10, choices=TallyState.choices, default=TallyState.COMPUTED)
    method = models.CharField(max_length=12, help_text="adjusted, raw, qualify, borda, pairwise")
    ballots = models.ForeignKey(BallotSet, null=True, blank=True, on_delete=models.PROTECT, related_name="tallies")
    snapshot: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    results: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    summary: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict, help_text="What pages say beside the order, so that they need not read the long texts."
    )
    inputs_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=20)
    computed_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stale_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was noticed that ballots, entries or ties changed since."
    )

    class Meta:
        ordering = ["-computed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TallyState.values), name="tally_state_known"),
            models.UniqueConstraint(
                fields=["round", "category"], condition=~Q(state="superseded"), name="tally_one_in_force"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="tally_frozen", operation=pgtrigger.Update, when=pgtrigger.Before, func=SNAPSHOT_FROZEN
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.category_id}"

    def get_absolute_url(self) -> str:
        """Return the page that shows and explains the tally."""
        return reverse("awards:results-category", args=[self.category.contest.slug, self.category.slug])


class TallyRow(models.Model):
    """One entry's line of a tally, where the database can sort and cut. It is never changed either."""

    tally = models.ForeignKey(TallyRun, on_delete=models.CASCADE, related_name="rows")
    place = models.ForeignKey(CategoryEntry, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveIntegerField()
    joint = models.BooleanField(default=False)
    score = models.FloatField()
    raw = models.FloatField()
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    ballots = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=40, blank=True, default="", help_text="What parted it from the one before.")
    median = models.FloatField(null=True, blank=True)
    error = models.FloatField(null=True, blank=True)
    lead = models.FloatField(null=True, blank=True, help_text="By how much it is ahead of the next.")
    above_next = models.FloatField(null=True, blank=True, help_text="How likely it is above the next.")
    p = models.FloatField(null=True, blank=True)
    photo = models.BooleanField(default=False, help_text="Too close to the next to be told apart.")

    class Meta:
        ordering = ["tally", "rank", "id"]
        constraints = [models.UniqueConstraint(fields=["tally", "place"], name="tally_row_once")]
        indexes = [models.Index(fields=["tally", "rank", "id"], name="tally_row_in_order")]
        triggers = [pgtrigger.Protect(name="tally_row_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.tally_id}: {self.rank}"


class Certification(models.Model):
    """One of the two signatures under a tally; given with a second factor at that moment."""

    tally = models.ForeignKey(TallyRun, on_delete=models.CASCADE, related_name="certifications")
    certifier = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    factor = models.CharField(max_length=12, help_text="How they proved who they are: totp, passkey, mail.")
    inputs_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tally", "certifier"], name="certified_once_each")]

    def __str__(self) -> str:
        return f"{self.tally_id}: {self.certifier_id}"


class ChairVote(models.Model):
    """The chair puts entries that nothing else could part in order, with the reason; kept in the next tally."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="chair_votes")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(CategoryEntry, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(CategoryEntry, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "first", "second"], name="chair_vote_once")]

    def __str__(self) -> str:
        return f"{self.first_id} > {self.second_id}"


class Award(Noun):
    """What one entry gets in one category, by a certified tally and the rules for several winners."""

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="awards")
    place = models.ForeignKey(CategoryEntry, on_delete=models.PROTECT, related_name="awards")
    tally = models.ForeignKey(TallyRun, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")
    kind = models.CharField(max_length=10, choices=AwardKind.choices)
    rank = models.PositiveSmallIntegerField(help_text="1 is first; joint winners share it.")
    state = models.CharField(max_length=9, choices=AwardState.choices, default=AwardState.PROPOSED)
    people_choice = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True, help_text="Why so: precedence, moved up, revoked.")
    notified_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AwardState.values), name="award_state_known"),
            models.CheckConstraint(condition=Q(kind__in=AwardKind.values), name="award_kind_known"),
            models.UniqueConstraint(
                fields=["place", "people_choice"],
                condition=~Q(state__in=["declined", "revoked"]),
                name="award_one_standing",
            ),
        ]
        indexes = [models.Index(fields=["contest", "state"], name="award_of_contest")]

    def __str__(self) -> str:
        return f"{self.place_id}: {self.kind}"
