"""The form of one kind of activity."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from references.accounts.models import ActivityType
from references.catalogue.enums import Agrees
from references.consents.enums import Scope
from refprogram.kernel.forms import Form


class ActivityForm(Form):
    """What it is, what it takes, who must agree, what is shown."""

    name = forms.CharField(label=_("Name"), max_length=60)
    verb = forms.CharField(
        label=_("Would you …"), max_length=80, help_text=_("Ends the question to the customer: “Would you …?”")
    )
    effort = forms.IntegerField(
        label=_("Effort points"), min_value=1, max_value=500, help_text=_("A quote is 10, a call 40, a talk 80.")
    )
    minutes = forms.IntegerField(label=_("Minutes it takes them"), min_value=1, max_value=5000)
    confirm_days = forms.IntegerField(
        label=_("Days to a yes"), min_value=1, max_value=120, help_text=_("Working days: the service level.")
    )
    lead_days = forms.IntegerField(label=_("Days to prepare it"), min_value=0, max_value=250)
    hours = forms.DecimalField(
        label=_("Hours that it costs us"), min_value=0, max_value=999, max_digits=5, decimal_places=2
    )
    approvals = forms.MultipleChoiceField(
        label=_("Who must agree beside the owner"),
        choices=Agrees.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What of them others are shown"),
        choices=Scope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    live = forms.BooleanField(
        label=_("It takes place"), required=False, help_text=_("Otherwise it is something that is published.")
    )
    self_serve = forms.BooleanField(
        label=_("Colleagues help themselves"),
        required=False,
        help_text=_("A customer is looked for without a program person in between; the owner is asked all the same."),
    )

    layout = Layout(
        "name",
        "verb",
        Div(
            *(Div(name, css_class="col-6 col-sm-4") for name in ("effort", "minutes", "hours")),
            css_class="row g-3",
        ),
        Div(*(Div(name, css_class="col-6") for name in ("confirm_days", "lead_days")), css_class="row g-3"),
        "live",
        "self_serve",
        "approvals",
        "scopes",
    )


def facts_of(kind: ActivityType) -> dict[str, object]:
    """Return what the form shows of a kind."""
    return {name: getattr(kind, name) for name in ActivityForm.base_fields}
