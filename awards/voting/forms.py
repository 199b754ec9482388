"""What voters, and who looks at votes, fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.forms import Form


class VoteForm(Form):
    """A vote. `website` is hidden: who fills it in is no person."""

    email = forms.EmailField(
        label=_("Your e-mail"), max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
        help_text=_("For the one mail with your link; then it is forgotten."),
    )  # fmt: skip
    website = forms.CharField(required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}))

    @property
    def by_a_machine(self) -> bool:
        """Whether the hidden field was filled in."""
        return bool(self.cleaned_data.get("website"))


class TakeOutForm(Form):
    """Why votes are taken out; which, stands in the hidden fields."""

    flag = forms.CharField(max_length=10, widget=forms.HiddenInput())
    key = forms.CharField(max_length=130, widget=forms.HiddenInput())
    reason = forms.CharField(
        label=_("Why?"), max_length=200, widget=forms.Textarea({"rows": 2}),
        help_text=_("It stays with each of them. Votes are never deleted."),
    )  # fmt: skip
