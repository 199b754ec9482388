"""What people send to this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nominations.campaigns.selectors import readable_by as campaigns_readable_by
from nominations.models import Campaign
from nominations.policy import LONGEST_WHY
from nominations.signals.enums import LinkFor
from nominations.signals.links import Said
from refprogram.kernel.forms import Form
from refprogram.people.models import User


class RuleForm(Form):
    """When a signal drafts a nomination."""

    live = forms.BooleanField(label=_("On"), required=False)
    least = forms.IntegerField(label=_("Lowest score"), min_value=0, max_value=730)
    quiet_days = forms.IntegerField(
        label=_("Not within so many days of the last draft for the same customer"), min_value=0, max_value=730
    )

    def __init__(self, *args: Any, is_score: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["least"].label = _("Lowest score") if is_score else _("Days that must have passed")


class LinkForm(Form):
    """An open link to nominate."""

    label = forms.CharField(
        label=_("What is it for?"), max_length=120, help_text=_("Where it will hang or be sent, as “User day, badge”.")
    )
    made_for = forms.ChoiceField(label=_("Who will use it?"), choices=LinkFor.choices)
    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), to_field_name="public_id", required=False
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["campaign"].queryset = campaigns_readable_by(user)  # type: ignore[attr-defined]


class OpenForm(Form):
    """Nominate without an account: by link or QR code. `website` is hidden: who fills it in is no person."""

    company = forms.CharField(label=_("Which company should speak for us?"), max_length=200)
    why = forms.CharField(
        label=_("What did they achieve?"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("A sentence or two is enough."),
    )
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail"), widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"})
    )
    title = forms.CharField(
        label=_("Job title, if you like"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    speaks = forms.BooleanField(label=_("It is my own company, and you may ask me about it"), required=False)
    website = forms.CharField(required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}))

    def said(self) -> Said:
        """Return what was written."""
        found = self.cleaned_data
        return Said(**{name: found[name] for name in ("name", "email", "company", "why", "title", "speaks")})

    @property
    def by_a_machine(self) -> bool:
        """Whether the hidden field was filled in."""
        return bool(self.cleaned_data.get("website"))
