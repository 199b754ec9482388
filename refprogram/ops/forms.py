"""The one form of this room."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel.forms import Form

WORD = "erase"


class EraseForm(Form):
    """The word that says: yes, I mean it."""

    word = forms.CharField(
        label=gettext_lazy("Type “erase” to confirm"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_word(self) -> str:
        """Take nothing but the word."""
        word: str = self.cleaned_data["word"].strip().lower()
        if word != WORD:
            raise forms.ValidationError(_("Type the word “erase”."))
        return word
