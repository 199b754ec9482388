"""Outcomes, corrections proposed to the CRM, linked programs, and who saw a masked name."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Account, Contact
from references.profiles.enums import CorrectionState, Direction, ParticipationState, ProgramKind
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import User


@keep_edits()
class Outcome(Noun):
    """What got better at a customer, measured: before, after, over which time. Evidence files name it as subject.

    It counts (for readiness, claims, onboarding) only once somebody other than its author has verified it.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="outcomes")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    metric = models.CharField(max_length=120, help_text=_("What is measured: “Time to close the books”."))
    unit = models.CharField(max_length=20, blank=True)
    before = models.DecimalField(max_digits=18, decimal_places=4)
    after = models.DecimalField(max_digits=18, decimal_places=4)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.UP)
    period = models.CharField(max_length=60, blank=True, help_text=_("Over which time: “Q1 to Q3 2026”."))
    evidence_url = models.URLField(blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.metric

    def get_absolute_url(self) -> str:
        """The account's page, where outcomes stand."""
        return f"{self.account.get_absolute_url()}#outcomes"


class Correction(Noun):
    """A colleague says that a field owned by the CRM is wrong: proposed back, never overwritten here."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=40)
    stood = models.CharField(max_length=200, blank=True, help_text=_("What stood there when it was proposed."))
    proposed = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=CorrectionState.choices, default=CorrectionState.PROPOSED)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "field"],
                condition=Q(state__in=["proposed", "sent"]),
                name="correction_one_open_per_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.field}"

    def get_absolute_url(self) -> str:
        """The account's page."""
        return self.account.get_absolute_url()


@keep_edits()
class LinkedProgram(Noun):
    """A program beside this one that asks the same customers; its asks count towards a cap that it shares with us."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=ProgramKind.choices)
    terms = models.TextField(blank=True, help_text=_("What members agree to."))
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    cap_per_quarter = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Asks a quarter that a member allows in all programs together.")
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The program's page."""
        return row_url("references:program", self.public_id)


class Participation(Noun):
    """A customer's person in a linked program."""

    program = models.ForeignKey(LinkedProgram, on_delete=models.CASCADE, related_name="participations")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="participations")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="participations")
    state = models.CharField(max_length=8, choices=ParticipationState.choices, default=ParticipationState.INVITED)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "contact"], condition=~Q(state="ended"), name="participation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.contact_id}"

    def get_absolute_url(self) -> str:
        """The account's page, where linked programs stand."""
        return f"{self.account.get_absolute_url()}#programs"


class Unmasking(models.Model):
    """Somebody was shown the name of a masked account: by whom, why, until when. Append-only."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="unmaskings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    source_type = models.CharField(max_length=32, blank=True, help_text=_("The row that gave the right, if one did."))
    source_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "until"], name="unmasking_of_user")]
        triggers = [pgtrigger.Protect(name="unmasking_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.account_id} to {self.user_id}"
