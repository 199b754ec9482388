"""Versions of the charter with their lines, marks, plan and questions; who was asked, who knows it, who has a link."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from refprogram.governance.charter.enums import CharterState, Horizon, MarkKind
from refprogram.kernel.addresses import address, row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import User


@keep_edits(leave_out=("number", "state", "revision", "asked_revision", "made_by", "published_at", "superseded_at"))
class CharterVersion(Noun):
    """One version of the charter. Its words change while it is a draft or being read, never afterwards.

    `revision` counts changes of its words: who comments, approves or acknowledges does so on one of them.
    """

    number = models.PositiveSmallIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=CharterState.choices, default=CharterState.DRAFT)
    mission = models.TextField(blank=True)
    short_strategy = models.TextField(blank=True)
    long_strategy = models.TextField(blank=True)
    starts_on = models.DateField(help_text="First day of the month in which its plan begins.")
    revision = models.PositiveIntegerField(default=1)
    asked_revision = models.PositiveIntegerField(null=True, help_text="The one that approvers were asked about.")
    consult_until = models.DateField(null=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CharterState.values), name="charter_state_known"),
            models.CheckConstraint(condition=Q(starts_on__day=1), name="charter_plan_starts_with_a_month"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=CharterState.PUBLISHED), name="charter_one_is_published"
            ),
        ]

    def __str__(self) -> str:
        return f"Charter {self.number}"

    def get_absolute_url(self) -> str:
        """Return the page of this version."""
        return row_url("governance:charter-version", self.public_id)


class Part(Noun):
    """Base of what a version is made of."""

    class Meta:
        abstract = True
        ordering = ["id"]


@keep_edits(with_added=True, indexed=("version",))
class ScopeLine(Part):
    """A kind of work that the program does, or says that it does not do: how it is recognised, how long one takes."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="lines")
    inside = models.BooleanField(default=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, blank=True, help_text="The kind of work as demand is counted by it.")
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="What requests of it say.")
    hours = models.DecimalField(max_digits=6, decimal_places=2, help_text="Working hours for one of it.")
    because = models.TextField(blank=True, help_text="Why it is not ours, or under which condition it is.")
    redirect_to = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="scope_line_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="scope_line_takes_time"),
        ]

    def __str__(self) -> str:
        return self.name

    def cost_of(self, count: int) -> Decimal:
        """Return the working hours of so many of it."""
        return self.hours * count


@keep_edits(with_added=True, indexed=("version",))
class RoadMark(Part):
    """What drives a strategy, or a milestone on the road with its month."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="marks")
    horizon = models.CharField(max_length=5, choices=Horizon.choices)
    kind = models.CharField(max_length=10, choices=MarkKind.choices, default=MarkKind.MILESTONE)
    name = models.CharField(max_length=120)
    month = models.DateField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)

    class Meta(Part.Meta):
        ordering = ["horizon", F("month").asc(nulls_first=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=MarkKind.DRIVER, month__isnull=True)
                | Q(kind=MarkKind.MILESTONE, month__isnull=False, month__day=1),
                name="road_milestones_have_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@keep_edits(with_added=True, indexed=("version",))
class PlanStep(Part):
    """What happens to the program's own system in one of the plan's months, and who sees to it."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="plan")
    month = models.DateField()
    name = models.CharField(max_length=160)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done_on = models.DateField(null=True, blank=True)

    class Meta(Part.Meta):
        ordering = ["month", "id"]
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="plan_step_month_begins")]

    def __str__(self) -> str:
        return self.name


@keep_edits(with_added=True, indexed=("version",))
class CharterQuestion(Part):
    """A question of the quiz that somebody wrote; `sentence` is shown to who answers it wrongly."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=200)
    right = models.CharField(max_length=160)
    wrong = ArrayField(models.CharField(max_length=160))
    sentence = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.text


class CharterOpinion(models.Model):
    """What a named colleague said, or has yet to say, about a version that is being read."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="opinions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    text = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(null=True, help_text="Which words they had read.")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="charter_opinion_once")]
        indexes = [models.Index(fields=["user"], name="charter_opinion_waits", condition=Q(said_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.user_id}"


class Acknowledgement(models.Model):
    """A colleague has read a version and answered its questions: at the first try, and all of them in the end."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="acknowledgements")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    first = ArrayField(models.BooleanField(), help_text="Which questions they had right at once.")
    tries = models.PositiveSmallIntegerField(default=1)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="charter_acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.user_id}"


class CharterLink(Noun):
    """An address under which somebody outside reads the charter that holds; for a time, and until it is withdrawn."""

    label = models.CharField(max_length=120)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Return the page of all such links."""
        return address("governance:charter-links")


class CharterOpening(models.Model):
    """The charter was opened by a link."""

    link = models.ForeignKey(CharterLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("link"), F("at").desc(), name="charter_opening_newest")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.at}"
