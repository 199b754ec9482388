"""What people fill in about faults."""

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.forms import Form


class ExcuseForm(Form):
    """Why it is not theirs to mend."""

    reason = forms.CharField(
        label=_("Why is it not theirs to mend?"), max_length=200, help_text=_("The owner reads this, word for word.")
    )
