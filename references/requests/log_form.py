"""What is filled in to write down a reference that nobody asked for here."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from references.accounts.models import ActivityType, Contact, Opportunity
from references.accounts.selectors import references_given
from references.requests.forms import DealField
from refprogram.kernel.forms import Form


class PersonSelect(forms.Select):
    """A type-ahead's select: the page holds the chosen person alone."""

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> Any:
        """Return the empty option and the chosen one."""
        chosen = [str(one) for one in value if one]
        source: Any = self.choices
        rows = source.queryset.filter(public_id__in=chosen).select_related("person", "account") if chosen else []
        pairs = [("", ""), *((row.public_id, f"{row.person.name}, {row.account.name}") for row in rows)]
        found = [self.create_option(name, key, text, key in chosen, place) for place, (key, text) in enumerate(pairs)]
        return [(None, found, 0)]


class LogForm(Form):
    """Who, what, when."""

    contact = forms.ModelChoiceField(
        label=_("Who spoke for us?"),
        queryset=Contact.objects.none(),
        to_field_name="public_id",
        widget=PersonSelect(
            {
                "data-typeahead": reverse_lazy("references:request-log-people"),
                "data-placeholder": _("Name of the person or the company"),
            }
        ),
    )
    activity = forms.ModelChoiceField(
        label=_("What did they do?"),
        queryset=references_given(ActivityType.objects.all()),
        to_field_name="slug",
        empty_label=None,
    )
    held_on = forms.DateField(label=_("When?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    opportunity = DealField(label=_("For which deal?"), required=False, queryset=Opportunity.objects.none())
    note = forms.CharField(label=_("For whom or what?"), max_length=200, required=False)
