"""The forms of batches."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references.accounts.models import ActivityType, Opportunity
from references.accounts.selectors.lists import references_given
from references.batches import policy
from references.requests import selectors
from references.requests.enums import BatchKind
from references.requests.forms import DealField
from refprogram.kernel.forms import Form
from refprogram.people.models import User


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class BatchForm(Form):
    """For what, how many, until when; for whom alone, and from when the names may be read."""

    name = forms.CharField(
        label=_("For what?"), max_length=200, help_text=_("Customers read this. For example: tender of Northwind.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=BatchKind.choices)
    wanted = forms.IntegerField(label=_("How many names?"), min_value=1, max_value=policy.MOST, initial=3)
    needed_by = _day(_("Needed by"))
    activity = forms.ModelChoiceField(
        label=_("Asked of those who agreed to"),
        queryset=references_given(ActivityType.objects.all()),
        to_field_name="slug",
        required=False,
        empty_label=_("What the kind says"),
    )
    opportunity = DealField(label=_("For which deal?"), required=False, queryset=Opportunity.objects.none())
    exclusive_from = _day(_("Kept for this alone from"), required=False)
    exclusive_until = _day(
        _("until"), required=False, help_text=_("So long nobody else may ask the customers who said yes.")
    )
    embargo_until = _day(
        _("Not to be published before"), required=False, help_text=_("It stands on every sheet that is handed over.")
    )
    note = forms.CharField(
        label=_("What else the program should know"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

    layout = Layout(
        "name",
        Div(
            Div("kind", css_class="col-sm-5"),
            Div("wanted", css_class="col-5 col-sm-3"),
            Div("needed_by", css_class="col-7 col-sm-4"),
            css_class="row g-3",
        ),
        "activity",
        "opportunity",
        Div(Div("exclusive_from", css_class="col-6"), Div("exclusive_until", css_class="col-6"), css_class="row g-3"),
        "embargo_until",
        "note",
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        deals: Any = self.fields["opportunity"]
        deals.queryset = selectors.deals_for(user).select_related("account", "product")
        deals.widget.attrs |= {"data-typeahead": str(reverse_lazy("references:request-deals"))}
        self.fields["needed_by"].widget.attrs["min"] = timezone.localdate().isoformat()
