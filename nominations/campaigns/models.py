"""Campaigns, what they send, what the teams that use references settle before they begin."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nominations.campaigns.enums import CampaignState, MessageChannel, Uses
from references.models import Ask, RecruitingTarget
from refprogram.governance.budgets.models import Commitment
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import MoneyField, Noun, StoredFile
from refprogram.people.models import Person, Region, Team, User


@keep_edits()
class Campaign(Noun):
    """A time in which an audience of colleagues is asked to nominate, for a goal."""

    name = models.CharField(max_length=120, unique=True)
    purpose = models.TextField(blank=True, help_text=_("What it is for, as colleagues read it."))
    goal = models.PositiveIntegerField(help_text=_("How many references it should bring."))
    target = models.ForeignKey(RecruitingTarget, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # The audience: colleagues who have one of these roles and are in one of these teams or regions (empty: all).
    roles = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    teams = models.ManyToManyField(Team, blank=True, related_name="+")
    regions = models.ManyToManyField(Region, blank=True, related_name="+")
    sponsor = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sponsor_message = models.TextField(blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="campaigns")
    starts_on = models.DateField()
    ends_on = models.DateField()
    budget = MoneyField(null=True, blank=True, help_text=_("What it may cost."))
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.PLANNED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CampaignState.values), name="campaign_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_start"),
            models.CheckConstraint(condition=Q(goal__gt=0), name="campaign_has_a_goal"),
        ]
        indexes = [models.Index(fields=["state", "starts_on"], name="campaign_by_start")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the campaign."""
        return row_url("nominations:campaign", self.public_id)

    def get_reader_url(self) -> str:
        """Return the page that the colleagues read whom it asks."""
        return row_url("nominations:campaign-about", self.public_id)


class CampaignMessage(Noun):
    """One entry of a campaign's calendar. Two subjects are tried on halves of the readers; which, a hash decides."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=10, choices=MessageChannel.choices, default=MessageChannel.MAIL)
    send_on = models.DateField()
    subject = models.CharField(max_length=150)
    other_subject = models.CharField(max_length=150, blank=True, help_text=_("Half of the readers get this one."))
    body = models.TextField(blank=True)
    asset = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # To customers: which of them, as filters; none means those of the campaign's teams and regions.
    customers = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["send_on"], name="campaign_message_due", condition=Q(sent_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.subject


class MessageSend(models.Model):
    """One message to one person: which subject, and whether the link in it was used. Once, whatever happens."""

    message = models.ForeignKey(CampaignMessage, on_delete=models.CASCADE, related_name="sends")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other_subject = models.BooleanField(default=False)
    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    refused = models.CharField(max_length=200, blank=True, help_text="Why a customer was not written to.")
    sent_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="message_once_per_person")]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.person_id}"


class CampaignAsset(models.Model):
    """A file or an address that helps to tell the story: a deck, a poster, a film."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="assets")
    title = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    url = models.URLField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(url=""), name="campaign_asset_is_somewhere"),
        ]

    def __str__(self) -> str:
        return self.title


class KickoffItem(models.Model):
    """One line of the checklist that the teams which use references settle before a campaign begins."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="kickoff")
    uses = models.CharField(max_length=12, choices=Uses.choices)
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    who = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(uses__in=Uses.values), name="kickoff_uses_known")]

    def __str__(self) -> str:
        return self.text
