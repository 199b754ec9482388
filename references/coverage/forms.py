"""What people fill in about recruiting targets, plans and their steps."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Account
from references.accounts.selectors import activity_types, visible_to
from references.coverage import policy
from references.coverage.models import RecruitingTarget
from references.coverage.selectors import targets_visible_to
from refprogram.governance.approvals import pickers
from refprogram.kernel.forms import Form
from refprogram.people.models import User

DAY = {"type": "date"}


class ChosenAccount(forms.Select):
    """A type-ahead's select: the page holds the chosen account alone, the others come while typing."""

    def __init__(self) -> None:
        told = {
            "data-typeahead": reverse_lazy("references:account-options"), "data-placeholder": _("Name of the customer")
        }  # fmt: skip
        super().__init__(told)

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> Any:
        """Return the empty and the chosen option."""
        chosen = [str(one) for one in value if one]
        source: Any = self.choices
        rows = source.queryset.filter(public_id__in=chosen) if chosen else []
        pairs = [("", ""), *((row.public_id, row.name) for row in rows)]
        options = [
            self.create_option(name, key, text, str(key) in chosen, place) for place, (key, text) in enumerate(pairs)
        ]
        return [(None, options, 0)]


class Colleague(pickers.ColleagueField):
    """A colleague, looked for by name by whoever has a part in coverage."""

    def __init__(self, **options: Any) -> None:
        told = {"data-typeahead": reverse_lazy("references:coverage-colleagues")}
        super().__init__(widget=pickers.ChosenColleague(told), **options)


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(DAY, format="%Y-%m-%d"), **options)


class TargetForm(Form):
    """A recruiting target: the cell is in the address, or stays what it is."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("Colleagues read it in the mail."))
    wanted = forms.IntegerField(label=_("New references wanted"), min_value=1, max_value=policy.HIGHEST_TARGET)
    due_on = _day(_("Until"))
    owner = Colleague(label=_("Whose target"), required=False)
    reason = forms.CharField(
        label=_("Why now?"), max_length=200, required=False, help_text=_("A sentence that colleagues read too.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        owner: Any = self.fields["owner"]
        owner.open_to_all()


class PlanForm(Form):
    """How a certain customer is to be won."""

    account = forms.ModelChoiceField(
        label=_("Which customer?"), queryset=Account.objects.none(), to_field_name="public_id", widget=ChosenAccount()
    )
    reason = forms.CharField(label=_("Why them?"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}))
    asks = forms.MultipleChoiceField(
        label=_("What would we ask them for?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    offer = forms.CharField(
        label=_("What do they get for it?"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Joint marketing: a talk on our stage, a story with their name, a seat on the council."),
    )  # fmt: skip
    sponsor = Colleague(label=_("Sponsor in our management"), required=False)
    owner = Colleague(label=_("Whose plan"), required=False)
    due_on = _day(_("Until"), required=False)
    target = forms.ModelChoiceField(
        label=_("For which recruiting target?"),
        queryset=RecruitingTarget.objects.none(),
        to_field_name="public_id",
        required=False,
    )

    def __init__(self, *args: Any, viewer: User, fixed: Account | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        found: Any = self.fields
        found["account"].queryset = visible_to(viewer)
        found["asks"].choices = [(kind.slug, kind.name) for kind in activity_types()]
        found["target"].queryset = targets_visible_to(viewer).filter(state="open").order_by("title")
        for name in ("sponsor", "owner"):
            found[name].open_to_all()
        if fixed is not None:
            del self.fields["account"]


class ConnectorForm(Form):
    """A colleague who knows them."""

    user = Colleague(label=_("Colleague"))
    knows = forms.CharField(
        label=_("How they know them"), max_length=200, required=False, help_text=_("Played tennis with their CFO.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        user: Any = self.fields["user"]
        user.open_to_all()


class StepForm(Form):
    """One dated step."""

    text = forms.CharField(label=_("What is to be done?"), max_length=200)
    who = Colleague(label=_("By whom"), required=False)
    due_on = _day(_("Until"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        who: Any = self.fields["who"]
        who.open_to_all()


class LeastForm(Form):
    """At least so many in every cell that is shown."""

    least = forms.IntegerField(min_value=1, max_value=policy.HIGHEST_TARGET)
