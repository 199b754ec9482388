"""Assets with their versions, parts and claims; where they stand; share pages for one deal and who looked at them."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Account, Contact, Opportunity, Product
from references.consents.enums import Channel, Scope, UseAudience
from references.content.enums import USABLE, AssetKind, AssetState, PartKind, PlacementState, ReviewAnswer
from references.profiles.models import Outcome
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun
from refprogram.people.models import Region, User

# The gate in SQL, for what Postgres itself refuses: each need of the asset has a term in force for this place.
WITHOUT_CONSENT = """
    IF NEW.state = 'live' AND EXISTS (
        SELECT 1 FROM references_assetneed need
        WHERE need.asset_id = NEW.asset_id AND NOT EXISTS (
            SELECT 1 FROM references_consentterm term
            WHERE term.contact_id = need.contact_id AND term.scope = need.scope AND term.revoked_at IS NULL
              AND term.expires_on >= CURRENT_DATE AND term.audience >= NEW.audience
              AND term.channel IN ('', NEW.channel) AND term.territory IN ('', NEW.territory)
        )
    ) THEN
        RAISE EXCEPTION 'no consent in force for this placement' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'placement_has_consent';
    END IF;
    RETURN NEW;
"""


@keep_edits(leave_out=("search", "views", "shares"))
class Asset(Noun):
    """Something made with a customer. Its words are in versions; what may stand alone is in parts."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=AssetKind.choices, default=AssetKind.CASE_STUDY)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assets")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=16, choices=AssetState.choices, default=AssetState.IDEA)
    summary = models.TextField(blank=True)
    products = models.ManyToManyField(Product, blank=True, related_name="+")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    use_cases = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    due_on = models.DateField(null=True, blank=True)
    refresh_on = models.DateField(null=True, blank=True)
    disclosure = models.CharField(
        max_length=300, blank=True, help_text=_("What readers are told of what the customer got for it.")
    )
    search = SearchVectorField(null=True, editable=False)
    views = models.PositiveIntegerField(default=0, editable=False)
    shares = models.PositiveIntegerField(default=0, editable=False)

    shown_states: ClassVar[tuple[str, ...]] = USABLE  # read by `consents.gate`

    class Meta:
        indexes = [
            models.Index(fields=["state", "-updated_at"], name="asset_by_state"),
            GinIndex(fields=["search"], name="asset_words"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="asset_title_trgm"),
        ]
        triggers = [
            pgtrigger.UpdateSearchVector(
                name="asset_words",
                vector_field="search",
                document_fields=["title", "summary"],
                config_name="pg_catalog.simple",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The asset's page."""
        return row_url("references:asset", self.public_id)


class AssetVersion(models.Model):
    """The words of an asset as they were saved once. Append-only: a change is the next version."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.TextField(blank=True, help_text=_("Markdown."))
    note = models.CharField(max_length=200, blank=True, help_text=_("What changed, and why."))
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    by_customer = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["asset", "number"], name="asset_version_once")]

    def __str__(self) -> str:
        return f"{self.asset_id} · {self.number}"


class AssetPart(Noun):
    """A part of an asset that can be shown alone. Files name it as subject; a quote or a picture has its speaker."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=PartKind.choices)
    text = models.TextField(blank=True)
    url = models.URLField(blank=True)
    speaker = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.kind}"


class AssetNeed(models.Model):
    """What an asset (or, with `part`, one part of it) may not be shown without: this contact's consent to this."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="needs")
    part = models.ForeignKey(AssetPart, null=True, blank=True, on_delete=models.CASCADE, related_name="needs")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=10, choices=Scope.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "part", "contact", "scope"], name="asset_need_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.scope}"


class Claim(Noun):
    """A sentence of an asset that somebody could ask to have proved; true by a verified outcome or by evidence."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="claims")
    text = models.CharField(max_length=300)
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims")
    evidence = models.CharField(max_length=300, blank=True, help_text=_("Where it can be read, if no outcome says it."))
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text


class CustomerReview(Noun):
    """A version that was sent to a customer's person by signed link, and what they said to it."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="reviews")
    version = models.ForeignKey(AssetVersion, on_delete=models.CASCADE, related_name="reviews")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=8, choices=ReviewAnswer.choices, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "contact"], name="customer_review_once")]

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.answer}"


class Placement(Noun):
    """One place where an asset stands (usage register). Postgres refuses a live one without consent in force."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="placements")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    audience = models.PositiveSmallIntegerField(choices=UseAudience.choices, default=UseAudience.PUBLIC)
    territory = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=300, help_text=_("Address, deck, tender, booth: where somebody finds it."))
    state = models.CharField(max_length=10, choices=PlacementState.choices, default=PlacementState.LIVE)
    placed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    placed_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True, help_text=_("Why it has to come down."))
    due_on = models.DateField(null=True, blank=True)
    down_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(max_length=300, blank=True, help_text=_("What shows that it is down."))

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"], name="placement_by_state")]
        triggers = [
            pgtrigger.Trigger(
                name="placement_has_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=WITHOUT_CONSENT,
            ),
        ]

    def __str__(self) -> str:
        return self.place


class Board(Noun):
    """A share page for one deal or purpose, found by a signed link: allowed parts only, until it expires."""

    title = models.CharField(max_length=200)
    opportunity = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="boards"
    )
    greeting = models.TextField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The board's page for colleagues."""
        return row_url("references:board", self.public_id)


class BoardItem(models.Model):
    """One asset on a share page, in its place."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="items")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    views = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["board", "asset"], name="board_item_once")]

    def __str__(self) -> str:
        return f"{self.board_id}: {self.asset_id}"


class BoardView(models.Model):
    """Somebody looked at a share page or one section of it. No person: a browser's random id, kept for the day."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="looks")
    item = models.ForeignKey(BoardItem, null=True, blank=True, on_delete=models.CASCADE, related_name="looks")
    visitor = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("board"), F("at").desc(), name="board_view_newest")]
        constraints = [
            models.CheckConstraint(condition=~Q(visitor=""), name="board_view_has_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.at}"


class SynonymGroup(Noun):
    """Words that mean the same to whoever searches the library: "k8s", "kubernetes"."""

    words = ArrayField(models.CharField(max_length=60))

    class Meta:
        ordering = ["words"]

    def __str__(self) -> str:
        return ", ".join(self.words)
