"""What the public fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.forms import Form


class AskForm(Form):
    """A question from the public page. `website` is hidden: who fills it in is no person."""

    text = forms.CharField(
        label=_("Your question"), max_length=500, widget=forms.Textarea({"rows": 4, "maxlength": "500"}),
        help_text=_("Leave out names and figures that are not for everybody: the question may stand on the page."),
    )  # fmt: skip
    website = forms.CharField(required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}))

    @property
    def by_a_machine(self) -> bool:
        """Whether the hidden field was filled in."""
        return bool(self.cleaned_data.get("website"))
