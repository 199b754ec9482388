"""Reference accounts: who they are, who speaks for them, what they agreed to, and what was asked of them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references.accounts.enums import AskState, FreezeKind, Membership, Seniority, Stage, Tier
from references.accounts.indexes import BY_FATIGUE, NEAREST
from refprogram.governance.fulfilment.enums import GiftPolicy
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import MoneyField, Noun
from refprogram.people.models import Person, Region, User


class Product(Noun):
    """A product of the company that runs the program."""

    name = models.CharField(max_length=80, unique=True)
    line = models.CharField(max_length=80, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ActivityType(models.Model):
    """One thing a customer can do for the program, and what it costs them in effort points."""

    slug = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    verb = models.CharField(max_length=80, help_text=_("Ends the sentence: “Would you …?”"))
    effort = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(help_text=_("What we tell the customer it takes."))
    confirm_days = models.PositiveSmallIntegerField(help_text=_("Working days from request to a customer's yes."))
    lead_days = models.PositiveSmallIntegerField(default=5, help_text=_("Working days that preparing it takes."))
    approvals = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text=_("Who must agree beside the owner.")
    )
    scopes = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, help_text=_("What of them others will be shown.")
    )
    live = models.BooleanField(default=True, help_text=_("Something that happens, rather than something published."))
    self_serve = models.BooleanField(default=False, help_text=_("May be had without a program person in between."))
    hours = models.DecimalField(
        max_digits=5, decimal_places=2, default=1, help_text=_("Working hours that one costs the program.")
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


@keep_edits(
    leave_out=(
        "match_key",
        "nps",
        "nps_at",
        "csat",
        "csat_at",
        "frozen",
        "rests_until",
        "fatigue_key",
        "last_asked_at",
        "open_asks",
        "activities_done",
        "given_key",
        "readiness",
        "provenance",
    )
)
class Account(Noun):
    """A customer of the company, reference or not.

    Fatigue is stored normalised as `fatigue_key` = log2(load) + t/45 d (t: days since 1970 of the load): the load
    halves every 45 days while the key stands still, so an index can sort by it. None: never asked.
    """

    name = models.CharField(max_length=200)
    match_key = models.CharField(max_length=200, db_index=True, editable=False)
    external_ref = models.CharField(max_length=120, null=True, blank=True, unique=True)
    industry = models.CharField(max_length=80, blank=True)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=80, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    revenue = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text=_("In millions of the program's currency.")
    )
    founded = models.PositiveSmallIntegerField(null=True, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="subsidiaries")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_accounts")
    csm = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="cared_accounts")
    products = models.ManyToManyField(Product, blank=True, related_name="accounts")
    use_cases = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    competitor = models.CharField(max_length=80, blank=True, help_text=_("Whom we replaced there."))
    sponsor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="sponsored_accounts",
        help_text=_("Our executive who knows them."),
    )  # fmt: skip
    renews_on = models.DateField(null=True, blank=True)
    live_since = models.DateField(null=True, blank=True, help_text=_("When they began to use it in earnest."))
    # Whose word a field is: `{field: {"source": "crm", "at": ISO 8601}}`. What the CRM owns is read-only here.
    provenance = models.JSONField(default=dict, editable=False)
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.NONE, blank=True)
    state = models.CharField(max_length=16, choices=Membership.choices, default=Membership.IDENTIFIED)
    member_since = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    # What its own house allows its people to take from us (public bodies: often nothing).
    gift_policy = models.CharField(max_length=12, choices=GiftPolicy.choices, default=GiftPolicy.ALLOWED)
    gift_ceiling = MoneyField(null=True, blank=True)
    gift_note = models.CharField(max_length=200, blank=True, help_text=_("Where that is written."))
    # The last answers of its people, as surveys bring them (NPS 0-10, CSAT 1-5).
    nps = models.DecimalField(max_digits=4, decimal_places=1, null=True, editable=False)
    nps_at = models.DateTimeField(null=True, editable=False)
    csat = models.DecimalField(max_digits=3, decimal_places=1, null=True, editable=False)
    csat_at = models.DateTimeField(null=True, editable=False)
    # Kept by services in the transaction of the row that causes them, so that lists and matching never count:
    # (`open_asks` counts activities planned or agreed, not invitations; `last_asked_at` leaves out what was released.)
    frozen = models.BooleanField(default=False, editable=False)
    rests_until = models.DateField(null=True, editable=False)
    fatigue_key = models.FloatField(null=True, editable=False)
    last_asked_at = models.DateTimeField(null=True, editable=False)
    open_asks = models.PositiveSmallIntegerField(default=0, editable=False)
    activities_done = models.PositiveIntegerField(default=0, editable=False)
    given_key = models.FloatField(null=True, editable=False)  # what we gave, normalised as fatigue_key is
    readiness = models.PositiveSmallIntegerField(null=True, editable=False)  # 0-100, references.profiles.readiness
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Membership.values), name="account_state_known"),
            models.CheckConstraint(
                condition=~Q(gift_policy=GiftPolicy.CEILING) | Q(gift_ceiling__gt=0), name="account_gift_ceiling_set"
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="account_by_name"),
            models.Index(fields=["owner", "name"], name="account_by_owner"),
            models.Index(fields=["state", "industry", "region", "fatigue_key"], name="account_match"),
            *NEAREST,
            BY_FATIGUE,
            models.Index(fields=["-readiness"], name="account_readiest", condition=Q(readiness__isnull=False)),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="account_name_trgm"),
            GinIndex(OpClass(Upper("city"), name="gin_trgm_ops"), name="account_city_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The account's page."""
        return row_url("references:account", self.public_id)


