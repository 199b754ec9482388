"""The consent ledger: versions of the words, and each thing that was agreed to."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Consent, Contact
from references.consents.enums import Audience, Channel, Scope
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


class ConsentTerm(Noun):
    """One thing that a contact agreed to: this part of them, there, to those, in that territory, until then.

    Empty channel: each one. Empty territory: everywhere, else the name of a region. `ask_first`: shown to them before
    each use. In force: not revoked and `expires_on` not past. Terms are added and revoked, never widened.
    """

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="terms")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="consent_terms")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    audience = models.PositiveSmallIntegerField(choices=Audience.choices, default=Audience.PUBLIC)
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
            models.Index(
                fields=["contact", "scope", "expires_on"],
                name="consent_term_in_force",
                condition=Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.scope}"
