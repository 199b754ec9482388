"""What people fill in: what was given, and whom they keep for a plan."""

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from references.accounts import clock
from references.accounts.models import Account, Contact
from references.goodwill.enums import GIVES, GoodwillKind, Team
from refprogram.kernel.filters import midnight
from refprogram.kernel.forms import Form


class AccountPick(forms.ModelChoiceField):
    """An account by typing a part of its name; the page holds the chosen one alone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Select({"data-typeahead": reverse_lazy("references:account-options")})
        super().__init__(queryset=Account.objects.none(), to_field_name="public_id", widget=widget, **options)


class GiveForm(Form):
    """Something we gave to a customer."""

    kind = forms.ChoiceField(label=_("What"), choices=[(kind.value, kind.label) for kind in GIVES])
    contact = forms.ModelChoiceField(
        label=_("To whom"), queryset=Contact.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("The whole account"),
    )  # fmt: skip
    on = forms.DateField(label=_("When"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    points = forms.IntegerField(
        label=_("Points"), required=False, min_value=1, max_value=500,
        help_text=_("Empty: as the program settings say for this."),
    )  # fmt: skip
    note = forms.CharField(label=_("In a few words"), required=False, max_length=200)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people_of(account)  # type: ignore[attr-defined]
        self.initial.setdefault("on", clock.today())

    def clean_kind(self) -> GoodwillKind:
        """Return the kind."""
        return GoodwillKind(self.cleaned_data["kind"])

    def facts(self) -> dict[str, Any]:
        """Return what the service asks for."""
        facts = dict(self.cleaned_data)
        on: dt.date = facts.pop("on")
        today = clock.today()
        return facts | {"at": None if on == today else midnight(on)}


class ReserveForm(Form):
    """A customer, kept free for a plan."""

    purpose = forms.CharField(label=_("For what"), max_length=200, help_text=_("Such as “Q4 launch”."))
    team = forms.ChoiceField(label=_("Which team"), choices=Team.choices)
    contact = forms.ModelChoiceField(
        label=_("Whom"), queryset=Contact.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("The whole account"),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    points = forms.IntegerField(
        label=_("Goodwill that the plan needs"), min_value=0, max_value=500, initial=40,
        help_text=_("Points: a call is 40, a quote 10. Others are told before they ask."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people_of(account)  # type: ignore[attr-defined]


class ReserveWhom(Form):
    """Which account to reserve, where the page does not know it yet."""

    account = AccountPick(label=_("Customer"))


def people_of(account: Account) -> Any:
    """Return an account's people who are still there, by name."""
    people = Contact.objects.filter(account=account, left_company_at__isnull=True, merged_into__isnull=True)
    return people.select_related("person").order_by("person__name")
