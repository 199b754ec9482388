"""The form that brings a file of work activity."""

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.forms import Form


class BringFileForm(Form):
    """A file of the CRM, and which system it is from."""

    source = forms.CharField(
        label=_("Which system tells it"),
        max_length=40,
        help_text=_("Always the same name for the same system: a record told twice is then taken once."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or XLSX with the columns external_ref (its id there), person (e-mail address or CRM name), kind, "
            "occurred_at and, if you like, detail."
        ),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )
