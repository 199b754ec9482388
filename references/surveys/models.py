"""Surveys, the waves they are sent in, and each contact's invitation with its score."""

from django.db import models
from django.db.models import Q

from references.accounts.models import Account, Ask, Contact
from references.profiles.models import LinkedProgram
from references.surveys.enums import InvitationState, SurveyKind, SurveyState, SurveyWaveState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import FormAnswer, FormVersion, Noun
from refprogram.people.models import User


class Survey(Noun):
    """One published form version, sent to contacts in waves of at most `per_day` mails a day."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=SurveyKind.choices)
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    message = models.TextField(blank=True, help_text="What the mail says before its one button.")
    state = models.CharField(max_length=8, choices=SurveyState.choices, default=SurveyState.DRAFT)
    per_day = models.PositiveSmallIntegerField(default=50)
    closes_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    program = models.ForeignKey(
        LinkedProgram, null=True, blank=True, on_delete=models.SET_NULL, related_name="surveys",
        help_text="The satisfaction program of which who is sent this survey becomes a member.",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SurveyState.values), name="survey_state_known"),
            models.CheckConstraint(condition=Q(per_day__gte=1), name="survey_sends_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the survey."""
        return row_url("references:survey", self.public_id)


class SurveyWave(Noun):
    """One sending: whom (`audience`: filters of contacts), from when, and how far it is. Counts are kept."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waves")
    name = models.CharField(max_length=80)
    audience = models.JSONField(default=dict)
    starts_on = models.DateField()
    state = models.CharField(max_length=10, choices=SurveyWaveState.choices, default=SurveyWaveState.PLANNED)
    invited = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["survey", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SurveyWaveState.values), name="wave_state_known"),
            models.UniqueConstraint(fields=["survey", "name"], name="survey_wave_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of its survey."""
        return self.survey.get_absolute_url()


class SurveyInvitation(Noun):
    """One contact asked to answer one survey, once; with the score as it was given."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    wave = models.ForeignKey(SurveyWave, on_delete=models.CASCADE, related_name="invitations")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="survey_invitations")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="survey_invitations")
    ask = models.OneToOneField(Ask, null=True, on_delete=models.SET_NULL, related_name="survey_invitation")
    answer = models.OneToOneField(FormAnswer, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=InvitationState.choices, default=InvitationState.QUEUED)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was not sent.")
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "contact"], name="survey_contact_once"),
            models.CheckConstraint(condition=Q(state__in=InvitationState.values), name="invitation_state_known"),
        ]
        indexes = [
            models.Index(fields=["wave", "id"], name="invitation_to_send", condition=Q(state=InvitationState.QUEUED)),
            models.Index(fields=["survey", "state", "-answered_at"], name="invitation_results"),
            models.Index(fields=["account", "-answered_at"], name="invitation_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.contact_id}"

    def get_absolute_url(self) -> str:
        """Return the page of its survey."""
        return self.survey.get_absolute_url()
