"""A change, whom it concerns and what they do instead, and the dated steps by which they hear and learn of it."""

from django.db import models
from django.db.models import Q

from refprogram.governance.readiness.enums import ChangeKind, ChangeState, Channel, StepKind
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.kernel.stale import RevisedByMoment
from refprogram.people.enums import Role
from refprogram.people.models import Team, User


@keep_edits(leave_out=("revision", "closed_at"))
class Change(Noun):
    """Something that is introduced from a day on: a rule, a wave, the program itself."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=ChangeKind.choices, default=ChangeKind.PROGRAM)
    why = models.TextField(blank=True)
    starts_on = models.DateField()
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.OPEN)
    support_channel = models.CharField(max_length=200, blank=True, help_text="Where people ask.")
    support_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    support_until = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="change_state_known"),
            models.CheckConstraint(
                condition=Q(state=ChangeState.OPEN, closed_at__isnull=True)
                | (~Q(state=ChangeState.OPEN) & Q(closed_at__isnull=False)),
                name="change_closed_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_on"], name="change_by_start")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the change."""
        return row_url("governance:change", self.public_id)

    @property
    def is_open(self) -> bool:
        """Whether it is still under way."""
        return self.state == ChangeState.OPEN


@keep_edits()
class Audience(RevisedByMoment, Noun):
    """Whom a change concerns: a role, a team, or somebody in words; what they do today, what instead, how one sees it.

    `metric` is the key of a figure in the dictionary of the roof, `metric_name` what it was called when it was chosen.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="audiences")
    role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=120, blank=True)
    current = models.TextField()
    desired = models.TextField()
    measure = models.CharField(max_length=300, blank=True)
    metric = models.CharField(max_length=80, blank=True)
    metric_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(role="") & Q(team__isnull=True, words=""))
                | Q(role="", team__isnull=False, words="")
                | (Q(role="", team__isnull=True) & ~Q(words="")),
                name="audience_is_one_of_three",
            ),
        ]

    def __str__(self) -> str:
        return self.words or (str(self.team) if self.team_id else self.get_role_display())

    def get_absolute_url(self) -> str:
        """Return the page of its change."""
        return self.change.get_absolute_url()


@keep_edits(leave_out=("reminded_at",))
class ChangeStep(RevisedByMoment, Noun):
    """One message to be sent, or one session to be held, by a day.

    Ticking it off counts as a change, of which who writes at it meanwhile is told; a reminder does not.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="steps")
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    name = models.CharField(max_length=200)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    due_on = models.DateField()
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=200, blank=True, help_text="Who comes, where that is not the audience.")
    link = models.URLField(max_length=500, blank=True, help_text="The material.")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="change_step_kind_known"),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="change_step_waits", condition=Q(done_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of its change."""
        return self.change.get_absolute_url()
