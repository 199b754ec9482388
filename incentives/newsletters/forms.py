"""The forms of newsletters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from incentives.newsletters.services import LONGEST, READERS
from refprogram.kernel.forms import Form
from refprogram.people.enums import Role

CHOICES = [(role.value, role.label) for role in Role if role.value in READERS]


class NewIssueForm(Form):
    """What an issue is called, and whom it goes to."""

    title = forms.CharField(label=_("Title"), max_length=120)
    roles = forms.MultipleChoiceField(
        label=_("Only these roles"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every colleague."),
    )  # fmt: skip


class IssueForm(NewIssueForm):
    """An issue as it is edited."""

    body = forms.CharField(
        label=_("Text"), max_length=LONGEST, widget=forms.Textarea({"rows": 20}),
        help_text=_("“## ” begins a heading, “- ” a line of a list; an empty line ends a paragraph."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("title", "body", "roles", "revision")
