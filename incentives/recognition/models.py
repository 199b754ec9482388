"""Thanks, letters of executives, the feed, and who would rather not stand in public."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from incentives.badges.models import BadgeGrant
from incentives.recognition.enums import LetterState, PostKind
from references.models import Account
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Event, Noun
from refprogram.people.models import Person, User


class Thanks(Noun):
    """What one colleague thanked another for. `counts`: it adds to the receiver's level (no ring of friends)."""

    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="thanks_given")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="thanks_received")
    words = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    week = models.DateField(help_text="The Monday of the week whose limit it took from.")
    counts = models.BooleanField(default=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name_plural = "thanks"
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="thanks_to_another"),
            models.UniqueConstraint(
                fields=["giver", "receiver", "week"],
                name="thanks_once_a_week",
                condition=Q(taken_back_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["giver", "week"], name="thanks_of_week"),
            models.Index(fields=["receiver", "-given_at"], name="thanks_for"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} thanks {self.receiver_id}"

    def get_absolute_url(self) -> str:
        """Return where it is read: the feed."""
        return f"{reverse('incentives:feed')}?kind=thanks#{self.public_id}"


class Letter(Noun):
    """A letter of appreciation that an executive sends as themselves. `facts` is what it was drafted from."""

    writer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="letters_written")
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters_about")
    drafted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    facts: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    subject = models.CharField(max_length=120)
    body = models.TextField(max_length=4000)
    public = models.BooleanField(default=True, help_text="Whether it is published to the feed once it is sent.")
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.DRAFT)
    sent_at = models.DateTimeField(null=True, blank=True)
    copied_to = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~Q(state=LetterState.SENT) & Q(sent_at__isnull=True)),
                name="letter_sent_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["writer", "state", "-sent_at"], name="letters_of_writer")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """Return the page of the letter."""
        return row_url("incentives:letter", self.public_id)


class FeedPost(Noun):
    """One thing in the feed; its words are those of what it is about, read when it is shown."""

    kind = models.CharField(max_length=8, choices=PostKind.choices)
    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    letter = models.OneToOneField(Letter, null=True, blank=True, on_delete=models.CASCADE, related_name="post")
    thanks = models.OneToOneField(Thanks, null=True, blank=True, on_delete=models.CASCADE, related_name="post")
    grant = models.OneToOneField(BadgeGrant, null=True, blank=True, on_delete=models.CASCADE, related_name="post")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=PostKind.values), name="post_kind_known")]
        indexes = [
            models.Index(fields=["-at", "-id"], name="feed_newest", condition=Q(hidden_at__isnull=True)),
            models.Index(fields=["person", "-at"], name="feed_of_person"),
        ]

    def __str__(self) -> str:
        return self.key


class RecognitionChoice(Noun):
    """Where somebody would rather not stand. Without a row: in ranks and in the feed, as everybody."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="recognition_choice")
    in_ranks = models.BooleanField(default=True)
    in_feed = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.person_id}: ranks {self.in_ranks}, feed {self.in_feed}"
