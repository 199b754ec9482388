"""Reference requests: a need, the customers tried for it, and what both sides said afterwards."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Account, ActivityType, Ask, Contact, Opportunity, Product
from references.requests.enums import (
    AGREED_CANDIDATES,
    MATCHABLE,
    OPEN_CANDIDATES,
    OPEN_REQUESTS,
    BatchKind,
    BatchState,
    CandidateState,
    NameState,
    RequestState,
    Side,
    UnfilledReason,
    Wanting,
)
from refprogram.governance.approvals.models import Approval, ChainVersion
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import Region, User


@keep_edits(
    # `state` and `exception_reason` would tell later readers that the requester was restricted; see CONFIDENTIAL.
    leave_out=(
        "state", "exception_reason", "asked_back_at", "due_at", "submitted_at", "confirmed_at", "delivered_at",
        "closed_at", "reason_code",
    ),
)  # fmt: skip
class ReferenceRequest(Noun):
    """Somebody needs a customer who speaks: for a deal (`opportunity`), or without one."""

    requester = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reference_requests")
    opportunity = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="reference_requests"
    )
    purpose = models.CharField(max_length=200, help_text=_("For whom: the prospect, the event, the article."))
    activity = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="+")
    needed_by = models.DateField()
    topics = models.TextField(blank=True, help_text=_("What should be talked about?"))
    must_industry = models.CharField(max_length=80, blank=True)
    must_region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    must_product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    must_employees = models.PositiveIntegerField(null=True, blank=True)
    must_use_case = models.CharField(max_length=60, blank=True)
    must_persona = models.CharField(max_length=60, blank=True)
    # What would be nice: the same names as `must_…` without the prefix, and competitor, language.
    nice = models.JSONField(default=dict, blank=True)
    wanting = models.CharField(max_length=12, choices=Wanting.choices, default=Wanting.SALES)
    competitor = models.CharField(max_length=80, blank=True, help_text=_("Against whom, if that matters."))
    reserved = models.BooleanField(default=False, help_text=_("May use customers kept back for strategic needs."))
    after_the_fact = models.BooleanField(default=False, help_text=_("It had happened before it was written down."))
    redirected_to = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    board = models.ForeignKey(
        "references.Board", null=True, blank=True, on_delete=models.SET_NULL, related_name="requests",
        help_text=_("The share page that answered it."),
    )  # fmt: skip
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.SUBMITTED)
    question = models.TextField(blank=True, help_text=_("What the program needs to know first."))
    answer = models.TextField(blank=True)
    asked_back_at = models.DateTimeField(null=True, help_text=_("Since when the clock stands still."))
    reason = models.TextField(blank=True, help_text=_("Why it was refused, withdrawn or not filled."))
    reason_code = models.CharField(max_length=16, blank=True, choices=UnfilledReason.choices)
    exception_reason = models.TextField(
        blank=True, help_text=_("Why this deal cannot wait, where its requester asked for an exception.")
    )
    due_at = models.DateTimeField(
        help_text=_("When a customer should have agreed (service level); passed on: when the colleague should answer.")
    )
    submitted_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known")]
        indexes = [
            models.Index(fields=["state", "due_at"], name="request_queue"),
            models.Index(fields=["requester", "-id"], name="request_by_requester"),
            models.Index(fields=["submitted_at", "id"], name="request_by_day"),
            GinIndex(OpClass(Upper("purpose"), name="gin_trgm_ops"), name="request_purpose_trgm"),
        ]

    def __str__(self) -> str:
        return self.purpose

    def get_absolute_url(self) -> str:
        """Return the page of this request."""
        return row_url("references:request", self.public_id)

    @property
    def title(self) -> str:
        """What is wanted, for whom."""
        return _("%(activity)s for %(purpose)s") % {"activity": self.activity.name, "purpose": self.purpose}

    @property
    def open(self) -> bool:
        """Whether something still has to happen."""
        return self.state in OPEN_REQUESTS

    @property
    def matchable(self) -> bool:
        """Whether a customer may be proposed now."""
        return self.state in MATCHABLE


class Candidate(Noun):
    """One customer tried for a request, with the score and reasons as they were when proposed."""

    request = models.ForeignKey(ReferenceRequest, on_delete=models.CASCADE, related_name="candidates")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="candidacies")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="candidacies")
    ask = models.OneToOneField(Ask, null=True, on_delete=models.SET_NULL, related_name="candidate")
    state = models.CharField(max_length=16, choices=CandidateState.choices, default=CandidateState.OWNER_REVIEW)
    score = models.PositiveSmallIntegerField()
    factors = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    approver = models.ForeignKey(
        User,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who answers for the account's owner."),
    )
    route = models.ForeignKey(
        ChainVersion, null=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Who agrees before the customer is asked, as it was when they were proposed."),
    )  # fmt: skip
    approval = models.ForeignKey(Approval, null=True, on_delete=models.SET_NULL, related_name="+")
    owner_due_at = models.DateTimeField(null=True, help_text=_("When it goes on to somebody else."))
    owner_rung = models.PositiveSmallIntegerField(
        default=0, help_text=_("0 the owner, 1 reminded, 2 their manager, 3 the reference program.")
    )
    promised = models.TextField(blank=True, help_text=_("What the customer was promised for this conversation."))
    reason_code = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True, help_text=_("In their own words; for those who may see it."))
    owner_answered_at = models.DateTimeField(null=True)
    thanks = models.TextField(blank=True, help_text=_("The owner's own words of thanks."))
    thanked_at = models.DateTimeField(null=True, help_text=_("When the account's owner thanked them."))
    invited_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0, help_text=_("How often the customer was reminded."))
    rank = models.PositiveSmallIntegerField(default=0, help_text=_("Place in the line: 0 is tried now, 1 next…"))
    prospect_absences = models.PositiveSmallIntegerField(default=0)
    offered_times = models.JSONField(default=list, help_text=_("Times the customer offered, ISO 8601."))
    scheduled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "contact"], condition=~Q(state="released"), name="candidate_once"
            ),
            models.CheckConstraint(condition=Q(state__in=CandidateState.values), name="candidate_state_known"),
        ]
        indexes = [models.Index(fields=["state", "account"], name="candidate_open")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.account_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the request that it was tried for."""
        return self.request.get_absolute_url()

    @property
    def open(self) -> bool:
        """Whether an answer or the act itself is still expected."""
        return self.state in OPEN_CANDIDATES

    @property
    def agreed(self) -> bool:
        """Whether the customer has said yes and it has not happened yet."""
        return self.state in AGREED_CANDIDATES

    @property
    def times(self) -> list[dt.datetime]:
        """The times that the customer offered."""
        return [dt.datetime.fromisoformat(text) for text in self.offered_times]


