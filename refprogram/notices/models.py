"""What was told to whom, and how people want to be told."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from refprogram.kernel.models import Noun
from refprogram.notices.enums import Channel, MailState
from refprogram.people.models import Person


class Notice(Noun):
    """One line in somebody's notices. `key` makes telling the same thing twice impossible."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True)
    for_digest = models.BooleanField(default=False, help_text="Waits for the reader's next digest.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["person"], name="notice_for_digest", condition=Q(for_digest=True)),
            models.Index(fields=["person", "-id"], name="notice_newest"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.text


class Mail(Noun):
    """One mail on its way. Its words are emptied once it is sent: they may hold names and secret links."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    to = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, default="", help_text="An entry for the reader's calendar.")
    unsubscribe_url = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    send_after = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="mail_once")]
        indexes = [models.Index(fields=["send_after"], name="mail_waiting", condition=Q(state=MailState.QUEUED))]

    def __str__(self) -> str:
        return f"{self.subject} -> {self.to}"


class Preference(models.Model):
    """How one person wants one kind of notice by mail; without a row the kind's own default holds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=6, choices=Channel.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.channel}"
