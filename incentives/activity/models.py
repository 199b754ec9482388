"""Rewards of weeks and months, proofs that were asked for, presentations, and the charity pot."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from incentives.activity.enums import (
    OPEN_PROOFS,
    PotState,
    PresentationState,
    ProofState,
    RewardState,
)
from incentives.ledger.models import Entry
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import MoneyField, Noun
from refprogram.people.models import User, WorkActivity


class WeekReward(Noun):
    """What one colleague's week came to. `lines`: [what, how many, how many count, points], as it was counted."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="week_rewards")
    week = models.DateField(help_text="Its Monday.")
    state = models.CharField(max_length=8, choices=RewardState.choices, default=RewardState.WAITING)
    points = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    terms = models.JSONField(default=dict, help_text="The figures by which it was counted.")
    entry = models.OneToOneField(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RewardState.values), name="week_reward_state_known"),
            models.UniqueConstraint(fields=["user", "week"], name="week_reward_once"),
        ]
        indexes = [models.Index(fields=["-week", "-points", "id"], name="week_reward_by_week")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.week}: {self.points}"

    def get_absolute_url(self) -> str:
        """Return the page of the week."""
        return row_url("incentives:week-reward", self.public_id)


class ActivityProof(Noun):
    """The proof of one activity that the lot chose: what its author says, and what somebody else makes of it."""

    reward = models.ForeignKey(WeekReward, on_delete=models.CASCADE, related_name="proofs")
    activity = models.OneToOneField(WorkActivity, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ProofState.choices, default=ProofState.ASKED)
    due_on = models.DateField()
    words = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProofState.values), name="activity_proof_state_known"),
        ]
        indexes = [models.Index(fields=["due_on"], name="activity_proof_open", condition=Q(state__in=OPEN_PROOFS))]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.state}"

    def get_absolute_url(self) -> str:
        """Return the page on which it is given and judged."""
        return row_url("incentives:activity-proof", self.public_id)


class AdoptionMonth(Noun):
    """On how many of one colleague's working days in a month the CRM was used. `percent`: of 100, rounded down."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="adoption_months")
    month = models.DateField(help_text="Its first day.")
    used = models.PositiveSmallIntegerField()
    due = models.PositiveSmallIntegerField(help_text="Working days: no weekend, holiday or leave.")
    percent = models.PositiveSmallIntegerField()
    points = models.PositiveIntegerField(default=0)
    entry = models.OneToOneField(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "month"], name="adoption_month_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="adoption_percent"),
        ]
        indexes = [models.Index(fields=["-month", "-percent", "id"], name="adoption_by_month")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.month:%Y-%m}: {self.percent} %"


class BottomLook(Noun):
    """What looking for the lowest few of a closed month found: among how many, how many were named."""

    policy = models.ForeignKey(ConsequencePolicy, on_delete=models.PROTECT, related_name="bottom_looks")
    month = models.DateField(help_text="Its first day.")
    compared = models.PositiveIntegerField()
    named = models.PositiveIntegerField()
    figures = models.JSONField(default=dict, help_text="User key -> figure: whoever doubts it counts again.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "month"], name="bottom_look_once")]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.month:%Y-%m}: {self.named} of {self.compared}"


class Presentation(Noun):
    """What an executive asks of somebody: a feature or process, on a day, before a panel, by a rubric."""

    case = models.OneToOneField(ConsequenceCase, on_delete=models.CASCADE, related_name="presentation")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="presentations")
    executive = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=PresentationState.choices, default=PresentationState.DRAFTED)
    topic = models.CharField(max_length=160)
    held_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    panel = models.ManyToManyField(User, blank=True, related_name="+")
    rubric = models.JSONField(default=list, help_text="What it is judged by: [words, …].")
    letter = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    verdict = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PresentationState.values), name="presentation_state_known"),
        ]
        indexes = [models.Index(fields=["user", "-id"], name="presentation_of_person")]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        """Return the page of the presentation."""
        return row_url("incentives:presentation", self.public_id)


class PanelMark(Noun):
    """What one of the panel makes of a presentation: 1 to 5 for each line of the rubric."""

    presentation = models.ForeignKey(Presentation, on_delete=models.CASCADE, related_name="marks")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    marks = models.JSONField(default=list)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["presentation", "user"], name="panel_mark_once")]

    def __str__(self) -> str:
        return f"{self.presentation_id}: {self.user_id}"


class CharityPot(Noun):
    """A cause that colleagues may give to of their own will; Legal signs it off before anything goes in."""

    name = models.CharField(max_length=120, unique=True)
    cause = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=PotState.choices, default=PotState.PROPOSED)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    signed_off_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    sign_off = models.TextField(blank=True, help_text="What Legal says about it: where it may be used, and how.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PotState.values), name="charity_pot_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PotState.OPEN) | Q(signed_off_at__isnull=False) & ~Q(sign_off=""),
                name="charity_pot_opens_by_legal",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pledge(Noun):
    """What a colleague gives to a pot, by their own hand and of their own will; recorded here, never taken by us."""

    pot = models.ForeignKey(CharityPot, on_delete=models.PROTECT, related_name="pledges")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="pledges")
    amount = MoneyField()
    words = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="pledge_is_something")]
        indexes = [models.Index(fields=["user", "-id"], name="pledge_of_person")]

    def __str__(self) -> str:
        return f"{self.pot_id}: {self.amount}"