@keep_edits(leave_out=("nps", "nps_at", "csat", "csat_at", "given_key", "fatigue_key", "rests_until"))
class Contact(Noun):
    """A customer's person, as this account knows them. The person's own cap (asks a quarter) beats every policy."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    state = models.CharField(max_length=16, choices=Membership.choices, default=Membership.IDENTIFIED)
    willing = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    cap_per_quarter = models.PositiveSmallIntegerField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    left_company_at = models.DateTimeField(null=True, blank=True)
    persona = models.CharField(max_length=60, blank=True, help_text=_("Whom they speak for: CFO, IT operations…"))
    seniority = models.CharField(max_length=10, choices=Seniority.choices, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    topics_yes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    topics_no = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # Their own caps by kind, which beat every policy: `{activity slug: asks a quarter}`.
    caps = models.JSONField(default=dict, blank=True)
    # Days on which nobody asks: `[{"from": ISO date, "to": ISO date}]`, both included.
    blackouts = models.JSONField(default=list, blank=True)
    assistant_name = models.CharField(max_length=120, blank=True)
    assistant_email = models.EmailField(blank=True)
    stand_in = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("Who answers there while they cannot."),
    )  # fmt: skip
    given_key = models.FloatField(null=True, editable=False)
    fatigue_key = models.FloatField(null=True, editable=False)
    # First day on which the caps of quarter and year, and those shared with linked programs, leave room again.
    rests_until = models.DateField(null=True, editable=False)
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    nps = models.PositiveSmallIntegerField(null=True, editable=False)
    nps_at = models.DateTimeField(null=True, editable=False)
    csat = models.PositiveSmallIntegerField(null=True, editable=False)
    csat_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "person"], name="contact_once"),
            models.CheckConstraint(condition=Q(state__in=Membership.values), name="contact_state_known"),
            models.CheckConstraint(condition=Q(cap_per_quarter__gte=1), name="contact_cap_at_least_one"),
        ]

    def __str__(self) -> str:
        return self.person.name

    def get_absolute_url(self) -> str:
        """The contact's page."""
        return row_url("references:contact", self.public_id)


@keep_edits()
class Opportunity(Noun):
    """A deal in the CRM. Account, dates and amount may be unknown."""

    external_ref = models.CharField(max_length=120, null=True, blank=True, unique=True)
    name = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="opportunities")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="opportunities")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="opportunities")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.PROSPECTING)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "opportunities"
        indexes = [
            models.Index(fields=["owner", "stage"], name="opportunity_by_owner"),
            models.Index(fields=["account", "stage"], name="opportunity_by_account"),
        ]

    def __str__(self) -> str:
        return self.name or self.external_ref or self.public_id

    def get_absolute_url(self) -> str:
        """Return the deal's page."""
        return row_url("references:opportunity", self.public_id)


