"""Rounds and criteria, judges and their ties, what each is given, and what each says."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.contests.models import Category, Contest
from awards.entries.models import CategoryEntry, ContestEntry
from awards.judging.enums import (
    AssignmentState,
    BallotState,
    Blindness,
    ConflictKind,
    ConflictSource,
    ConflictStatus,
    JudgeKind,
    JudgeState,
    Mode,
    Peers,
)
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import Person, User


@keep_edits()
class Round(Noun):
    """One pass of judging. What decides is fixed before it opens: mode, panel, blindness, tie chain, seed."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=80)
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.RUBRIC)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    hard_close_at = models.DateTimeField(help_text=_("Until then a ballot that was begun may still be sent."))
    blindness = models.CharField(max_length=6, choices=Blindness.choices, default=Blindness.BLIND)
    peers = models.CharField(max_length=10, choices=Peers.choices, default=Peers.NEVER)
    per_entry = models.PositiveSmallIntegerField(default=3, help_text=_("Judges for each entry."))
    min_ballots = models.PositiveSmallIntegerField(default=3, help_text=_("Fewer: no adjusted score."))
    min_customers = models.PositiveSmallIntegerField(
        default=0, help_text=_("Customers among the judges of each entry.")
    )
    min_independent = models.PositiveSmallIntegerField(default=0)
    anchors = models.PositiveSmallIntegerField(default=0, help_text=_("Calibration entries that all judges score."))
    adjust = models.BooleanField(default=True, help_text=_("Correct for harsh and generous judges, where it is sound."))
    advance_top = models.PositiveSmallIntegerField(default=0, help_text=_("So many go on, per category; 0: all."))
    advance_score = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    comment_extremes = models.BooleanField(
        default=True, help_text=_("The lowest and the highest level need a comment.")
    )
    seed = models.PositiveIntegerField(default=1, help_text="For orders and jitter; kept so that all can be repeated.")
    released_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["contest", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="round_once"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at"), closes_at__lte=F("hard_close_at")), name="round_in_order"
            ),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="round_mode_known"),
            models.CheckConstraint(condition=Q(per_entry__gt=0, min_ballots__gt=0), name="round_has_judges"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the round for those who run it."""
        return row_url("awards:round", self.public_id)


@keep_edits()
class Criterion(Noun):
    """What is scored in a round, from `lo` to `hi`; without a category it holds for each.

    `levels` maps a score to its words, {"1": "…", "10": "…"}: what a judge reads beside the scale.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    weight = models.DecimalField(max_digits=6, decimal_places=2)
    lo = models.SmallIntegerField(default=1)
    hi = models.SmallIntegerField(default=10)
    levels: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict, blank=True)
    required = models.BooleanField(default=True)
    allow_na = models.BooleanField(default=False)
    tie_rank = models.PositiveSmallIntegerField(default=0, help_text=_("1 breaks ties first; 0: never."))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["round", "position", "id"]
        verbose_name_plural = "criteria"
        constraints = [
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_weighs"),
            models.CheckConstraint(condition=Q(lo__lt=F("hi")), name="criterion_has_a_range"),
        ]

    def __str__(self) -> str:
        return self.name


@keep_edits(leave_out=("invited_at", "answered_at", "nda_at", "ties_declared_at"))
class Judge(Noun):
    """One person's appointment to one contest. `expertise` maps a category's id to 0 (expert), 1 or 2 (outside)."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="judges")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=JudgeKind.choices)
    state = models.CharField(max_length=10, choices=JudgeState.choices, default=JudgeState.SUGGESTED)
    bio = models.TextField(blank=True, help_text=_("Stands on the public site once they agreed."))
    organisation = models.CharField(max_length=120, blank=True)
    load_cap = models.PositiveSmallIntegerField(default=20)
    expertise: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict, blank=True)
    public = models.BooleanField(default=True, help_text=_("May be named on the public site."))
    invited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    suggests = models.CharField(max_length=200, blank=True, help_text="Whom they named when they declined.")
    nda_at = models.DateTimeField(null=True, blank=True)
    nda_version = models.PositiveSmallIntegerField(default=0)
    ties_declared_at = models.DateTimeField(null=True, blank=True)
    ties = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        help_text="Companies they are tied to, in their words.",
    )
    reason = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(default=0, help_text="How they are called where names are hidden.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "person"], name="judge_once"),
            models.CheckConstraint(condition=Q(kind__in=JudgeKind.values), name="judge_kind_known"),
            models.CheckConstraint(condition=Q(state__in=JudgeState.values), name="judge_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["onboarded", "active", "completed"])
                | Q(nda_at__isnull=False, ties_declared_at__isnull=False),
                name="judge_ready_after_papers",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="judge_person")]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.person_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the judge for those who run the contest."""
        return row_url("awards:judge", self.public_id)


