"""Groups and stakeholders, what they need, when they were spoken to, how they are; the directory and launches."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from refprogram.governance.stakeholders.enums import Knows
from refprogram.kernel.addresses import address, row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import User

FROM_ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]
CALL_HOURS = Decimal("1.5")


class StakeholderGroup(Noun):
    """Those who want the same of the program. Two or three groups are key: who has ten, has none."""

    name = models.CharField(max_length=80, unique=True)
    is_key = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_key", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the register."""
        return address("governance:stakeholders")


@keep_edits(leave_out=("contacted_on", "revision"))
class Stakeholder(Noun):
    """A colleague, or somebody outside by name. `contacted_on` is kept by what is noted of each contact.

    `revision` counts changes of what is known, so that of two who write neither overwrites the other unseen.
    """

    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.CASCADE, related_name="stake")
    name = models.CharField(max_length=120)
    part = models.CharField(max_length=120, blank=True, help_text="What they are in the company, or outside.")
    group = models.ForeignKey(StakeholderGroup, on_delete=models.PROTECT, related_name="members")
    influence = models.PositiveSmallIntegerField(validators=FROM_ONE_TO_FIVE)
    interest = models.PositiveSmallIntegerField(validators=FROM_ONE_TO_FIVE)
    success = models.TextField(blank=True, help_text="When they would call the program a success, in their words.")
    keeper = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    every_days = models.PositiveSmallIntegerField(default=0, help_text="How often they are spoken to; 0: no rhythm.")
    contacted_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(influence__range=(1, 5), interest__range=(1, 5)), name="stake_from_one_to_five"
            ),
        ]
        indexes = [models.Index(fields=["contacted_on"], name="stake_contact", condition=Q(every_days__gt=0))]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the stakeholder."""
        return row_url("governance:stakeholder", self.public_id)


@keep_edits(with_added=True, indexed=("stakeholder",))
class Requirement(Noun):
    """What a stakeholder needs of the program; met on a day, or not yet."""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="requirements")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = [F("met_on").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "id"]

    def __str__(self) -> str:
        return self.text


class StakeholderContact(models.Model):
    """They were spoken to."""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="contacts")
    on = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.stakeholder_id}: {self.on}"


class Pulse(Noun):
    """One question, asked by a link: how well does the program serve you, from 1 to 5?"""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="pulses")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, validators=FROM_ONE_TO_FIVE)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__range=(1, 5)), name="pulse_in_range"),
            models.UniqueConstraint(
                fields=["stakeholder"], condition=Q(answered_at__isnull=True), name="pulse_one_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id}: {self.score}"

    def get_absolute_url(self) -> str:
        """Return the page of its stakeholder."""
        return self.stakeholder.get_absolute_url()


@keep_edits()
class DirectoryEntry(Noun):
    """A colleague who knows something that references need: whom to ask about what."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    knows = models.CharField(max_length=12, choices=Knows.choices)
    topics = models.CharField(max_length=300)
    reach = models.CharField(max_length=200, blank=True, help_text="How they like to be asked.")

    class Meta:
        ordering = ["knows", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "knows"], name="directory_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.knows}"

    def get_absolute_url(self) -> str:
        """Return the directory."""
        return address("governance:directory")


@keep_edits()
class Launch(Noun):
    """Something on the company's roadmap that will need references; its work counts as demand in its month."""

    name = models.CharField(max_length=160)
    product = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    references = models.PositiveSmallIntegerField(default=0, help_text="How many customers have to speak for it.")
    hours = models.DecimalField(max_digits=5, decimal_places=2, default=CALL_HOURS, help_text="For each of them.")

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the directory."""
        return address("governance:directory")

    @property
    def total_hours(self) -> Decimal:
        """Our working hours for all of its references."""
        return self.hours * self.references
