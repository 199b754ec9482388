"""What people fill in about stakeholders and the directory."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter.forms import WithColleagues, colleague_field
from refprogram.governance.stakeholders.enums import Knows
from refprogram.governance.stakeholders.models import StakeholderGroup
from refprogram.kernel.addresses import address
from refprogram.kernel.forms import Form, day_field

ONE_TO_FIVE = [(n, str(n)) for n in range(1, 6)]


class ChangeStakeholderForm(WithColleagues):
    """What is known of a stakeholder."""

    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    part = forms.CharField(label=_("What they are"), required=False, max_length=120)
    group = forms.ModelChoiceField(
        label=_("Group"), queryset=StakeholderGroup.objects.none(), to_field_name="public_id"
    )
    influence = forms.TypedChoiceField(
        label=_("Influence"), choices=ONE_TO_FIVE, coerce=int, help_text=_("5: they can stop or carry the program")
    )
    interest = forms.TypedChoiceField(
        label=_("Interest"), choices=ONE_TO_FIVE, coerce=int, help_text=_("5: they ask about it every week")
    )
    success = forms.CharField(
        label=_("When do they call it a success?"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("In their own words."),
    )
    keeper = colleague_field(_("Who keeps the contact"), required=False)
    every_days = forms.IntegerField(
        label=_("Spoken to every so many days"), required=False, min_value=0, max_value=730,
        help_text=_("Empty: no rhythm."),
    )  # fmt: skip
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_colleague: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_colleague:  # has a name already
            del self.fields["name"]
        group: Any = self.fields["group"]
        group.empty_label = _("Choose one")
        new_group = address("governance:stakeholder-group-new")
        group.help_text = format_html('<a href="{}">{}</a>', new_group, _("Add a group"))
        group.queryset = StakeholderGroup.objects.all()
        group.widget.attrs.pop("data-pickmany", None)

    def clean_every_days(self) -> int:
        """Return no rhythm as 0."""
        return self.cleaned_data["every_days"] or 0


class StakeholderForm(ChangeStakeholderForm):
    """A new stakeholder: a colleague, or somebody outside by name."""

    user = colleague_field(_("Colleague"), required=False)
    field_order = ("user", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Or the name of somebody outside")


class GroupForm(Form):
    """A group."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Such as “Sales in the Americas”"))


class ContactForm(Form):
    """They were spoken to."""

    on = day_field(_("When"))
    note = forms.CharField(
        label=_("What was said"), required=False, widget=forms.Textarea({"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class RequirementForm(Form):
    """What they need."""

    text = forms.CharField(label=_("What they need of the program"), max_length=300)
    due_on = day_field(_("Until when"), required=False)


class ChangeEntryForm(WithColleagues):
    """What a colleague knows."""

    topics = forms.CharField(
        label=_("What they know"), max_length=300, help_text=_("Such as “hospitals, audits, the old price list”")
    )
    reach = forms.CharField(label=_("How they like to be asked"), required=False, max_length=200)


class EntryForm(ChangeEntryForm):
    """A new line of the directory."""

    user = colleague_field(_("Colleague"))
    knows = forms.ChoiceField(label=_("What they are"), choices=Knows.choices)
    field_order = ("user", "knows")


class LaunchForm(Form):
    """Something on the roadmap."""

    name = forms.CharField(label=_("What comes"), max_length=160)
    product = forms.CharField(label=_("Product"), required=False, max_length=120)
    on = day_field(_("Day"))
    references = forms.IntegerField(
        label=_("How many references it needs"), min_value=0, max_value=500,
        help_text=_("Counted as work of its month."),
    )  # fmt: skip
    hours = forms.DecimalField(
        label=_("Our working hours for each"), min_value=0, max_digits=5, decimal_places=2, initial="1.5"
    )
