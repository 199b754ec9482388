"""Entries, how they came, what they say, and what is judged of them."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.contests.models import Category, Contest, Sponsor
from awards.entries.enums import EntryState, Factor, HelperPart, InviteState, PlaceState, Reason
from references.models import Account, Ask, Consent, Contact
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import FormAnswer, FormVersion, Noun, StoredFile
from refprogram.people.models import Person, Team, User

APPEND_ONLY = "RAISE EXCEPTION 'versions of an entry are never changed';"


@keep_edits(leave_out=("invited_at", "answered_at", "reminded_at", "ask"))
class EntryInvite(Noun):
    """A customer is proposed by a colleague, asked by the program, and answers by signed link."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="invites")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True, help_text=_("What they achieved: the entry begins with it."))
    state = models.CharField(max_length=10, choices=InviteState.choices, default=InviteState.PROPOSED)
    reason = models.CharField(max_length=300, blank=True)
    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=InviteState.values), name="entry_invite_state_known"),
            models.UniqueConstraint(
                fields=["contest", "account"],
                condition=Q(state__in=["proposed", "invited", "accepted"]),
                name="entry_invite_one_open",
            ),
        ]
        indexes = [models.Index(fields=["contest", "state"], name="entry_invite_queue")]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.account_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the invitation."""
        return row_url("awards:invite", self.public_id)


# What is written stands in its versions; autosave would fill the history with every pause in typing.
@keep_edits(
    leave_out=(
        "submitted_at",
        "state_since",
        "version",
        "answer",
        "title",
        "summary",
        "revision",
        "wants_feedback",
    )
)
class ContestEntry(Noun):
    """What one entrant hands in: an account, or a team of ours, or (`anchor`) a text all judges score to calibrate.

    `code` is what blind judges read instead of a name: random, and without any order. What is written lies in
    `answer` (a form of the builder) until it is submitted, and then in versions that never change.
    """

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    says_it_is = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="A customer of ours has the name that a stranger typed; whether it is them, a person says.",
    )  # fmt: skip
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    anchor = models.BooleanField(default=False)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invite = models.OneToOneField(EntryInvite, null=True, blank=True, on_delete=models.SET_NULL, related_name="entry")
    nominator = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=160, blank=True)
    summary = models.CharField(max_length=400, blank=True)
    answer = models.OneToOneField(FormAnswer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=EntryState.choices, default=EntryState.DRAFT)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0, help_text="Counts saves: two tabs cannot overwrite each other.")
    extended_until = models.DateTimeField(null=True, blank=True, help_text="This entrant's own deadline.")
    extension_reason = models.CharField(max_length=300, blank=True)
    extended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    fix_until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was sent back, refused, disqualified.")
    reason_codes = ArrayField(models.CharField(max_length=16, choices=Reason.choices), default=list, blank=True)
    screened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    second_opinion_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    disqualify_asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    redacted_at = models.DateTimeField(null=True, blank=True, help_text="Somebody saw that blind judges learn no name.")
    hidden_words = ArrayField(
        models.CharField(max_length=1000),
        default=list,
        blank=True,
        help_text="Passages that blind judges do not read, wherever they stand; marked by a screener.",
    )
    hidden_files = ArrayField(
        models.CharField(max_length=32), default=list, blank=True, help_text="Attachments that blind judges do not get."
    )
    duplicate_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    entered_before = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="again")
    wants_feedback = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "contest entries"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="contest_entry_state_known"),
            models.CheckConstraint(
                condition=Q(account__isnull=False, team__isnull=True, anchor=False)
                | Q(account__isnull=True, team__isnull=False, anchor=False)
                | Q(account__isnull=True, team__isnull=True, anchor=True),
                name="contest_entry_one_entrant",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approval", "withdrawn"])
                | Q(submitted_at__isnull=False)
                | Q(anchor=True),
                name="contest_entry_submitted_when",
            ),
        ]
        indexes = [
            models.Index(fields=["contest", "state", "-id"], name="contest_entry_queue"),
            models.Index(fields=["contest", "state_since", "id"], name="contest_entry_since"),
            models.Index(fields=["account"], name="contest_entry_account"),
            models.Index(fields=["contest"], name="contest_entry_anchors", condition=Q(anchor=True)),
        ]

    def __str__(self) -> str:
        return self.code  # never a word of a draft

    def get_absolute_url(self) -> str:
        """Return the page of the entry for colleagues."""
        return row_url("awards:entry", self.public_id)


class EntryVersion(models.Model):
    """An entry as it was handed in: answers, results, files. Append-only; `hash` is sha256 over its canonical JSON."""

    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    form_version = models.ForeignKey(FormVersion, null=True, on_delete=models.PROTECT, related_name="+")
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        help_text="{title, summary, answers, metrics, categories, files}"
    )
    hash = models.CharField(max_length=64)
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["entry", "-number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once")]
        triggers = [
            pgtrigger.Trigger(
                name="entry_version_kept", operation=pgtrigger.Update, when=pgtrigger.Before, func=APPEND_ONLY
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.number}"


class EntryMetric(Noun):
    """One measured result: before, after, unit, over what period, how it was measured, and the proof."""

    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="metrics")
    factor = models.CharField(max_length=14, choices=Factor.choices)
    what = models.CharField(max_length=160, help_text=_("What was measured."))
    before = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    after = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    period = models.CharField(max_length=80, blank=True)
    method = models.CharField(max_length=200, blank=True)
    story = models.TextField(blank=True, help_text=_("For told value: the anecdote."))
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    publishable = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["entry", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(factor__in=Factor.values), name="entry_metric_factor_known"),
            models.CheckConstraint(
                condition=Q(before__isnull=False, after__isnull=False) | ~Q(story=""),
                name="entry_metric_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class EntryHelper(models.Model):
    """Somebody beside the owner: a co-author (often the rep), a reader, or who approves it for the customer."""

    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="helpers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=HelperPart.choices)
    approved_version = models.CharField(max_length=64, blank=True, help_text="Hash of what the approver agreed to.")
    approved_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="entry_helper_once"),
            models.CheckConstraint(condition=Q(part__in=HelperPart.values), name="entry_helper_part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.person_id}"


class EntryConsent(models.Model):
    """What the entrant agreed to or not for one use, when it was submitted; the consent itself lies in references.

    Being named to a sponsor is agreed to sponsor by sponsor.
    """

    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="consents")
    use = models.CharField(max_length=12, help_text="winners page, case study, quote, logo, leads: see wording.py")
    sponsor = models.ForeignKey(
        Sponsor, null=True, blank=True, on_delete=models.PROTECT, related_name="lead_consents",
        help_text="To whom the entrant may be named.",
    )  # fmt: skip
    given = models.BooleanField()
    wording = models.TextField()
    signer = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "use", "sponsor"], name="entry_consent_once_each", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.use}"


class CategoryEntry(Noun):
    """An entry in one category: the thing that is judged."""

    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="places")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="places")
    state = models.CharField(max_length=12, choices=PlaceState.choices, default=PlaceState.ENTERED)
    round_number = models.PositiveSmallIntegerField(default=1, help_text="The round it stands in.")

    class Meta:
        verbose_name_plural = "category entries"
        constraints = [
            models.UniqueConstraint(fields=["entry", "category"], name="category_entry_once"),
            models.CheckConstraint(condition=Q(state__in=PlaceState.values), name="category_entry_state_known"),
        ]
        indexes = [models.Index(fields=["category", "state"], name="category_entry_state")]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.category_id}"
