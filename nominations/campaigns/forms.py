"""What people fill in about campaigns."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from nominations.campaigns.customers import FILTERS
from nominations.campaigns.enums import MessageChannel, Uses
from references.accounts import clock
from references.coverage.selectors import targets_visible_to
from references.models import RecruitingTarget
from references.surveys.forms import AudienceForm
from refprogram.governance.approvals import pickers
from refprogram.governance.budgets.models import BudgetLine, Fund
from refprogram.governance.budgets.selectors import open_funds
from refprogram.kernel.files.forms import StoredFileField
from refprogram.kernel.forms import Form, day_field
from refprogram.people.enums import Role
from refprogram.people.models import Region, Team, User
from refprogram.people.selectors import regions, teams

MOST = 100_000
ROLES = [(role.value, role.label) for role in Role if role != Role.JUDGE]
MANY = {"data-pickmany": ""}
LONGEST = 4_000


def _text(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **options)


class Colleague(pickers.ColleagueField):
    """A colleague, looked for by name by who runs campaigns."""

    def __init__(self, **options: Any) -> None:
        told = {"data-typeahead": reverse_lazy("references:coverage-colleagues")}
        super().__init__(widget=pickers.ChosenColleague(told), required=False, **options)


class CampaignForm(Form):
    """A campaign: goal, audience, sponsor, time, budget."""

    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = _text(_("What it is for"), required=False, help_text=_("As colleagues read it."))
    goal = forms.IntegerField(label=_("References it should bring"), min_value=1, max_value=MOST)
    target = forms.ModelChoiceField(
        label=_("For which recruiting target?"), queryset=RecruitingTarget.objects.none(),
        to_field_name="public_id", required=False, empty_label=_("None"),
    )  # fmt: skip
    starts_on = day_field(_("First day"), initial=clock.today)
    ends_on = day_field(_("Last day"))
    roles = forms.MultipleChoiceField(
        label=_("Only these roles"), choices=ROLES, required=False, widget=forms.SelectMultiple(MANY),
        help_text=_("None chosen: every colleague."),
    )  # fmt: skip
    teams = forms.ModelMultipleChoiceField(
        label=_("Only these teams"), queryset=Team.objects.none(), to_field_name="public_id", required=False,
        widget=forms.SelectMultiple(MANY),
    )  # fmt: skip
    regions = forms.ModelMultipleChoiceField(
        label=_("Only these regions"), queryset=Region.objects.none(), to_field_name="public_id", required=False,
        widget=forms.SelectMultiple(MANY), help_text=_("Teams and regions together: who is in one of them."),
    )  # fmt: skip
    sponsor = Colleague(label=_("Sponsor"), help_text=_("In whose name it asks."))
    sponsor_message = _text(_("The sponsor’s word"), required=False)
    budget = forms.DecimalField(label=_("Budget"), required=False, min_value=0, max_digits=14, decimal_places=2)
    owner = Colleague(label=_("Run by"))

    def __init__(self, *args: Any, viewer: User, **options: Any) -> None:
        super().__init__(*args, **options)
        found: Any = self.fields
        found["teams"].queryset, found["regions"].queryset = teams(), regions()
        found["target"].queryset = targets_visible_to(viewer).filter(state="open").order_by("title")
        for name in ("sponsor", "owner"):
            found[name].open_to_all()


class MessageForm(AudienceForm):
    """One message of the calendar; of one to customers, to which of them."""

    channel = forms.ChoiceField(label=_("How it goes out"), choices=MessageChannel.choices)
    send_on = day_field(_("Day"))
    subject = forms.CharField(label=_("Subject"), max_length=150)
    other_subject = forms.CharField(
        label=_("Other subject to try"), max_length=150, required=False,
        help_text=_("Half of the readers get this one; you see which is followed more often."),
    )  # fmt: skip
    body = _text(
        _("Words"), required=False, rows=6, help_text=_("The sponsor’s word and the button come by themselves.")
    )
    asset = StoredFileField("campaign_asset", label=_("File"), required=False)
    layout = Layout(
        "channel", "send_on", "subject", "other_subject", "body", "asset",
        Fieldset(_("To which customers? None chosen: those of the campaign’s teams and regions"), *FILTERS,
            css_class="rp-fieldset",
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["who"]  # always only who takes part

    @property
    def facts(self) -> dict[str, Any]:
        """Return what was said, as the services take it."""
        said = dict(self.cleaned_data)
        customers = {name: said.pop(name) for name in FILTERS}
        return {**said, "customers": customers}


class AssetForm(Form):
    """Something that helps to tell the story."""

    title = forms.CharField(label=_("Title"), max_length=120)
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    file = StoredFileField("campaign_asset", label=_("or a file"), required=False)


class ItemForm(Form):
    """A line of the checklist."""

    uses = forms.ChoiceField(label=_("Team"), choices=Uses.choices)
    text = forms.CharField(label=_("What is to be settled?"), max_length=200)
    who = Colleague(label=_("By whom"))
    due_on = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, fixed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        who: Any = self.fields["who"]
        who.open_to_all()
        if fixed:
            del self.fields["uses"]


class AnywayForm(Form):
    """Why a campaign begins although something of its checklist is open."""

    reason = forms.CharField(label=_("Why does it begin without it?"), max_length=300, required=False)

    @property
    def anyway(self) -> str:
        """Return what was typed; nothing where it cannot be kept."""
        return str(self.cleaned_data.get("reason", "")) if self.is_valid() else ""


class MoneyForm(Form):
    """Money out of a fund."""

    fund = forms.ModelChoiceField(label=_("Fund"), queryset=Fund.objects.none(), to_field_name="public_id")
    line = forms.ModelChoiceField(
        label=_("Cost line"), queryset=BudgetLine.objects.none(), to_field_name="public_id", required=False
    )
    amount = forms.DecimalField(label=_("Amount"), min_value=1, max_digits=14, decimal_places=2)
    label = forms.CharField(label=_("What for?"), max_length=200)
    reason = _text(_("Why?"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found: Any = self.fields
        funds = open_funds(clock.today()).order_by("name")
        found["fund"].queryset = funds
        found["line"].queryset = BudgetLine.objects.filter(fund__in=funds).select_related("fund")
