"""Policies of consequences, the cases they open for persons, and the tasks that a case may give."""

from django.db import models
from django.db.models import F, Q

from refprogram.governance.consequences.enums import OPEN_CASES, CaseState, Effect, GoalDirection, Period, TaskState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import MoneyField, Noun
from refprogram.people.enums import Privilege
from refprogram.people.models import Region, Restriction, Team, User


@keep_edits()
class ConsequencePolicy(Noun):
    """When `metric` of a closed period lies on the wrong side of `threshold`, `effect` follows, fairly.

    Nobody is named before the cohort has `min_cohort` people; those on leave or newly hired are left out.
    """

    name = models.CharField(max_length=120, unique=True)
    metric = models.CharField(max_length=60, help_text="Name in settings.CONSEQUENCE_METRICS.")
    period = models.CharField(max_length=8, choices=Period.choices, default=Period.MONTH)
    direction = models.CharField(max_length=6, choices=GoalDirection.choices, default=GoalDirection.BELOW)
    threshold = models.DecimalField(max_digits=12, decimal_places=2)
    roles = models.JSONField(default=list, help_text="Roles whose people form the cohort.")
    effect = models.CharField(max_length=12, choices=Effect.choices)
    privilege = models.CharField(max_length=24, choices=Privilege.choices, blank=True)
    task_title = models.CharField(max_length=160, blank=True)
    demerits = models.PositiveSmallIntegerField(default=0, help_text="Of the 100 that each month begins with.")
    min_cohort = models.PositiveSmallIntegerField(default=8)
    new_hire_days = models.PositiveSmallIntegerField(default=90)
    notice_days = models.PositiveSmallIntegerField(default=5, help_text="Days between notice and effect.")
    appeal_days = models.PositiveSmallIntegerField(default=5, help_text="Days in which an appeal may be made.")
    lasts_days = models.PositiveSmallIntegerField(default=30)
    deal_threshold = MoneyField(
        null=True, blank=True, help_text="For a deal of this size the restricted may ask for an exception."
    )
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    live = models.BooleanField(default=False)
    live_since = models.DateField(null=True, blank=True, help_text="Only periods that began later are looked at.")
    off_in = models.ManyToManyField(Region, blank=True, related_name="+", help_text="Regions where it is switched off.")
    off_for = models.ManyToManyField(Team, blank=True, related_name="+", help_text="Teams for which it is off.")

    class Meta:
        verbose_name_plural = "consequence policies"
        constraints = [
            models.CheckConstraint(
                condition=Q(effect=Effect.RESTRICTION, privilege__in=Privilege.values)
                | (Q(effect=Effect.TASK) & ~Q(task_title=""))
                | Q(effect=Effect.DEMERIT, demerits__range=(1, 100)),
                name="policy_effect_complete",
            ),
            models.CheckConstraint(condition=Q(min_cohort__gte=2), name="policy_cohort_not_one"),
            models.CheckConstraint(condition=Q(notice_days__gte=F("appeal_days")), name="policy_appeal_within_notice"),
            models.CheckConstraint(condition=Q(lasts_days__gt=0), name="policy_lasts"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the policy."""
        return row_url("governance:policy", self.public_id)


class Evaluation(Noun):
    """What looking at one closed period found, in counts. Where too few were compared, nobody was named."""

    policy = models.ForeignKey(ConsequencePolicy, on_delete=models.PROTECT, related_name="evaluations")
    starts_on = models.DateField()
    ends_on = models.DateField()
    threshold = models.DecimalField(max_digits=12, decimal_places=2)
    min_cohort = models.PositiveSmallIntegerField()
    cohort = models.PositiveIntegerField(help_text="How many people were compared.")
    named = models.PositiveIntegerField(default=0, help_text="For how many a case was proposed.")
    left_out = models.JSONField(default=dict, help_text="Reason -> how many were not compared because of it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "starts_on"], name="evaluated_once_a_period"),
            models.CheckConstraint(
                condition=Q(named=0) | Q(cohort__gte=F("min_cohort")), name="evaluation_names_nobody_in_a_small_cohort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id}: {self.starts_on} - {self.ends_on}"

    @property
    def too_small(self) -> bool:
        """Whether too few were left to compare."""
        return self.cohort < self.min_cohort


class Task(Noun):
    """Something one colleague has to do by a day, and what it is about."""

    assignee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=160)
    detail = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    label = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True, help_text="What the assignee said on finishing.")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state_known")]
        indexes = [models.Index(fields=["assignee", "due_on"], name="task_open", condition=Q(state=TaskState.OPEN))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of the task."""
        return row_url("governance:task", self.public_id)


class ConsequenceCase(Noun):
    """One person, one policy, one period: the figure as it was, and what has become of it."""

    policy = models.ForeignKey(ConsequencePolicy, on_delete=models.PROTECT, related_name="cases")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cases")
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2)
    threshold = models.DecimalField(max_digits=12, decimal_places=2)
    cohort = models.PositiveIntegerField(help_text="How many people were compared.")
    terms = models.JSONField(default=dict, help_text="What the policy said on that day; see `terms.py`.")
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.PROPOSED)
    notified_at = models.DateTimeField(null=True, blank=True)
    notified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    appeal_until = models.DateTimeField(null=True, blank=True)
    takes_effect_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was waived or dismissed.")
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    restriction = models.OneToOneField(
        Restriction, null=True, blank=True, on_delete=models.SET_NULL, related_name="consequence"
    )
    task = models.OneToOneField(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="consequence")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            models.UniqueConstraint(fields=["policy", "user", "period_starts_on"], name="case_once_a_period"),
        ]
        indexes = [
            models.Index(fields=["state", "takes_effect_at"], name="case_clock", condition=Q(state__in=OPEN_CASES)),
            models.Index(fields=["user", "-id"], name="case_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id}: {self.user_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the case."""
        return row_url("governance:case", self.public_id)
