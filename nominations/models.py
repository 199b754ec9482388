"""Nominations: a colleague names a customer who would speak for us."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nominations.campaigns.models import Campaign, CampaignMessage, KickoffItem, MessageSend
from nominations.enums import OPEN_NOMINATIONS, REFERENCES, UNDECIDED, NominationChannel, NominationState, OwnerAnswer
from nominations.quotas.models import QuotaCount, QuotaPlan, QuotaShare
from nominations.signals.models import NominationLink, SignalRule
from nominations.standings.models import StandingsSnapshot
from nominations.waves.models import Cohort, CohortMember, Wave
from references.models import Account, Contact, RecruitingTarget
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import Person, Region, Team, User

__all__ = [
    "Campaign",
    "CampaignMessage",
    "Cohort",
    "CohortMember",
    "KickoffItem",
    "MessageSend",
    "Nomination",
    "NominationCredit",
    "NominationLink",
    "QuotaCount",
    "QuotaPlan",
    "QuotaShare",
    "SignalRule",
    "StandingsSnapshot",
    "Wave",
]


@keep_edits(
    leave_out=(
        *("submitted_at", "state_since", "owner_answered_at", "decided_at", "enrolled_at", "target"),
        *("channel", "submitted_by", "named_by", "campaign", "cohort", "in_gap", "merged_into", "second_to"),
        *("expected_on", "vouched_at", "first_act_at", "source_type", "source_id"),
    )
)
class Nomination(Noun):
    """One nomination of one account. Team and region are the nominator's as they were at submission."""

    nominator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="nominations")
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.SET_NULL, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="nominations")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="nominations")
    activities = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    why = models.TextField(help_text=_("What did they achieve, and why would they speak for us?"))
    state = models.CharField(max_length=18, choices=NominationState.choices, default=NominationState.SUBMITTED)
    submitted_at = models.DateTimeField(default=timezone.now)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    owner_asked = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    owner_answer = models.CharField(max_length=10, choices=OwnerAnswer.choices, default=OwnerAnswer.PENDING)
    owner_answered_at = models.DateTimeField(null=True)
    owner_note = models.TextField(blank=True)
    # The screener's score-card: 1 (weak) to 5 (strong), empty until judged.
    score_relationship = models.PositiveSmallIntegerField(null=True)
    score_results = models.PositiveSmallIntegerField(null=True)
    score_fit = models.PositiveSmallIntegerField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    revisit_on = models.DateField(null=True)
    enrolled_at = models.DateTimeField(null=True)
    # Who brought it, if not the nominator: a colleague who typed it for them, a customer or partner who named it.
    channel = models.CharField(max_length=10, choices=NominationChannel.choices, default=NominationChannel.PAGE)
    submitted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    named_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source_type = models.CharField(max_length=40, blank=True, help_text="What drafted it: a signal, an entry.")
    source_id = models.BigIntegerField(null=True, blank=True)
    # When and for what it came: kept as it was then, so that quotas and standings never change with the plan.
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="nominations")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.SET_NULL, related_name="nominations")
    in_gap = models.BooleanField(default=False, help_text="The account lay in a cell that lacked references.")
    expected_on = models.DateField(null=True, blank=True, help_text="Queued: when its turn is expected.")
    vouched_at = models.DateTimeField(null=True, blank=True, help_text="When somebody last said: still true.")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    # A colleague nominated the same customer before: this one is to be joined to that, and share its credit.
    second_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="seconds")
    first_act_at = models.DateTimeField(null=True, blank=True)
    # Where it was looked for: the recruiting target whose page or mail brought the nominator here.
    target = models.ForeignKey(RecruitingTarget, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NominationState.values), name="nomination_state_known"),
            models.CheckConstraint(condition=Q(owner_answer__in=OwnerAnswer.values), name="nomination_answer_known"),
            models.CheckConstraint(
                condition=~Q(state=NominationState.PARKED) | Q(revisit_on__isnull=False), name="nomination_parked_until"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[NominationState.ENROLLED, NominationState.FIRST_ACT])
                | Q(enrolled_at__isnull=False),
                name="nomination_enrolled_when",
            ),
            models.CheckConstraint(
                condition=Q(state=NominationState.MERGED, merged_into__isnull=False)
                | (~Q(state=NominationState.MERGED) & Q(merged_into__isnull=True)),
                name="nomination_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(second_to__isnull=True) | Q(state=NominationState.SUBMITTED),
                name="nomination_second_waits",
            ),
            models.CheckConstraint(condition=Q(channel__in=NominationChannel.values), name="nomination_channel_known"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{score}__isnull": True}) | Q(**{f"{score}__range": (1, 5)}),
                    name=f"nomination_{score}_1_to_5",
                )
                for score in ("score_relationship", "score_results", "score_fit")
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state__in=OPEN_NOMINATIONS, second_to__isnull=True),
                name="nomination_one_open_per_account",
            ),
            models.UniqueConstraint(
                fields=["source_type", "source_id"],
                condition=~Q(source_type=""),
                name="nomination_once_per_source",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="nomination_queue"),
            models.Index(fields=["nominator", "-id"], name="nomination_by_nominator"),
            models.Index(fields=["submitted_at", "id"], name="nomination_by_day"),
            models.Index(fields=["campaign", "state"], name="nomination_of_campaign"),
            models.Index(fields=["cohort", "state"], name="nomination_of_cohort"),
            models.Index(
                fields=["owner_asked"],
                name="nomination_owner_asked",
                condition=Q(
                    state__in=[NominationState.SUBMITTED, NominationState.RECHECK], owner_answer=OwnerAnswer.PENDING
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} by {self.nominator_id}"

    def get_absolute_url(self) -> str:
        """Return the address of the nomination's page."""
        return row_url("nominations:detail", self.public_id)

    @property
    def open(self) -> bool:
        """Whether it can still become an enrolled reference."""
        return self.state in OPEN_NOMINATIONS

    @property
    def may_be_changed(self) -> bool:
        """Whether its words may still be changed, or all of it be withdrawn: nothing has been decided."""
        return self.state in UNDECIDED

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether it may be taken back, or, as a draft, be dropped."""
        return self.may_be_changed or self.state == NominationState.DRAFT

    @property
    def may_be_answered(self) -> bool:
        """Whether the owner's word still counts; a late one does until the decision."""
        asked = self.owner_answer in {OwnerAnswer.PENDING, OwnerAnswer.NO_ANSWER} and self.second_to_id is None
        return asked and self.state in {NominationState.SUBMITTED, NominationState.SCREENING, NominationState.RECHECK}

    @property
    def waits_for_recheck(self) -> bool:
        """Whether somebody has been asked again whether it still holds, and has not answered."""
        return self.state == NominationState.RECHECK and self.owner_answer == OwnerAnswer.PENDING

    @property
    def enrolled(self) -> bool:
        """Whether it became a reference."""
        return self.state in REFERENCES

    @property
    def waits_for_owner(self) -> bool:
        """Whether the account's owner has been asked and has not answered."""
        asked = self.state == NominationState.SUBMITTED and self.owner_asked_id is not None
        return asked and self.owner_answer == OwnerAnswer.PENDING

    @property
    def score(self) -> int | None:
        """The score-card's sum, 3 to 15; None until all three are judged."""
        parts = (self.score_relationship, self.score_results, self.score_fit)
        return None if None in parts else sum(part or 0 for part in parts)


class NominationCredit(models.Model):
    """Whose nomination it is, in percent. One row of 100 but for merged ones, which share it by date and content.

    Team and region are the person's as they were then; standings, quotas and rules read credits, never `nominator`.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="credits")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="nomination_credits")
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.SET_NULL, related_name="+")
    percent = models.PositiveSmallIntegerField(default=100)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nomination", "user"], name="credit_once_per_person"),
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="credit_1_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.user_id} {self.percent} %"