@keep_edits()
class Consent(Noun):
    """What a contact agreed to, in which words, until when. Never edited: revoked or replaced."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="consents")
    activities = ArrayField(models.CharField(max_length=30))
    wording = models.TextField(help_text=_("The text the person agreed to, as shown."))
    given_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField()
    source = models.CharField(max_length=40, help_text=_("How it came: signed link, recorded by a colleague."))
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    template = models.ForeignKey(
        "references.ConsentTemplate", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence_sha256 = models.CharField(max_length=64, blank=True, help_text=_("Of the signed release, as kept."))
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["contact", "expires_on"], name="consent_in_force", condition=Q(revoked_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}: {', '.join(self.activities)}"

    def get_absolute_url(self) -> str:
        """The contact's page, where the words stand."""
        return self.contact.get_absolute_url()


class Freeze(Noun):
    """A time in which nobody may ask anything of the account. The reason is for those who may see it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="freezes")
    kind = models.CharField(max_length=12, choices=FreezeKind.choices)
    reason = models.TextField(blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_on = models.DateField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    imposed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=40, blank=True, help_text=_("Who or what froze: by hand, CRM, renewal."))
    # The sender's own name of what it reported (a ticket): the same one twice is one freeze.
    source_ref = models.CharField(max_length=120, blank=True)
    # After a solved escalation: the day on which support is invited to nominate them, and when it was.
    recover_on = models.DateField(null=True, blank=True)
    recovered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_ref"], condition=~Q(source_ref=""), name="freeze_once_per_source"
            ),
            models.UniqueConstraint(
                # What another system reported counts each by itself: two tickets are over when both are.
                fields=["account", "kind", "source", "source_ref"],
                condition=Q(lifted_at__isnull=True),
                name="freeze_one_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["recover_on"], name="freeze_to_recover", condition=Q(recovered_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind}"

    def get_absolute_url(self) -> str:
        """The account's page."""
        return self.account.get_absolute_url()


class MembershipStep(models.Model):
    """One step of an account (without `contact`) or of a contact in the program: why, and until when it holds.

    The newest one of each has no `ended_at`. `revisit_on`: the first day on which they may be asked again.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="steps")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=16, choices=Membership.choices)
    state = models.CharField(max_length=16, choices=Membership.choices)
    reason = models.TextField(blank=True)
    revisit_on = models.DateField(null=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "contact"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="membership_step_one_now",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-at"], name="membership_steps"),
            models.Index(
                fields=["revisit_on"],
                name="membership_revisit",
                condition=Q(ended_at__isnull=True, revisit_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.was} → {self.state}"


class Ask(Noun):
    """One contact with a customer, from whatever room it starts. Made only by `reserve_ask`.

    `source_type`/`source_id` name the row it is for (a candidate, a nomination). Effort is in effort points.
    Without an activity it is the invitation to take part, which costs no goodwill: it counts towards no cap.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="asks")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="asks")
    activity = models.ForeignKey(ActivityType, null=True, on_delete=models.PROTECT, related_name="+")
    effort = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(
        null=True, help_text=_("What it really took, as one side said after it.")
    )
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.HELD)
    source_type = models.CharField(max_length=32)
    source_id = models.BigIntegerField()
    planned_on = models.DateField(default=timezone.localdate)
    reserved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)
    team = models.CharField(max_length=20, blank=True, help_text=_("Which team wants it."))
    note = models.TextField(blank=True, help_text=_("What the customer said with the answer."))

    past: list[str] = []  # the rules that stood against it as it was made (`reserve_ask`)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(state__in=["held", "booked"]), name="ask_one_open_per_contact"
            ),
            models.CheckConstraint(condition=Q(state__in=AskState.values), name="ask_state_known"),
        ]
        indexes = [
            models.Index(fields=["account", "planned_on"], name="ask_by_account"),
            models.Index(fields=["contact", "planned_on"], name="ask_by_contact"),
            models.Index(fields=["source_type", "source_id"], name="ask_by_source"),
            models.Index(fields=["planned_on", "account"], name="ask_calendar"),
        ]

    def __str__(self) -> str:
        return f"{self.source_type}:{self.source_id}"
