"""Forms of results: the code of a signature, the chair's vote."""

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.forms import Form


class CodeForm(Form):
    """The second factor. `seen` is the hash of what the page showed: older results are not signed by mistake."""

    code = forms.CharField(
        label=_("Code"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ChairForm(Form):
    """Who of two equal entries comes first, and why."""

    first = forms.CharField(max_length=12)
    one = forms.CharField(widget=forms.HiddenInput, max_length=12)
    other = forms.CharField(widget=forms.HiddenInput, max_length=12)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def second(self) -> str:
        """Whom the chair puts after the first."""
        given = self.cleaned_data
        return str(given["other"] if given["first"] == given["one"] else given["one"])