class Feedback(Noun):
    """What one side said after it happened: was it useful (1–5), would they do it again, minutes it took."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="feedback")
    side = models.CharField(max_length=10, choices=Side.choices)
    rating = models.PositiveSmallIntegerField()
    expected = models.PositiveSmallIntegerField(null=True, help_text=_("What they had expected, on the same scale."))
    again = models.BooleanField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "side"], name="feedback_once_per_side"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="feedback_rating_1_to_5"),
            models.CheckConstraint(
                condition=Q(expected__isnull=True) | Q(expected__gte=1, expected__lte=5),
                name="feedback_expected_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.rating}"


@keep_edits()
class RequestBatch(Noun):
    """Several references for one purpose (a tender, a report), each named only with that customer's own word."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=BatchKind.choices)
    wanted = models.PositiveSmallIntegerField()
    needed_by = models.DateField()
    requester = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opportunity = models.ForeignKey(Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    activity = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="+")
    exclusive_from = models.DateField(null=True, blank=True)
    exclusive_until = models.DateField(null=True, blank=True)
    embargo_until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.COLLECTING)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The batch's page."""
        return row_url("references:batch", self.public_id)


class BatchName(Noun):
    """One customer in a batch, and whether they may be named in it."""

    batch = models.ForeignKey(RequestBatch, on_delete=models.CASCADE, related_name="names")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    ask = models.OneToOneField(Ask, null=True, on_delete=models.SET_NULL, related_name="batch_name")
    state = models.CharField(max_length=10, choices=NameState.choices, default=NameState.PROPOSED)
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "account"], condition=~Q(state="dropped"), name="batch_account_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.account_id}"


class Speaker(models.Model):
    """One contact and one kind of activity they agreed to: all that matching asks of them, in a narrow row.

    Kept by triggers of contacts, consents and asks, in the transaction of the row that changed, by the view
    `references_speaker_said`; `manage.py verify` compares the two. Nobody writes here by hand.
    """

    contact_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    activity = models.CharField(max_length=30)
    agreed_until = models.DateField()
    own_cap = models.IntegerField(null=True)  # their own word on how often a quarter
    asked_on = ArrayField(models.DateField(), default=list)  # for this, the newest first
    busy = models.BooleanField(default=False)  # with whatever they are asked for
    paused_until = models.DateField(null=True)
    rests_until = models.DateField(null=True)
    blackouts = models.JSONField(default=list)
    persona = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact_id", "activity"], name="speaker_once")]
        indexes = [models.Index(fields=["activity", "account_id"], name="speaker_by_activity")]

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.activity}"


class AssignmentRun(Noun):
    """One allocation of all open requests at once: what it knew, what it proposes. `facts` holds counts and seconds."""

    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    job_id = models.BigIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    weights = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        """The run's page."""
        return row_url("references:assignment", self.public_id)


class AssignmentPick(models.Model):
    """Whom a run would ask for one request; `taken_at` once somebody proposed them. No account: nobody was left."""

    run = models.ForeignKey(AssignmentRun, on_delete=models.CASCADE, related_name="picks")
    request = models.ForeignKey(ReferenceRequest, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(default=0)
    facts = models.JSONField(default=dict, help_text=_("Parts of the score, its first choice, why not that one."))
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "request"], name="assignment_pick_once")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.request_id}"
