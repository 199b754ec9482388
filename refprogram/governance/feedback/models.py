"""One thing that somebody said about the program, and what was answered."""

from django.db import models
from django.db.models import Q

from refprogram.governance.feedback.enums import NoteKind, NoteState
from refprogram.governance.readiness.models import Change
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Noun
from refprogram.people.models import SlaClock, User


class FieldNote(Noun):
    """What hurts or helps. It goes to the owner of the change that it is about, else to the program's people.

    `clock` counts the working time until the answer; it stops when somebody answers, or the sender needs none any more.
    """

    sender = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    words = models.TextField()
    change = models.ForeignKey(Change, null=True, blank=True, on_delete=models.SET_NULL, related_name="notes")
    goes_to = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=NoteState.choices, default=NoteState.NEW)
    clock = models.OneToOneField(SlaClock, null=True, on_delete=models.PROTECT, related_name="+")
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    replied_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NoteState.values), name="field_note_state_known"),
            models.CheckConstraint(
                condition=~Q(state=NoteState.REPLIED) | Q(replied_at__isnull=False), name="field_note_replied_when"
            ),
            models.CheckConstraint(
                condition=Q(state=NoteState.SETTLED, settled_at__isnull=False)
                | (~Q(state=NoteState.SETTLED) & Q(settled_at__isnull=True)),
                name="field_note_settled_when",
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "-id"], name="field_note_by_sender"),
            models.Index(fields=["created_at"], name="field_note_by_day"),
            models.Index(fields=["goes_to"], name="field_note_waits", condition=Q(state="new")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    def get_absolute_url(self) -> str:
        """Return the page of what was said."""
        return row_url("governance:field-note", self.public_id)