@keep_edits()
class Conflict(Noun):
    """A judge and an entry that must not meet; the one table that assignment, pages, search, export and counts obey."""

    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=10, choices=ConflictKind.choices)
    source = models.CharField(max_length=8, choices=ConflictSource.choices)
    status = models.CharField(max_length=9, choices=ConflictStatus.choices, default=ConflictStatus.CONFIRMED)
    pinned = models.BooleanField(default=False, help_text="Detection run again leaves it as people set it.")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["judge", "entry", "kind"], name="conflict_once"),
            models.CheckConstraint(condition=Q(kind__in=ConflictKind.values), name="conflict_kind_known"),
        ]
        indexes = [models.Index(fields=["entry"], condition=Q(status="confirmed"), name="conflict_of_entry")]

    def __str__(self) -> str:
        return f"{self.judge_id} x {self.entry_id}"


class Assignment(Noun):
    """One entry of one category for one judge in one round. Kept when it moves on: the state says what became of it.

    `order` is this judge's own random order. `run`: the assignment run that proposed it (none: by hand).
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="assignments")
    place = models.ForeignKey(CategoryEntry, on_delete=models.CASCADE, related_name="assignments")
    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="assignments")
    run = models.ForeignKey(
        "awards.PanelRun", null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments"
    )
    state = models.CharField(max_length=11, choices=AssignmentState.choices, default=AssignmentState.PROPOSED)
    order = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "place", "judge"], name="assignment_once"),
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state_known"),
        ]
        indexes = [
            models.Index(fields=["judge", "state", "order"], name="assignment_work"),
            models.Index(fields=["place", "state"], name="assignment_of_place"),
        ]

    def __str__(self) -> str:
        return f"{self.judge_id}: {self.place_id}"

    def get_absolute_url(self) -> str:
        """Return its page for those who run the contest, or its category."""
        return row_url("awards:work", self.public_id)


class Ballot(Noun):
    """A judge's word on what was assigned. Corrected ballots are new versions; one version is current.

    A ballot that is reopened goes on counting until its next version is submitted, which is current from then on.

    `total` is 0 to 100 (results.scoring.ballot_total). In qualify rounds it is 0 or 100; in rankings it is empty and
    `rank` says the place among this judge's own.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="ballots")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=BallotState.choices, default=BallotState.DRAFT)
    current = models.BooleanField(default=True)
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True, help_text="For the entrant, moderated, if they want it.")
    private_note = models.TextField(blank=True, help_text="The judge's own.")
    revision = models.PositiveIntegerField(default=0)
    tab = models.CharField(max_length=12, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    active_seconds = models.PositiveIntegerField(default=0)
    session = models.CharField(max_length=16, blank=True, help_text="Which link or sign-in sent it, as a short hash.")
    reopened_reason = models.CharField(max_length=300, blank=True)
    void_asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    voided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "version"], name="ballot_version_once"),
            models.UniqueConstraint(fields=["assignment"], condition=Q(current=True), name="ballot_one_current"),
            models.UniqueConstraint(fields=["assignment"], condition=Q(state="draft"), name="ballot_one_draft"),
            models.CheckConstraint(condition=Q(state__in=BallotState.values), name="ballot_state_known"),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=100), name="ballot_total_in_range"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="replaced") | Q(submitted_at__isnull=False),
                name="ballot_submitted_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.version}"


class Score(models.Model):
    """One criterion on one ballot: a value, or n/a where that is allowed."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    na = models.BooleanField(default=False)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, na=False) | Q(value__isnull=True, na=True), name="score_value_or_na"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.criterion_id}"


class Comparison(Noun):
    """Pairwise rounds: one judge saw two entries side by side. `winner` empty: a tie. Undone, not deleted."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="comparisons")
    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="comparisons")
    left = models.ForeignKey(CategoryEntry, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(CategoryEntry, on_delete=models.CASCADE, related_name="+")
    winner = models.ForeignKey(CategoryEntry, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    seconds = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(left=F("right")), name="comparison_of_two"),
            models.CheckConstraint(
                condition=Q(winner__isnull=True) | Q(winner=F("left")) | Q(winner=F("right")),
                name="comparison_winner_is_one_of_them",
            ),
        ]
        indexes = [models.Index(fields=["round", "judge"], name="comparison_of_judge")]

    def __str__(self) -> str:
        return f"{self.left_id} : {self.right_id}"


class CategoryDelegate(models.Model):
    """Who runs the judging of one category, because a manager has a tie to an entry of it."""

    category = models.OneToOneField(Category, on_delete=models.CASCADE, related_name="delegate")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.category_id}: {self.user_id}"


class GlassBroken(models.Model):
    """Somebody with a tie opened all the same what was masked for them: why, and until when. Never changed."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "glasses broken"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="glass_broken_why"),
            models.CheckConstraint(condition=Q(at__lt=F("ends_at")), name="glass_broken_ends"),
        ]
        indexes = [models.Index(fields=["user", "ends_at"], name="glass_broken_by")]

    def __str__(self) -> str:
        return f"{self.category_id}: {self.user_id}"
