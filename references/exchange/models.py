"""What is remembered of imports: the mapping of a file's columns, and the repairs that a person accepted."""

from django.db import models
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Job, Noun
from refprogram.people.models import User


class ImportKind(TextChoices):
    """The nouns that a CRM file can hold, in the order in which a folder is taken."""

    TEAMS = "teams", _("Teams and agents")
    PRODUCTS = "products", _("Products")
    ACCOUNTS = "accounts", _("Accounts")
    CONTACTS = "contacts", _("Contacts")
    OPPORTUNITIES = "opportunities", _("Opportunities")


class ImportState(TextChoices):
    """A file's way: looked at, shown with its errors and repairs, then applied whole or not at all."""

    UPLOADED = "uploaded", _("being read")
    READY = "ready", _("ready to apply")
    APPLIED = "applied", _("applied")
    REFUSED = "refused", _("cannot be read")
    DISCARDED = "discarded", _("discarded")


class ColumnMapping(Noun):
    """Which column of a file means which field; remembered by the file's header, or by name."""

    kind = models.CharField(max_length=16, choices=ImportKind)
    name = models.CharField(max_length=80, blank=True)
    header_hash = models.CharField(max_length=64)
    columns = models.JSONField(default=dict, help_text=_("Field name -> column title."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "header_hash"], name="mapping_once_per_header")]

    def __str__(self) -> str:
        return self.name or self.kind


class Repair(Noun):
    """A correction of dirt that somebody accepted once: "GTXPro" means "GTX Pro". Applied to later files by itself."""

    kind = models.CharField(max_length=16, choices=ImportKind)
    field = models.CharField(max_length=40)
    found = models.CharField(max_length=200)
    meant = models.CharField(max_length=200)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "field", "found"], name="repair_once")]

    def __str__(self) -> str:
        return f"{self.found} -> {self.meant}"


class ImportFile(Noun):
    """One uploaded file, its preview and its outcome. The bytes lie outside the web root under a random name."""

    kind = models.CharField(max_length=16, choices=ImportKind)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    file = models.FileField(upload_to="imports/")
    original_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    report = models.JSONField(default=dict, help_text=_("Counts, row errors, suggested repairs, as last previewed."))
    message = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        """Return the page on which the file is checked and applied."""
        return reverse("references:import", args=[self.public_id])
