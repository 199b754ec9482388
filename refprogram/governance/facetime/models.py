"""An executive's terms, the slots they offer, the talks in them, the guests of a talk and what those said of it."""

import datetime as dt
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value

from refprogram.governance.approvals.models import Approval
from refprogram.governance.facetime.enums import (
    ASKED,
    COMING,
    HOLDING,
    OPEN_FEEDBACK,
    STANDING,
    TOOK_PLACE,
    Circle,
    FeedbackState,
    FollowUp,
    GuestAnswer,
    Manner,
    Side,
    SlotState,
    TalkState,
    TalkTopic,
)
from refprogram.governance.facetime.policy import LONGEST, SHORTEST
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Noun
from refprogram.people.models import Person, User

AN_HOUR = Decimal(60)


class FaceTimeTerms(Noun):
    """What an executive pledges from a quarter on, until they say otherwise; without one the program's figures hold."""

    executive = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField(help_text="First day of the quarter from which on it holds.")
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    most_a_week = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(20)])
    notice_days = models.PositiveSmallIntegerField(validators=[MaxValueValidator(60)])

    class Meta:
        ordering = ["executive", "starts_on"]
        constraints = [models.UniqueConstraint(fields=["executive", "starts_on"], name="facetime_terms_once")]

    def __str__(self) -> str:
        return f"{self.executive_id}: {self.hours} h"


class FaceTimeSlot(Noun):
    """A time that an executive offers to one party of guests. Whose it is never changes; when and where may."""

    executive = models.ForeignKey(User, on_delete=models.CASCADE, related_name="face_time")
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    topics = ArrayField(models.CharField(max_length=12, choices=TalkTopic.choices))
    circles = ArrayField(models.CharField(max_length=10, choices=Circle.choices))
    manner = models.CharField(max_length=5, choices=Manner.choices, default=Manner.CALL)
    place = models.CharField(max_length=300, blank=True, help_text="A place, or the address of a call.")
    note = models.CharField(max_length=300, blank=True, help_text="What whoever asks should know.")
    state = models.CharField(max_length=10, choices=SlotState.choices, default=SlotState.FREE)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at") + dt.timedelta(minutes=SHORTEST))
                & Q(ends_at__lte=F("starts_at") + dt.timedelta(minutes=LONGEST)),
                name="facetime_slot_length",
            ),
            ExclusionConstraint(
                name="facetime_one_place_at_a_time",
                expressions=[
                    (F("executive"), RangeOperators.EQUAL),
                    (
                        Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange",
                             output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=STANDING),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["starts_at"], name="facetime_by_time"),
            models.Index(fields=["executive", "starts_at"], name="facetime_of_executive"),
        ]

    def __str__(self) -> str:
        return f"{self.executive_id}: {self.starts_at}"

    def get_absolute_url(self) -> str:
        """Return the page of the slot."""
        return row_url("governance:face-time-slot", self.public_id)

    @property
    def minutes(self) -> int:
        """How long it is."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def hours(self) -> Decimal:
        """How long it is, in hours."""
        return self.minutes / AN_HOUR

    @property
    def topic_words(self) -> str:
        """What can be talked about, in words."""
        return ", ".join(str(TalkTopic(one).label) for one in self.topics)

    @property
    def circle_words(self) -> str:
        """For whom it is, in words."""
        return ", ".join(str(Circle(one).label) for one in self.circles)


class FaceTimeTalk(Noun):
    """A slot that is asked for, for somebody of a room above (type, id, label, url). `sequence` counts its changes."""

    slot = models.ForeignKey(FaceTimeSlot, on_delete=models.PROTECT, related_name="talks")
    topic = models.CharField(max_length=12, choices=TalkTopic.choices)
    circle = models.CharField(max_length=10, choices=Circle.choices)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True, blank=True)
    label = models.CharField(max_length=200, help_text="Whom it is for, as they were called when it was asked for.")
    url = models.CharField(max_length=300, blank=True)
    reason = models.TextField(help_text="Why an hour of an executive is well spent here.")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approval = models.ForeignKey(Approval, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=TalkState.choices, default=TalkState.REQUESTED)
    answer_by = models.DateTimeField(help_text="Who has not agreed by then has not agreed.")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_side = models.CharField(max_length=10, choices=Side.choices, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was declined or called off.")
    outcome = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["slot"], condition=Q(state__in=HOLDING), name="facetime_slot_taken_once"),
        ]
        indexes = [
            models.Index(fields=["account_id"], name="facetime_of_account"),
            models.Index(fields=["subject_type", "subject_id"], name="facetime_of_subject"),
            models.Index(fields=["state"], name="facetime_open", condition=Q(state__in=COMING)),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Return the page of the talk."""
        return row_url("governance:face-time-talk", self.public_id)

    @property
    def is_asked(self) -> bool:
        """Whether somebody still has to agree."""
        return self.state in ASKED

    @property
    def is_coming(self) -> bool:
        """Whether it may still take place."""
        return self.state in COMING

    @property
    def took_place(self) -> bool:
        """Whether it was held."""
        return self.state in TOOK_PLACE


class FaceTimeGuest(Noun):
    """Somebody invited to a talk. Their link is one for all of it: invitation, changes, how it was, our answer."""

    talk = models.ForeignKey(FaceTimeTalk, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=5, choices=GuestAnswer.choices, default=GuestAnswer.OPEN)
    words = models.CharField(max_length=500, blank=True)
    proposed = models.ForeignKey(FaceTimeSlot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["talk", "person"], name="facetime_guest_once")]

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.person_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the talk."""
        return self.talk.get_absolute_url()


class FaceTimeFeedback(Noun):
    """What a guest said of a talk, what we do with it, and what they were told: a circle with a clock."""

    guest = models.OneToOneField(FaceTimeGuest, on_delete=models.CASCADE, related_name="feedback")
    state = models.CharField(max_length=10, choices=FeedbackState.choices, default=FeedbackState.ASKED)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    gained = models.TextField(blank=True, help_text="What they took with them.")
    wish = models.TextField(blank=True, help_text="What we should do now.")
    given_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="Until when the next step is due.")
    verdict = models.CharField(max_length=8, choices=FollowUp.choices, blank=True)
    because = models.TextField(blank=True, help_text="What is done, or why not: in words that the guest reads.")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    do_by = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reply = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__range=(1, 5)), name="facetime_score"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="facetime_feedback_due", condition=Q(state__in=OPEN_FEEDBACK)),
        ]

    def __str__(self) -> str:
        return f"{self.guest_id}: {self.state}"

    def get_absolute_url(self) -> str:
        """Return the page of the talk."""
        return self.guest.get_absolute_url()
