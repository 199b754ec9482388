"""What people fill in around winners."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.promotion.services import LONGEST
from refprogram.kernel.forms import Form


class TextForm(Form):
    """A press draft or a run-of-show; `seen` is the mark of the text that stood there when the page was opened."""

    text = forms.CharField(
        label=_("Text"), required=False, max_length=LONGEST, strip=False,
        widget=forms.Textarea({"rows": 26, "spellcheck": "true"}),
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)


class QuoteForm(Form):
    """Words of a winner."""

    text = forms.CharField(
        label=_("Their words"), max_length=280, widget=forms.Textarea({"rows": 3, "maxlength": "280"}),
        help_text=_("Up to 280 characters. Nobody else reads them before the winner released them."),
    )  # fmt: skip
