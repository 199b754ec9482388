"""Chains (data, in immutable versions), approvals that run on one version, and their decisions (append-only)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from refprogram.governance.approvals.enums import (
    OPEN_APPROVALS,
    ApprovalKind,
    ApprovalState,
    ApproverKind,
    SkipRule,
    TurnState,
    Verdict,
    Via,
)
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import MoneyField, Noun
from refprogram.people.models import Person, Team, User

STEP_FROZEN = """
IF EXISTS (SELECT 1 FROM governance_chainversion WHERE id = COALESCE(NEW.version_id, OLD.version_id)
           AND published_at IS NOT NULL
           -- what comes in together with the version itself (a restored copy) is no change
           AND NOT (TG_OP = 'INSERT' AND xmin::text::bigint = (txid_current() & 4294967295))) THEN
    RAISE EXCEPTION 'a published chain does not change: publish a new version';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
"""


@keep_edits()
class Chain(Noun):
    """Whose blessing one kind of thing needs. What it says lies in its versions."""

    kind = models.CharField(max_length=20, choices=ApprovalKind.choices, unique=True)
    purpose = models.TextField(blank=True, help_text="Why this is asked, in a sentence for those who wait.")

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """Return the page of the chain."""
        return row_url("governance:chain", self.public_id)


class ChainVersion(Noun):
    """The chain as it was from `published_at` on; a draft while that is empty. Approvals keep theirs to the end."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    passes = models.BooleanField(
        default=False, help_text="What falls outside the amounts of every step needs nobody, and is approved at once."
    )

    class Meta:
        ordering = ["chain", "-number"]
        triggers = [
            pgtrigger.Protect(
                name="version_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="chain_version_once"),
            models.UniqueConstraint(
                fields=["chain"], condition=Q(published_at__isnull=True), name="chain_has_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"


class ChainStep(models.Model):
    """Who is asked at one position, for amounts from `amount_from` up to below `amount_below`.

    Positions follow one another; steps that share a position are asked side by side, and all must agree.
    """

    version = models.ForeignKey(ChainVersion, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    approver = models.CharField(max_length=8, choices=ApproverKind.choices)
    role = models.CharField(max_length=12, blank=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    amount_from = MoneyField(null=True, blank=True)
    amount_below = MoneyField(null=True, blank=True)
    hours = models.PositiveSmallIntegerField(default=16, help_text="Working hours to answer; then the next one up.")
    only_for = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="Traits of a matter, `what:which`: one of each `what` that is named must be there. None: any matter.",
    )
    skip = models.CharField(max_length=8, choices=SkipRule.choices, blank=True, default=SkipRule.NEVER)
    escalate_manager = models.BooleanField(
        default=False, help_text="Who did not answer has a manager: that one is asked before anybody else."
    )
    escalate_role = models.CharField(max_length=12, blank=True)
    escalate_user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_below__isnull=True)
                | Q(amount_from__isnull=True)
                | Q(amount_below__gt=F("amount_from")),
                name="step_band_not_empty",
            ),
            models.CheckConstraint(
                condition=(~Q(approver=ApproverKind.ROLE) | ~Q(role=""))
                & (~Q(approver=ApproverKind.PERSON) | Q(user__isnull=False)),
                name="step_names_somebody",
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="step_has_time"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="step_frozen",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=STEP_FROZEN,
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.approver} {self.role}"


class Approval(Noun):
    """Something asked for: what it is about, for how much, by whom, for whom, and how far its chain has come."""

    kind = models.CharField(max_length=20, choices=ApprovalKind.choices)
    version = models.ForeignKey(ChainVersion, on_delete=models.PROTECT, related_name="approvals")
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=200, help_text="What it is about, as its room names it.")
    url = models.CharField(max_length=200, blank=True)
    amount = MoneyField(null=True, blank=True)
    reason = models.TextField(blank=True)
    requester = models.ForeignKey(User, on_delete=models.PROTECT, related_name="approvals_asked")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    carer = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    beneficiary = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="The team that gains by it."
    )
    barred = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text="Users who may never decide: who asked, who gains, and the team that gained when it was asked.",
    )
    traits = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="What steps go by.")
    strict = models.BooleanField(default=False, help_text="Silence never counts as a yes here.")
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.PENDING)
    stage = models.PositiveSmallIntegerField(default=0, help_text="The position whose turns are open.")
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    withdrawn_because = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApprovalState.values), name="approval_state_known"),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(state__in=OPEN_APPROVALS),
                name="approval_asked_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="approval_queue"),
            models.Index(fields=["requester", "-id"], name="approval_by_requester"),
            models.Index(fields=["subject_type", "subject_id"], name="approval_of_subject"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Return the page of the approval."""
        return row_url("governance:approval", self.public_id)

    @property
    def open(self) -> bool:
        """Whether an answer is still expected."""
        return self.state in OPEN_APPROVALS


class Turn(Noun):
    """One step of the chain for one approval: who is asked now, since when, until when."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="turns")
    step = models.ForeignKey(ChainStep, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=TurnState.choices, default=TurnState.WAITING)
    approver = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="turns", help_text="Empty: anyone of the role."
    )
    role = models.CharField(max_length=12, blank=True)
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    rung = models.PositiveSmallIntegerField(default=0, help_text="How far up it went: 0 is whom the step names.")
    why = models.CharField(max_length=200, blank=True, help_text="Why this one is asked, or nobody.")

    class Meta:
        ordering = ["approval", "position", "id"]
        constraints = [models.CheckConstraint(condition=Q(state__in=TurnState.values), name="turn_state_known")]
        indexes = [
            models.Index(fields=["approver", "due_at"], name="turn_of_person", condition=Q(state=TurnState.OPEN)),
            models.Index(fields=["role", "due_at"], name="turn_of_role", condition=Q(state=TurnState.OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.approval_id}/{self.position}"

    def get_absolute_url(self) -> str:
        """Return the page of its approval."""
        return self.approval.get_absolute_url()


class Decision(models.Model):
    """What somebody said, in whose name, where and when. Never changed, never deleted."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="decisions")
    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    in_name_of = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)
    via = models.CharField(max_length=4, choices=Via.choices, default=Via.PAGE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        triggers = [pgtrigger.Protect(name="decision_immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.by_id} {self.verdict}"
