"""The consent ledger: versions of the words, and each thing that was agreed to."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Consent, Contact
from references.consents.enums import Channel, ReleaseState, Scope, UseAudience
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Noun
from refprogram.people.models import User


class ConsentTemplate(Noun):
    """One version of the words that customers agree to. Never edited: the next version takes its place."""

    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices), default=list, blank=True)
    months = models.PositiveSmallIntegerField(default=24, help_text=_("How long an agreement to it holds."))
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="consent_template_version_once")]
        triggers = [
            pgtrigger.Protect(
                name="consent_template_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("name", "version", "text", "scopes", "months"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.version}"

    def get_absolute_url(self) -> str:
        """The version's page."""
        return row_url("references:consent-words-version", self.public_id)


class ConsentTerm(Noun):
    """One thing that a contact agreed to: this part of them, there, to those, in that territory, until then.

    Empty channel: each one. Empty territory: everywhere, else the name of a region. `ask_first`: shown to them before
    each use. In force: not revoked and `expires_on` not past. Terms are added and revoked, never widened.
    """

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="terms")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="consent_terms")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    audience = models.PositiveSmallIntegerField(choices=UseAudience.choices, default=UseAudience.PUBLIC)
    territory = models.CharField(max_length=80, blank=True)
    expires_on = models.DateField()
    ask_first = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "scope", "channel", "audience", "territory"], name="consent_term_once"
            ),
        ]
        indexes = [
            models.Index(fields=["expires_on"], name="consent_term_by_end"),  # what the list is sorted by at first
            models.Index(
                fields=["contact", "scope", "expires_on"],
                name="consent_term_in_force",
                condition=Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.scope}"


class Release(Noun):
    """A customer's person is asked by signed link for exactly these terms, in the words of one template version.

    `terms`: `[{"scope", "channel", "audience", "territory", "ask_first"}]`. `source` is the row that needs them, if
    one does (an asset). The answer is a consent with the terms that they ticked.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="releases")
    template = models.ForeignKey(ConsentTemplate, on_delete=models.PROTECT, related_name="releases")
    terms = models.JSONField()
    until = models.DateField()
    message = models.TextField(blank=True, help_text=_("A few words of one’s own above the question."))
    source_type = models.CharField(max_length=32, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, help_text=_("What they added."))

    class Meta:
        indexes = [models.Index(fields=["contact", "state"], name="release_by_contact")]

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.state}"

    def get_absolute_url(self) -> str:
        """The contact's page, where what they agreed to stands."""
        return self.contact.get_absolute_url()
