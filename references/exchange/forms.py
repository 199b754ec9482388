"""Bringing a file."""

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from references.exchange.models import ImportKind
from refprogram.kernel import forms


class UploadForm(forms.Form):
    """A CSV or Excel file, and what it holds if the columns do not say."""

    file = django_forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or Excel (.xlsx), as exported from your CRM. The first row names the columns. Nothing is written yet."
        ),
        widget=django_forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt", "data-nodraft": ""}),
    )
    kind = django_forms.ChoiceField(
        label=_("It holds"),
        required=False,
        help_text=_(
            "Teams and products first, then accounts, then contacts and deals: each may name rows of those before."
        ),
        choices=[("", _("Tell by the columns")), *ImportKind.choices],
    )
