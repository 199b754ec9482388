"""Sponsors and what they back, what they promised, and the words that go with a promise."""

import datetime as dt

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from refprogram.governance.sponsors.enums import Backs, Cause, PledgeKind, PledgeState, Reminder
from refprogram.governance.sponsors.policy import MOST_WEEKS
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import Region, User


class Sponsorship(Noun):
    """A colleague backs a part of the program. `alert`: why they may be lost, until somebody has decided about it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sponsorships")
    backs = models.CharField(max_length=10, choices=Backs.choices, default=Backs.PROGRAM)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=120, blank=True, help_text="The contest, by its name.")
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The last day that was agreed.")
    deputy = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ended_on = models.DateField(null=True, help_text="The last day on which they backed it.")
    ended_for = models.CharField(max_length=12, choices=Cause.choices, blank=True)
    alert = models.CharField(max_length=12, choices=Cause.choices, blank=True)
    alerted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "backs", "region", "part"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                name="sponsor_of_a_part_once",
            ),
            models.CheckConstraint(
                condition=Q(backs=Backs.PROGRAM, region__isnull=True, part="")
                | Q(backs=Backs.REGION, region__isnull=False, part="")
                | (Q(backs=Backs.CONTEST, region__isnull=True) & ~Q(part="")),
                name="sponsor_backs_something",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="sponsor_term", condition=Q(ended_on__isnull=True))]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.label}"

    def get_absolute_url(self) -> str:
        """Return the page of the sponsor."""
        return row_url("governance:sponsor", self.public_id)

    @property
    def label(self) -> str:
        """What they back, in words."""
        if self.region is not None:
            return self.region.name
        return self.part or str(Backs.PROGRAM.label)

    @property
    def is_live(self) -> bool:
        """Whether they have not ended it."""
        return self.ended_on is None


# Whose it is and how far is told by the stream; what people write in it is told by its edits.
@keep_edits(leave_out=("sponsorship", "state", "reminded", "revision", "follows", "settled_at"))
class SponsorPledge(Noun):
    """What a sponsor promised to do by a day; with a rhythm, the next one is made when this is done or missed."""

    sponsorship = models.ForeignKey(Sponsorship, on_delete=models.CASCADE, related_name="pledges")
    kind = models.CharField(max_length=10, choices=PledgeKind.choices)
    words = models.CharField(max_length=300)
    channel = models.CharField(max_length=120, blank=True, help_text="Where: a meeting, a mail, an event.")
    audience = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    every_weeks = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_WEEKS)], help_text="0: once."
    )
    until = models.DateField(null=True, blank=True, help_text="A rhythm makes nothing after this day.")
    state = models.CharField(max_length=10, choices=PledgeState.choices, default=PledgeState.PROMISED)
    done_on = models.DateField(null=True)
    proof = models.TextField(blank=True, help_text="What happened, in words.")
    because = models.TextField(blank=True, help_text="Why it was released, or why the new sponsor said no.")
    noted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    follows = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="next_one")
    reminded = models.CharField(max_length=8, choices=Reminder.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PledgeState.values), name="pledge_state_known"),
            models.CheckConstraint(
                condition=Q(state=PledgeState.DONE, done_on__isnull=False)
                | (~Q(state=PledgeState.DONE) & Q(done_on__isnull=True)),
                name="pledge_done_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=PledgeState.RELEASED) | ~Q(because=""), name="pledge_released_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="pledge_by_state"),
            models.Index(fields=["due_on", "id"], name="pledge_by_day"),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        """Return the page of the promise."""
        return row_url("governance:pledge", self.public_id)

    @property
    def holder(self) -> User:
        """Whose promise it is now."""
        return self.sponsorship.user

    @property
    def on_time(self) -> bool:
        """Whether it was done by its day."""
        return self.done_on is not None and self.done_on <= self.due_on

    def lapses_after(self, late_days: int) -> dt.date:
        """The last day on which it can be kept late: soon enough for the next one of its rhythm."""
        days = min(late_days, 7 * self.every_weeks - 1) if self.every_weeks else late_days
        return self.due_on + dt.timedelta(days=days)


class PledgeText(models.Model):
    """Words that go with a promise, ready to send; each change is one more, the last one holds."""

    pledge = models.ForeignKey(SponsorPledge, on_delete=models.CASCADE, related_name="texts")
    revision = models.PositiveIntegerField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["pledge", "revision"], name="pledge_text_once")]

    def __str__(self) -> str:
        return f"{self.pledge_id}: {self.revision}"
